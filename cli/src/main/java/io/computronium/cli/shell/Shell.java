package io.computronium.cli.shell;

import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * The surroundings of one run of the command.
 *
 * @param in standard input, for passwords by {@code --password-stdin} only
 * @param out one frame or a text, and nothing else
 * @param err diagnostics and progress
 * @param terminal whether a person looks at it: styles and progress lines make sense
 * @param variables the environment
 * @param userHome where {@code .cptm} is, unless {@code CPTM_HOME} says otherwise
 * @param prompt asks for a password
 * @param clock for intervals and time stamps in texts
 * @param stop the wish to end
 */
public record Shell(
        InputStream in,
        PrintWriter out,
        PrintWriter err,
        boolean terminal,
        Map<String, String> variables,
        Path userHome,
        PasswordPrompt prompt,
        Clock clock,
        Stop stop) {

    /** Asks a person for a password. */
    @FunctionalInterface
    public interface PasswordPrompt {
        /**
         * What was typed, without echo; the caller zeroes it. Empty if there is nobody to ask.
         *
         * @param question without colon or space at its end
         */
        Optional<char[]> ask(String question);
    }

    /** The value of an environment variable that is set and not empty. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }

    /** The folder of keys, sequences and the devnet: {@code CPTM_HOME}, else {@code ~/.cptm}. */
    public Path home() {
        return variable("CPTM_HOME").map(Path::of).orElse(userHome.resolve(".cptm"));
    }

    /** Replaces the line of progress on a terminal; elsewhere nothing. */
    public void progress(String text) {
        if (terminal) {
            err.print("\r\u001b[K" + text);
            err.flush();
        }
    }
}
