package io.computronium.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.computronium.cli.contract.Names;
import io.computronium.cli.rpc.ChainClient;
import io.computronium.cli.shell.Outcome;
import io.computronium.cli.shell.Report;
import io.computronium.cli.shell.Sheet;
import io.computronium.primitives.Principal;
import io.computronium.vm.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every command takes that asks a contract. */
final class ReadOptions {

    @Option(
            names = "--from",
            paramLabel = "ACCOUNT",
            description = "Whose contracts go by their name alone: a key's name or an address.")
    private @Nullable String from;

    @Option(
            names = "--at",
            defaultValue = "latest",
            paramLabel = "HEIGHT",
            description = "The height whose state is asked. Default: latest.")
    private String at = "latest";

    @Mixin private ChainOptions chain = new ChainOptions();

    /** What is asked. */
    record Question(Principal contract, String function, List<Value> arguments) {}

    Outcome run(Context context, BiFunction<ChainClient, Names, Question> asked) {
        try (var client = chain.connect(context.shell())) {
            var chain = client.chain();
            var wallet = context.wallet(chain);
            var names =
                    new Names(
                            wallet,
                            context.contracts(),
                            chain.versions(),
                            Optional.ofNullable(from).map(wallet::principal));
            var question = asked.apply(client, names);
            var answer =
                    client.readContract(
                            question.contract, question.function, question.arguments, at);
            return client.read(
                    answer.node(),
                    fields -> {
                        var value = fields.at("value");
                        long height = fields.amount("height");
                        var data =
                                JsonNodeFactory.instance
                                        .objectNode()
                                        .put("contract", question.contract.toString())
                                        .put("function", question.function)
                                        .put("height", Long.toString(height));
                        data.set("result", value.node());
                        var sheet = new Sheet().line(Words.printable(value.text("repr")));
                        return new Outcome.Done(Report.of(data, sheet, chain.tipAt(height)));
                    });
        }
    }
}
