package io.computronium.cli;

import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code cptm} command. Exits with 0 when done, 1 when it failed, 2 on wrong usage. */
@Command(
        name = "cptm",
        description = "Run, use and inspect a Computronium chain.",
        mixinStandardHelpOptions = true,
        versionProvider = Cptm.Version.class)
public final class Cptm implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    /** Picocli makes it; see {@link #main}. */
    Cptm() {}

    /** Runs the command that {@code arguments} name, and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Cptm()).execute(arguments));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand");
    }

    /** The version in the manifest of the jar that this class came from. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Cptm.class.getPackage().getImplementationVersion();
            return new String[] {"cptm " + Objects.requireNonNullElse(version, "(unpackaged)")};
        }
    }
}
