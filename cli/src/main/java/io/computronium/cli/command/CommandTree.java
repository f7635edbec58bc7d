package io.computronium.cli.command;

import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import io.computronium.cli.shell.Frame;
import io.computronium.cli.shell.Outcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code cptm} command. Exits with 0 when done, 1 when it failed, 2 on wrong usage. */
@Command(
        name = "cptm",
        description = "Run, use and inspect a Computronium chain.",
        synopsisSubcommandLabel = "<noun> <verb>",
        footerHeading = "%nExample:%n",
        footer = "  cptm devnet",
        versionProvider = CommandTree.Version.class,
        subcommands = {
            DevnetCommand.class,
            NodeCommand.class,
            ValidatorCommand.class,
            ConfigCommand.class,
            GenesisCommand.class,
            KeyCommand.class,
            AccountCommand.class,
            TxCommand.class,
            BlockCommand.class,
            ChainCommand.class,
            ContractCommand.class,
        })
public final class CommandTree {

    private static final String JSON_FLAG = "--json";

    @Option(
            names = JSON_FLAG,
            scope = ScopeType.INHERIT,
            description = "Print one JSON frame (cptm.result.v1) instead of text.")
    private boolean json;

    private final Context context;

    CommandTree(Context context) {
        this.context = context;
    }

    /** Runs the command that {@code arguments} name and returns the exit code. */
    public static int run(Context context, String... arguments) {
        return new CommandTree(context).commandLine().execute(arguments);
    }

    /** The parser of the whole tree. */
    CommandLine commandLine() {
        var shell = context.shell();
        var tree = new CommandLine(this);
        ContractVerbs.addTo(tree, context.contracts());
        tree.getCommandSpec().addOption(helpOption()).addOption(versionOption());
        addSettings(tree);
        return tree.setOut(shell.out())
                .setErr(shell.err())
                .setColorScheme(
                        CommandLine.Help.defaultColorScheme(shell.terminal() ? Ansi.ON : Ansi.OFF))
                .setUsageHelpWidth(100)
                .setExecutionStrategy(this::execute)
                .setParameterExceptionHandler(this::refuse);
    }

    private static void addSettings(CommandLine command) {
        if (command.getCommand() instanceof ConfiguredVerb) {
            SettingFlags.addTo(command.getCommandSpec());
        }
        command.getSubcommands().values().forEach(CommandTree::addSettings);
    }

    private static OptionSpec helpOption() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .scopeType(ScopeType.INHERIT)
                .description("Show this help.")
                .build();
    }

    private static OptionSpec versionOption() {
        return OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Show the version.")
                .build();
    }

    private int execute(ParseResult parsed) {
        var asked = CommandLine.executeHelpRequest(parsed);
        if (asked != null) {
            return asked;
        }
        var leaf = parsed;
        while (leaf.hasSubcommand()) {
            leaf = leaf.subcommand();
        }
        var spec = leaf.commandSpec();
        if (!(spec.userObject() instanceof Verb verb)) {
            var names = spec.subcommands().keySet().stream().sorted().toList();
            throw new ParameterException(
                    spec.commandLine(), "a command is missing: " + String.join(", ", names));
        }
        return run(verb, new Frame(context.shell(), json, words(spec.qualifiedName())));
    }

    private int run(Verb verb, Frame frame) {
        try {
            switch (verb.run(context)) {
                case Outcome.Done done -> frame.succeed(done.report());
                case Outcome.Running running -> {
                    frame.succeed(running.report());
                    context.shell().stop().engage();
                    running.service().run();
                }
            }
            return 0;
        } catch (Failure e) {
            return frame.fail(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return frame.fail(Failure.internal(e));
        } catch (RuntimeException e) {
            return frame.fail(Failure.internal(e));
        }
    }

    /** Wrong usage: says what is wrong, what was probably meant, and where the help is. */
    private int refuse(ParameterException e, String[] arguments) {
        var command = e.getCommandLine();
        var name = command.getCommandSpec().qualifiedName();
        var suggestions =
                e instanceof UnmatchedArgumentException unmatched
                        ? unmatched.getSuggestions()
                        : List.<String>of();
        var next =
                suggestions.isEmpty()
                        ? name + " --help shows how"
                        : "did you mean "
                                + suggestions.stream()
                                        .limit(3)
                                        .map(s -> name + " " + s)
                                        .collect(Collectors.joining(" or "))
                                + "?";
        boolean wantsJson = List.of(arguments).contains(JSON_FLAG);
        var message = Objects.requireNonNullElse(e.getMessage(), "wrong usage");
        var failure = new Failure(ErrorCode.USAGE, firstLine(message), next, e);
        int code = new Frame(context.shell(), wantsJson, words(name)).fail(failure);
        if (!wantsJson) {
            context.shell().err().print(synopsis(command));
            context.shell().err().flush();
        }
        return code;
    }

    private static String synopsis(CommandLine command) {
        var text = new StringWriter();
        var writer = new PrintWriter(text);
        writer.print("usage: " + command.getHelp().synopsis(7));
        writer.flush();
        return text.toString();
    }

    private static String words(String qualifiedName) {
        return qualifiedName.equals("cptm")
                ? qualifiedName
                : qualifiedName.substring("cptm ".length());
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("wrong usage");
    }

    /** The version in the manifest of the jar that this class came from. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = CommandTree.class.getPackage().getImplementationVersion();
            return new String[] {"cptm " + Objects.requireNonNullElse(version, "(unpackaged)")};
        }
    }
}
