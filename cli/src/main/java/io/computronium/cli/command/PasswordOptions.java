package io.computronium.cli.command;

import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import io.computronium.cli.shell.Shell;
import io.computronium.cli.wallet.Wallet.Passwords;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where passwords come from: a file, standard input, or a question; never an argument. */
final class PasswordOptions {

    private static final int MAX_BYTES = 4_096;

    @ArgGroup private @Nullable Source source;

    private static final class Source {
        @Option(
                names = "--password-file",
                paramLabel = "FILE",
                description = "Read the password from the first line of this file.")
        private @Nullable Path file;

        @Option(
                names = "--password-stdin",
                description = "Read the password from the first line of standard input.")
        private boolean stdin;
    }

    /** For keys that exist. Standard input is read once and serves all of them. */
    Passwords passwords(Shell shell) {
        var given = given(shell);
        return name ->
                given.map(char[]::clone)
                        .or(() -> shell.prompt().ask("Password of key " + name))
                        .orElseThrow(() -> missing("the password of key " + name));
    }

    /** For a key that is being made: a person types it twice. */
    char[] newPassword(Shell shell, String name) {
        var password = given(shell).orElseGet(() -> typedTwice(shell, name));
        if (password.length == 0) {
            throw new Failure(
                    ErrorCode.KEY_PASSWORD, "the password is empty", "choose one that is long");
        }
        return password;
    }

    private static char[] typedTwice(Shell shell, String name) {
        var first =
                shell.prompt()
                        .ask("New password of key " + name)
                        .orElseThrow(() -> missing("a password for key " + name));
        var second = shell.prompt().ask("The same again").orElse(new char[0]);
        boolean same = Arrays.equals(first, second);
        Arrays.fill(second, '\0');
        if (!same) {
            Arrays.fill(first, '\0');
            throw new Failure(
                    ErrorCode.KEY_PASSWORD, "the two passwords differ", "run the command again");
        }
        return first;
    }

    private Optional<char[]> given(Shell shell) {
        if (source == null) {
            return Optional.empty();
        }
        var file = source.file;
        if (source.stdin || file == null) {
            return Optional.of(firstLine(shell.in(), "standard input"));
        }
        try (var in = Files.newInputStream(file)) {
            return Optional.of(firstLine(in, file.toString()));
        } catch (IOException e) {
            throw unreadable(file.toString(), e);
        }
    }

    private static char[] firstLine(InputStream in, String where) {
        var bytes = new byte[0];
        try {
            bytes = in.readNBytes(MAX_BYTES);
            int length = 0;
            while (length < bytes.length && bytes[length] != '\n' && bytes[length] != '\r') {
                length++;
            }
            var decoded =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
            var password = new char[decoded.remaining()];
            decoded.get(password);
            return password;
        } catch (CharacterCodingException e) {
            throw new Failure(
                    ErrorCode.KEY_PASSWORD, where + " is not UTF-8", "write the password anew", e);
        } catch (IOException e) {
            throw unreadable(where, e);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static Failure unreadable(String where, IOException e) {
        return new Failure(
                ErrorCode.KEY_PASSWORD_MISSING,
                "cannot read the password from " + where,
                "check the file that --password-file names",
                e);
    }

    private static Failure missing(String what) {
        return new Failure(
                ErrorCode.KEY_PASSWORD_MISSING,
                what + " is needed, and there is no terminal to ask on",
                "give --password-file or --password-stdin");
    }
}
