package io.computronium.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.computronium.cli.json.Fields;
import io.computronium.cli.rpc.ChainClient.Chain;
import io.computronium.cli.shell.Frame;
import io.computronium.cli.shell.Outcome;
import io.computronium.cli.shell.Report;
import io.computronium.cli.shell.Sheet;
import io.computronium.primitives.Coin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The chain as a whole. */
@Command(
        name = "chain",
        description = "Look at the chain.",
        footerHeading = "%nExample:%n",
        footer = "  cptm chain status",
        subcommands = ChainCommand.Status.class)
final class ChainCommand {

    @Command(
            name = "status",
            description = "Show the chain's head, supply and validators.",
            footerHeading = "%nExample:%n",
            footer = "  cptm chain status")
    static final class Status implements Verb {
        @Mixin private ChainOptions options = new ChainOptions();

        @Override
        public Outcome run(Context context) {
            try (var client = options.connect(context.shell())) {
                var chain = client.chain();
                var answers = client.all("chain_supply", "validator_list");
                return client.read(
                        JsonNodeFactory.instance.objectNode(),
                        none -> report(chain, answers.get(0), answers.get(1)));
            }
        }

        private static Outcome report(Chain chain, Fields supply, Fields validators) {
            var head = chain.head();
            var coins = supply.at("value");
            var set = validators.at("value");
            var data =
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("chainId", chain.identity().chainId())
                            .put("genesisHash", chain.identity().genesisHash().toHex())
                            .put("dev", chain.dev());
            data.set("head", head.node());
            data.set("supply", coins.node());
            data.set("validators", set.node());
            var sheet =
                    new Sheet()
                            .row("chain", name(chain))
                            .row("genesis", chain.identity().genesisHash().toHex())
                            .row("height", head.text("height"))
                            .row("time", Words.time(head.amount("timeMillis")))
                            .row("state root", head.text("stateRoot"))
                            .row("validators", Integer.toString(set.list("validators").size()))
                            .row("supply", Coin.format(coins.amount("current")))
                            .row("base fee", head.text("baseFee") + " grains for 1,000 gas");
            return new Outcome.Done(Report.of(data, sheet, chain.tip()));
        }
    }

    /** The chain's name, with the remark that every devnet carries. */
    static String name(Chain chain) {
        var id = chain.identity().chainId();
        return chain.dev() ? id + " (" + Frame.NO_VALUE + ")" : id;
    }
}
