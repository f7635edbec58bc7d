package io.computronium.cli.command;

import io.computronium.cli.command.Submission.Wish;
import io.computronium.cli.command.WriteOptions.Signers;
import io.computronium.cli.contract.ArgumentReader;
import io.computronium.cli.contract.Names;
import io.computronium.cli.rpc.ChainClient.Chain;
import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import io.computronium.cli.shell.Outcome;
import io.computronium.primitives.Principal;
import io.computronium.vm.contract.Access;
import io.computronium.vm.contract.Contract;
import io.computronium.vm.contract.Method;
import io.computronium.vm.contract.Parameter;
import io.computronium.vm.type.Type;
import io.computronium.vm.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The command of a contract's method, made from its declaration: an option for each parameter,
 * which may be given as words in the declared order too. Methods of instances take the instance as
 * the first word.
 */
final class ContractVerb implements Verb {

    /** Names that options common to commands have. */
    private static final Set<String> TAKEN =
            new TreeSet<>(
                    List.of(
                            "from",
                            "wait",
                            "max-spend",
                            "max-send",
                            "fee-payer",
                            "gas-limit",
                            "dry-run",
                            "sign-only",
                            "password-file",
                            "password-stdin",
                            "rpc-url",
                            "json",
                            "help",
                            "at"));

    private final Contract contract;
    private final Method<?> method;
    private final boolean ofInstance;
    private final CallOptions call = new CallOptions();
    private final ReadOptions read = new ReadOptions();
    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

    private ContractVerb(Contract contract, Method<?> method, boolean ofInstance) {
        this.contract = contract;
        this.method = method;
        this.ofInstance = ofInstance;
    }

    /**
     * @param method has a command
     * @param ofInstance whether it is called on an instance of a template
     */
    static CommandSpec of(Contract contract, Method<?> method, boolean ofInstance) {
        return new ContractVerb(contract, method, ofInstance).describe();
    }

    private CommandSpec describe() {
        var command = Objects.requireNonNull(method.command());
        spec.name(command.verb());
        spec.usageMessage()
                .description(sentence(method.meaning()).replace("%", "%%"))
                .footerHeading("%nExample:%n")
                .footer(
                        ("  cptm "
                                        + command.noun()
                                        + " "
                                        + command.verb()
                                        + " "
                                        + command.example())
                                .stripTrailing()
                                .replace("%", "%%"));
        var words = new ArrayList<String>();
        if (ofInstance) {
            words.add("INSTANCE");
        }
        for (Parameter<?> parameter : method.parameters()) {
            spec.addOption(option(parameter));
            if (!isFlag(parameter)) {
                words.add("[" + label(parameter) + "]");
            }
        }
        if (!words.isEmpty()) {
            spec.addPositional(
                    PositionalParamSpec.builder()
                            .index("0..*")
                            .arity(ofInstance ? "1..*" : "0..*")
                            .type(String[].class)
                            .paramLabel(String.join(" ", words))
                            .hideParamSyntax(true)
                            .description(
                                    ofInstance
                                            ? "The instance, such as alice.acme, or acme for your"
                                                    + " own; then parameters without their options."
                                            : "Parameters without their options, in this order.")
                            .build());
        }
        spec.addMixin(
                "common",
                CommandSpec.forAnnotatedObject(method.access() == Access.READ_ONLY ? read : call));
        return spec;
    }

    private static OptionSpec option(Parameter<?> parameter) {
        var option =
                OptionSpec.builder("--" + optionName(parameter))
                        .description(
                                sentence(parameter.meaning()).replace("%", "%%")
                                        + example(parameter).replace("%", "%%"));
        return isFlag(parameter)
                ? option.arity("0").type(boolean.class).build()
                : option.arity("1").type(String.class).paramLabel(label(parameter)).build();
    }

    private static String optionName(Parameter<?> parameter) {
        return TAKEN.contains(parameter.name()) ? "arg-" + parameter.name() : parameter.name();
    }

    private static boolean isFlag(Parameter<?> parameter) {
        return parameter.shape().type() == Type.Simple.BOOL;
    }

    private static String label(Parameter<?> parameter) {
        return parameter.name().toUpperCase(Locale.ROOT);
    }

