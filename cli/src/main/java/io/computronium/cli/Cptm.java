package io.computronium.cli;

import io.computronium.cli.command.CommandTree;
import io.computronium.cli.command.Context;
import io.computronium.cli.home.HostedNode;
import io.computronium.cli.keystore.Keystore;
import io.computronium.cli.shell.Shell;
import io.computronium.cli.shell.Stop;
import io.computronium.vm.builtin.BuiltIns;
import java.io.Console;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The process {@code cptm}: the one place that touches {@link System}. */
public final class Cptm {

    /** How long a signal waits for nodes to close their files. */
    private static final long STOP_MILLIS = 3_000;

    private Cptm() {}

    /** Runs the command that {@code arguments} name, and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        var stop = new Stop();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stop), "stop"));
        int exitCode;
        try {
            exitCode = CommandTree.run(context(stop), arguments);
        } finally {
            stop.obey();
        }
        System.exit(exitCode);
    }

    /** On a signal: lets the main thread end what it runs, and then the JVM. */
    private static void stop(Stop stop) {
        stop.request();
        try {
            stop.awaitObeyed(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Context context(Stop stop) {
        return new Context(
                shell(stop),
                new SecureRandom(),
                Keystore.DEFAULT_SCRYPT_N,
                HostedNode::start,
                self(),
                BuiltIns.REGISTRY);
    }

    /** The command line that runs this program with the same JVM options. */
    private static List<String> self() {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-cp");
        command.add(System.getProperty("java.class.path", ""));
        command.add(Cptm.class.getName());
        return command;
    }

    private static Shell shell(Stop stop) {
        var console = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        return new Shell(
                System.in,
                new PrintWriter(System.out, false, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                console.isPresent() && System.getenv("NO_COLOR") == null,
                System.getenv(),
                Path.of(System.getProperty("user.home", ".")),
                question -> console.map(terminal -> terminal.readPassword("%s: ", question)),
                Clock.systemUTC(),
                stop);
    }
}
