package io.computronium.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.computronium.cli.contract.ArgumentReader;
import io.computronium.cli.contract.Names;
import io.computronium.cli.json.Fields;
import io.computronium.cli.rpc.ChainClient;
import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import io.computronium.cli.shell.Outcome;
import io.computronium.cli.shell.Report;
import io.computronium.cli.shell.Sheet;
import io.computronium.primitives.Principal;
import io.computronium.vm.contract.Access;
import io.computronium.vm.contract.Contract;
import io.computronium.vm.contract.Method;
import io.computronium.vm.contract.Parameter;
import io.computronium.vm.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Any contract, function by function. */
@Command(
        name = "contract",
        description = "Look at contracts and call them.",
        footerHeading = "%nExample:%n",
        footer = "  cptm contract list",
        subcommands = {
            ContractCommand.ListAll.class,
            ContractCommand.Interface.class,
            ContractCommand.Read.class,
            ContractCommand.Call.class,
        })
final class ContractCommand {

    private static final String ARGUMENT =
            "Its arguments: a literal such as u5 or '{a: u1}', 0x and SIP-005 bytes, JSON, or with"
                    + " its unit, such as 1.5cptm.";

    @Command(
            name = "list",
            description = "List the built-in contracts.",
            footerHeading = "%nExample:%n",
            footer = "  cptm contract list")
    static final class ListAll implements Verb {
        @Mixin private ChainOptions options = new ChainOptions();

        @Override
        public Outcome run(Context context) {
            try (var client = options.connect(context.shell())) {
                var chain = client.chain();
                var answer = client.contracts();
                return client.read(
                        answer.node(),
                        fields -> {
                            var rows = fields.list("value").stream().map(ListAll::row).toList();
                            var data = JsonNodeFactory.instance.objectNode();
                            data.set("contracts", fields.node().path("value"));
                            var sheet =
                                    new Sheet().table(List.of("name", "kind", "what it is"), rows);
                            return new Outcome.Done(Report.of(data, sheet, chain.tip()));
                        });
            }
        }

        private static List<String> row(Fields contract) {
            return List.of(
                    Words.printable(contract.text("name")),
                    Words.printable(contract.text("kind")),
                    Words.printable(contract.text("meaning")));
        }
    }

    @Command(
            name = "interface",
            description = "Show what a contract takes, answers and announces.",
            footerHeading = "%nExample:%n",
            footer = "  cptm contract interface account")
    static final class Interface implements Verb {
        @Parameters(
                paramLabel = "CONTRACT",
                description = "A built-in contract's name, alice.acme, or address.name.")
        private String contract = "";

        @Mixin private ChainOptions options = new ChainOptions();

        @Override
        public Outcome run(Context context) {
            try (var client = options.connect(context.shell())) {
                var chain = client.chain();
                var wallet = context.wallet(chain);
                var names =
                        new Names(wallet, context.contracts(), chain.versions(), Optional.empty());
                var answer = client.contract(names.contract(contract));
                return client.read(
                        answer.node(),
                        fields -> {
                            var value = fields.at("value");
                            return new Outcome.Done(
                                    Report.of(
                                            (ObjectNode) value.node(), sheet(value), chain.tip()));
                        });
            }
        }

        private static Sheet sheet(Fields value) {
            var sheet =
                    Sheet.of(value.text("contract"))
                            .row("what it is", Words.printable(value.text("meaning")))
                            .row("kind", value.text("kind") + " " + value.text("name"));
            sheet.table(
                    List.of("function", "access", "arguments"),
                    value.list("functions").stream().map(Interface::function).toList());
            return sheet.table(
                    List.of("error", "name", "meaning"),
                    value.list("errors").stream()
                            .map(error ->
                                    List.of(
                                            "u" + error.text("code"),
                                            Words.printable(error.text("name")),
                                            Words.printable(error.text("meaning"))))
                            .toList());
        }

        private static List<String> function(Fields function) {
            var access =
                    function.flag("direct") ? "direct" : function.text("access").replace('_', '-');
            var arguments =
                    function.list("args").stream()
                            .map(argument -> Words.printable(argument.text("name")))
                            .collect(Collectors.joining(" "));
            return List.of(Words.printable(function.text("name")), access, arguments);
        }
    }

