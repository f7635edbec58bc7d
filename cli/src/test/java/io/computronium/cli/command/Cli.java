package io.computronium.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.computronium.cli.home.NodeHome;
import io.computronium.cli.home.NodeLauncher;
import io.computronium.cli.home.NodeLauncher.Occasion;
import io.computronium.cli.home.NodeLauncher.RunningNode;
import io.computronium.cli.home.Settings;
import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import io.computronium.cli.shell.Shell;
import io.computronium.cli.shell.Stop;
import io.computronium.vm.builtin.BuiltIns;
import io.computronium.vm.contract.ContractRegistry;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import picocli.CommandLine;

/** The command without a process: its own home, environment and streams. */
final class Cli {

    private final Path home;
    private final Map<String, String> variables = new HashMap<>();
    private final ArrayDeque<String> typed = new ArrayDeque<>();
    private final Stop stop = new Stop();
    private NodeLauncher launcher = Cli::refuse;
    private ContractRegistry contracts = BuiltIns.REGISTRY;
    private String stdin = "";
    private boolean terminal;

    Cli(Path home) {
        this.home = home;
        variables.put("CPTM_HOME", home.toString());
    }

    /** What a run left behind. */
    record Run(int exit, String out, String err) {
        JsonNode frame() {
            if (out.lines().count() != 1) {
                throw new AssertionError("not exactly one frame: " + out + err);
            }
            return FakeNode.parse(out);
        }
    }

    Cli with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    Cli stdin(String text) {
        stdin = text;
        return this;
    }

    /** Answers to the next questions for passwords. */
    Cli types(String... passwords) {
        typed.addAll(List.of(passwords));
        return this;
    }

    Cli onTerminal() {
        terminal = true;
        return this;
    }

    Cli launching(NodeLauncher nodes) {
        launcher = nodes;
        return this;
    }

    /** Commands are made for these contracts instead of the built-in ones. */
    Cli contracts(ContractRegistry registry) {
        contracts = registry;
        return this;
    }

    /** The wish to end, for commands that stay in the foreground. */
    Stop stop() {
        return stop;
    }

    private static RunningNode refuse(NodeHome folder, Settings settings, Occasion occasion) {
        throw new Failure(ErrorCode.NODE_START, "no nodes here", "look elsewhere");
    }

    Run run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int exit = CommandTree.run(context(out, err), arguments);
        return new Run(exit, out.toString(), err.toString());
    }

    /** The parser alone. */
    CommandLine tree() {
        return new CommandTree(context(new StringWriter(), new StringWriter())).commandLine();
    }

    private Context context(StringWriter out, StringWriter err) {
        var shell =
                new Shell(
                        new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
                        new PrintWriter(out),
                        new PrintWriter(err),
                        terminal,
                        variables,
                        home,
                        question -> Optional.ofNullable(typed.poll()).map(String::toCharArray),
                        Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
                        stop);
        return new Context(shell, new FixedRandom(), 16, launcher, List.of(), contracts);
    }

    /** The same keys in every run. */
    private static final class FixedRandom extends SecureRandom {
        private static final long serialVersionUID = 1;
        private final Random random = new Random(7);

        @Override
        public void nextBytes(byte[] bytes) {
            random.nextBytes(bytes);
        }
    }
}
