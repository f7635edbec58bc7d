package io.computronium.cli.keystore;

import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.crypto.KeyPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The folder of a user's keys: one file a key, named after it, mode 0600 in a folder of mode 0700.
 * Nothing is cached, so that what others did to the folder is seen.
 */
public final class Keystore {

    /** What scrypt costs by default: 128 MiB and some tenths of a second. */
    public static final int DEFAULT_SCRYPT_N = 1 << 17;

    /** The most keys that a folder is listed with. */
    private static final int MAX_KEYS = 10_000;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,31}");
    private static final String SUFFIX = ".json";

    private final Path folder;
    private final int scryptN;
    private final SecureRandom random;

    /**
     * @param folder need not exist yet
     * @param scryptN memory in units of 1 KiB, a power of two of at most 2^18
     */
    public Keystore(Path folder, int scryptN, SecureRandom random) {
        this.folder = folder;
        this.scryptN = scryptN;
        this.random = random;
    }

    /** What is known of a key without its password. */
    public record Entry(String name, PublicKey publicKey, String path, Path file) {}

    /** Whether a key may have this name: a small letter and up to 31 of {@code a-z 0-9 _ -}. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** All keys, by name. */
    public List<Entry> list() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        var names = new ArrayList<String>();
        try (var files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (var file : files) {
                var name = String.valueOf(file.getFileName());
                name = name.substring(0, name.length() - SUFFIX.length());
                if (isName(name) && names.size() < MAX_KEYS) {
                    names.add(name);
                }
            }
        } catch (IOException e) {
            throw new Failure(
                    ErrorCode.IO,
                    "cannot list " + folder + ": " + e,
                    "check its owner and mode",
                    e);
        }
        return names.stream().sorted().map(name -> entry(name, read(name))).toList();
    }

    /** The key of this name, if there is one. */
    public Optional<Entry> find(String name) {
        return exists(name) ? Optional.of(entry(name, read(name))) : Optional.empty();
    }

    /**
     * Stores {@code key}.
     *
     * @throws Failure if the name is none, or taken
     */
    public Entry store(String name, KeyPair key, char[] password) {
        requireNew(name);
        var sealed = KeyFile.seal(key, password, scryptN, random);
        PrivateFiles.createFolder(folder);
        PrivateFiles.writeNew(file(name), sealed.text());
        return entry(name, sealed);
    }

    /** As {@link #store}, without storing: for asking before a password is typed. */
    public void requireNew(String name) {
        if (!isName(name)) {
            throw new Failure(
                    ErrorCode.KEY_NAME,
                    "a key cannot be named '" + name + "'",
                    "use a small letter and up to 31 small letters, digits, - and _");
        }
        if (exists(name)) {
            throw new Failure(
                    ErrorCode.KEY_EXISTS,
                    "there is a key named " + name + " already",
                    "choose another name; cptm key list shows those taken");
        }
    }

    /**
     * Decrypts a key; takes some tenths of a second.
     *
     * @throws Failure with {@link ErrorCode#KEY_UNKNOWN} or {@link ErrorCode#KEY_PASSWORD}
     */
    public KeyPair unlock(String name, char[] password) {
        if (!exists(name)) {
            throw new Failure(
                    ErrorCode.KEY_UNKNOWN,
                    "there is no key named " + name,
                    "cptm key list shows the keys, cptm key new " + name + " makes one");
        }
        return read(name)
                .open(password)
                .orElseThrow(() ->
                        new Failure(
                                ErrorCode.KEY_PASSWORD,
                                "the password of key "
                                        + name
                                        + " is wrong, or its file was altered",
                                "try again; if the password is right, restore "
                                        + file(name)
                                        + " from a backup"));
    }

    private boolean exists(String name) {
        return isName(name) && Files.exists(file(name));
    }

    private KeyFile read(String name) {
        var content = PrivateFiles.read(file(name));
        try {
            return KeyFile.parse(content);
        } catch (IllegalArgumentException e) {
            throw PrivateFiles.damaged(file(name), String.valueOf(e.getMessage()));
        }
    }

    private Entry entry(String name, KeyFile key) {
        return new Entry(name, key.publicKey(), key.path(), file(name));
    }

    private Path file(String name) {
        return folder.resolve(name + SUFFIX);
    }
}