    private static String example(Parameter<?> parameter) {
        return switch (parameter.unit()) {
            case COIN -> " Such as 1.5cptm.";
            case BLOCKS -> " Such as 100blocks or 7d.";
            case BASIS_POINTS -> " Such as 2.5% or 250bp.";
            case TOKEN -> " In the token's smallest units.";
            case PLAIN -> parameter.shape().type() instanceof Type.Buffer ? " In hex." : "";
        };
    }

    private static String sentence(String meaning) {
        var text = meaning.substring(0, 1).toUpperCase(Locale.ROOT) + meaning.substring(1);
        return text.endsWith(".") ? text : text + ".";
    }

    @Override
    public Outcome run(Context context) {
        return method.access() == Access.READ_ONLY ? read(context) : write(context);
    }

    /** What of the command line is missing or too much; nothing if it can be run. */
    Optional<String> incomplete() {
        var texts = texts(given());
        for (int i = 0; i < texts.size(); i++) {
            Parameter<?> parameter = method.parameters().get(i);
            if (texts.get(i).isEmpty() && ArgumentReader.absent(parameter).isEmpty()) {
                return Optional.of("--" + optionName(parameter));
            }
        }
        return Optional.empty();
    }

    private Outcome write(Context context) {
        return Submission.run(
                context, call.options(), (_, chain, signers) -> wish(context, chain, signers));
    }

    private Wish wish(Context context, Chain chain, Signers signers) {
        var names =
                new Names(
                        signers.wallet(),
                        context.contracts(),
                        chain.versions(),
                        Optional.of(signers.from()));
        return call.wish(
                signers, names, contract, target(names), method, values(new ArgumentReader(names)));
    }

    private Outcome read(Context context) {
        return read.run(
                context,
                (_, names) ->
                        new ReadOptions.Question(
                                target(names), method.name(), values(new ArgumentReader(names))));
    }

    private Principal target(Names names) {
        if (!ofInstance) {
            return names.builtIn(contract.name());
        }
        var words = words();
        if (words.isEmpty()) {
            throw new Failure(ErrorCode.USAGE, "which " + contract.name() + "?", "name it first");
        }
        return names.instance(words.getFirst());
    }

    private List<Value> values(ArgumentReader reader) {
        var texts = texts(given());
        var values = new ArrayList<Value>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            Parameter<?> parameter = method.parameters().get(i);
            values.add(
                    texts.get(i)
                            .map(text -> reader.read(parameter, text))
                            .or(() -> ArgumentReader.absent(parameter))
                            .orElseThrow(() -> missing(parameter)));
        }
        return values;
    }

    private Failure missing(Parameter<?> parameter) {
        return new Failure(
                ErrorCode.USAGE,
                "--" + optionName(parameter) + " is missing: " + parameter.meaning(),
                spec.qualifiedName() + " --help shows how");
    }

    /** The words that are parameters. */
    private ArrayDeque<String> given() {
        var words = new ArrayDeque<>(words());
        if (ofInstance) {
            words.poll();
        }
        return words;
    }

    /** For each parameter its option, else the next word. */
    private List<Optional<String>> texts(ArrayDeque<String> words) {
        var texts = new ArrayList<Optional<String>>();
        for (Parameter<?> parameter : method.parameters()) {
            var option = spec.findOption("--" + optionName(parameter)).getValue();
            if (isFlag(parameter)) {
                texts.add(Optional.of(String.valueOf(Boolean.TRUE.equals(option))));
            } else {
                texts.add(
                        Optional.ofNullable((String) option)
                                .or(() -> Optional.ofNullable(words.poll())));
            }
        }
        if (!words.isEmpty()) {
            throw new Failure(
                    ErrorCode.USAGE,
                    "too many arguments: "
                            + words.stream().limit(3).collect(Collectors.joining(" ")),
                    spec.qualifiedName() + " --help shows how");
        }
        return texts;
    }

    private List<String> words() {
        if (spec.positionalParameters().isEmpty()) {
            return List.of();
        }
        String[] words = spec.positionalParameters().getFirst().getValue();
        return words == null ? List.of() : List.of(words);
    }
}
