package io.computronium.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.computronium.cli.shell.Outcome;
import io.computronium.cli.shell.Report;
import io.computronium.cli.shell.Sheet;
import io.computronium.primitives.Coin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Accounts in the chain's state. */
@Command(
        name = "account",
        description = "Look at accounts.",
        footerHeading = "%nExample:%n",
        footer = "  cptm account show alice",
        subcommands = AccountCommand.Show.class)
final class AccountCommand {

    @Command(
            name = "show",
            description = "Show an account's balance.",
            footerHeading = "%nExample:%n",
            footer = "  cptm account show alice")
    static final class Show implements Verb {
        @Parameters(paramLabel = "ACCOUNT", description = "The name of a key, or an address.")
        private String who = "";

        @Mixin private ChainOptions options = new ChainOptions();

        @Override
        public Outcome run(Context context) {
            try (var client = options.connect(context.shell())) {
                var chain = client.chain();
                var address = context.wallet(chain).principal(who);
                var account = client.account(address);
                var data =
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("name", who)
                                .put("address", address.toString())
                                .put("balance", Long.toString(account.balance()))
                                .put("nextSequence", Long.toString(account.nextSequence()))
                                .put("height", Long.toString(account.height()));
                data.set("lanes", account.value().node().path("lanes"));
                var sheet =
                        new Sheet()
                                .row("address", address.toString())
                                .row("balance", Coin.format(account.balance()))
                                .row("sent", account.nextSequence() + " transactions")
                                .row("at height", Long.toString(account.height()));
                return new Outcome.Done(Report.of(data, sheet, chain.tipAt(account.height())));
            }
        }
    }
}