    @Command(
            name = "read",
            description = "Ask a read-only function of a contract, without a transaction.",
            footerHeading = "%nExample:%n",
            footer = "  cptm contract read account get-guardian alice")
    static final class Read implements Verb {
        @Parameters(
                index = "0",
                paramLabel = "CONTRACT",
                description = "A built-in contract's name, alice.acme, or address.name.")
        private String contract = "";

        @Parameters(index = "1", paramLabel = "FUNCTION", description = "The function's name.")
        private String function = "";

        @Parameters(index = "2..*", paramLabel = "ARGUMENT", description = ARGUMENT)
        private List<String> arguments = new ArrayList<>();

        @Mixin private ReadOptions options = new ReadOptions();

        @Override
        public Outcome run(Context context) {
            return options.run(
                    context,
                    (client, names) -> {
                        var target = names.contract(contract);
                        var found = method(context, client, target, function);
                        requireAccess(found.method.access() == Access.READ_ONLY, "call");
                        return new ReadOptions.Question(
                                target,
                                function,
                                values(found.method, arguments, new ArgumentReader(names)));
                    });
        }
    }

    @Command(
            name = "call",
            description = "Call a function of a contract in a transaction.",
            footerHeading = "%nExample:%n",
            footer = "  cptm contract call account pause alice --from carol")
    static final class Call implements Verb {
        @Parameters(
                index = "0",
                paramLabel = "CONTRACT",
                description = "A built-in contract's name, acme for your own, or address.name.")
        private String contract = "";

        @Parameters(index = "1", paramLabel = "FUNCTION", description = "The function's name.")
        private String function = "";

        @Parameters(index = "2..*", paramLabel = "ARGUMENT", description = ARGUMENT)
        private List<String> arguments = new ArrayList<>();

        @Mixin private CallOptions options = new CallOptions();

        @Override
        public Outcome run(Context context) {
            return Submission.run(
                    context,
                    options.options(),
                    (client, chain, signers) -> {
                        var names =
                                new Names(
                                        signers.wallet(),
                                        context.contracts(),
                                        chain.versions(),
                                        Optional.of(signers.from()));
                        var target = names.contract(contract);
                        var found = method(context, client, target, function);
                        requireAccess(found.method.access() != Access.READ_ONLY, "read");
                        return options.wish(
                                signers,
                                names,
                                found.contract,
                                target,
                                found.method,
                                values(found.method, arguments, new ArgumentReader(names)));
                    });
        }
    }

    private record Found(Contract contract, Method<?> method) {}

    /** Which code a contract runs is asked of the node; what that code takes is known here. */
    private static Found method(
            Context context, ChainClient client, Principal target, String function) {
        var answer = client.contract(target);
        return client.read(
                answer.node(),
                fields -> {
                    var value = fields.at("value");
                    var name = value.text("name");
                    Contract contract =
                            context.contracts()
                                    .find(name)
                                    .orElseThrow(
                                            () -> new IllegalArgumentException("name: " + name));
                    boolean template = value.text("kind").equals("template");
                    return (template ? contract.constructor(function) : contract.method(function))
                            .<Found>map(method -> new Found(contract, method))
                            .orElseThrow(() ->
                                    new Failure(
                                            ErrorCode.USAGE,
                                            name + " has no function of this name",
                                            "cptm contract interface " + name + " lists them"));
                });
    }

    private static void requireAccess(boolean right, String otherVerb) {
        if (!right) {
            throw new Failure(
                    ErrorCode.USAGE,
                    "this function is for cptm contract " + otherVerb,
                    "use that command");
        }
    }

    private static List<Value> values(Method<?> method, List<String> texts, ArgumentReader reader) {
        List<Parameter<?>> parameters = method.parameters();
        if (texts.size() != parameters.size()) {
            throw new Failure(
                    ErrorCode.USAGE,
                    method.name()
                            + " takes "
                            + parameters.size()
                            + " arguments"
                            + parameters.stream()
                                    .map(Parameter::name)
                                    .collect(Collectors.joining(", ", ": ", "")),
                    "give them in this order, none for what is left out");
        }
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            values.add(reader.readAny(parameters.get(i), texts.get(i)));
        }
        return values;
    }
}
