package io.computronium.cli.keystore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.crypto.KeyPair;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Keys on disk: they come back, and nothing else does. */
final class KeystoreTest {

    private static final char[] PASSWORD = "correct horse".toCharArray();

    @TempDir private Path home;
    private Path folder = Path.of("");
    private Keystore keystore = new Keystore(folder, 16, new SecureRandom());
    private final KeyPair key = KeyPair.generate(new SecureRandom());

    @BeforeEach
    void store() {
        folder = home.resolve("keys");
        keystore = new Keystore(folder, 16, new SecureRandom());
        keystore.store("me", key, PASSWORD);
    }

    @Test
    void aKeyComesBackWithItsPassword() {
        assertArrayEquals(key.seed(), keystore.unlock("me", PASSWORD).seed());
    }

    @Test
    void theSeedIsNotInTheFile() throws IOException {
        var text = Files.readString(file());
        assertFalse(text.contains(Bytes.owned(key.seed()).toHex()));
        assertTrue(text.contains(key.publicKey().toHex()));
    }

    @Test
    void theFileHasTheShapeOfErc2335() throws IOException {
        var root = new JsonMapper().readTree(Files.readString(file()));
        assertEquals(4, root.path("version").asInt());
        assertEquals("scrypt", root.at("/crypto/kdf/function").asText());
        assertEquals("sha256", root.at("/crypto/checksum/function").asText());
        assertEquals("aes-256-gcm", root.at("/crypto/cipher/function").asText());
        assertEquals(4, UUID.fromString(root.path("uuid").asText()).version());
    }

    @Test
    void onlyTheOwnerMayReadIt() throws IOException {
        var file = PosixFilePermissions.toString(Files.getPosixFilePermissions(file()));
        var directory = PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
        assertEquals("rw-------", file);
        assertEquals("rwx------", directory);
    }

    @Test
    void noDraftIsLeftBehind() throws IOException {
        try (var files = Files.list(folder)) {
            assertEquals(List.of(file()), files.toList());
        }
    }

    @Test
    void aKeyIsNeverOverwritten() {
        assertEquals(
                ErrorCode.KEY_EXISTS, failure(() -> keystore.store("me", key, PASSWORD)).code());
    }

    @TestFactory
    Stream<DynamicTest> namesThatAreNone() {
        return Stream.of("", "Me", "../me", "a b", "1st", "x".repeat(33), "me.json")
                .map(name ->
                        dynamicTest(
                                "'" + name + "'",
                                () -> {
                                    assertEquals(
                                            ErrorCode.KEY_NAME,
                                            failure(() -> keystore.requireNew(name)).code());
                                    assertTrue(keystore.find(name).isEmpty());
                                }));
    }

    @Test
    void keysAreListedByName() {
        keystore.store("bob", key, PASSWORD);
        assertEquals(
                List.of("bob", "me"), keystore.list().stream().map(Keystore.Entry::name).toList());
    }

    @Test
    void anEmptyHomeHasNoKeys() {
        assertEquals(List.of(), new Keystore(home.resolve("no"), 16, new SecureRandom()).list());
    }

    @Test
    void aWrongPasswordIsToldFromADamagedFile() {
        assertEquals(ErrorCode.KEY_PASSWORD, openWith("correct hors").code());
        assertEquals(ErrorCode.KEY_PASSWORD, openWith("").code());
    }

    @Test
    void passwordsAreNormalised() {
        // U+00E9, and e with U+0301; and a bell that some terminal let through.
        keystore.store("cafe", key, "caf\u00e9".toCharArray());
        assertArrayEquals(
                key.seed(), keystore.unlock("cafe", "cafe\u0301\u0007".toCharArray()).seed());
    }

    @Test
    void aTruncatedFileIsDamagedWhereverItEnds() throws IOException {
        var whole = Files.readAllBytes(file());
        // From the last brace on, what is missing is only white space.
        for (int length = 0; length < whole.length - 2; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            assertEquals(ErrorCode.KEY_DAMAGED, openWith("correct horse").code(), "at " + length);
        }
    }

    @Test
    void aFlippedBitNeverYieldsAnotherKey() throws IOException {
        var whole = Files.readAllBytes(file());
        var expected = EnumSet.of(ErrorCode.KEY_DAMAGED, ErrorCode.KEY_PASSWORD);
        for (int i = 0; i < whole.length; i++) {
            var flipped = whole.clone();
            flipped[i] ^= 1;
            Files.write(file(), flipped);
            try {
                var opened = keystore.unlock("me", PASSWORD);
                // In a space, or in the uuid: nothing that matters.
                assertArrayEquals(key.seed(), opened.seed(), "at " + i);
            } catch (Failure e) {
                assertTrue(expected.contains(e.code()), "at " + i + ": " + e.getMessage());
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> contentsThatAreRefused() throws IOException {
        var whole = Files.readString(file());
        return Map.ofEntries(
                        Map.entry(
                                "costs beyond all memory",
                                change(whole, "\"n\" : 16", "\"n\" : 1073741824")),
                        Map.entry(
                                "costs that are no power of two",
                                change(whole, "\"n\" : 16", "\"n\" : 17")),
                        Map.entry(
                                "another version",
                                change(whole, "\"version\" : 4", "\"version\" : 3")),
                        Map.entry("another cipher", change(whole, "aes-256-gcm", "aes-128-ctr")),
                        Map.entry("another function", change(whole, "scrypt", "bcrypt")),
                        Map.entry("a key twice", change(whole, "{", "{\"version\":4,")),
                        Map.entry("more after the end", whole + "{}"),
                        Map.entry("nothing", ""),
                        Map.entry("an array", "[]"),
                        Map.entry("too much", " ".repeat(PrivateFiles.MAX_BYTES) + whole),
                        Map.entry("deep", "[".repeat(2_000)))
                .entrySet()
                .stream()
                .map(entry ->
                        dynamicTest(
                                entry.getKey(),
                                () -> {
                                    Files.writeString(file(), entry.getValue());
                                    assertEquals(
                                            ErrorCode.KEY_DAMAGED,
                                            openWith("correct horse").code());
                                }));
    }

    @TestFactory
    Stream<DynamicTest> modesThatLetOthersIn() {
        return Stream.of("rw-r-----", "rw----r--", "rw-rw-rw-", "rwx------")
                .map(mode ->
                        dynamicTest(
                                mode,
                                () -> {
                                    Files.setPosixFilePermissions(
                                            file(), PosixFilePermissions.fromString(mode));
                                    var failure = openWith("correct horse");
                                    assertEquals(ErrorCode.KEY_PERMISSIONS, failure.code());
                                    assertTrue(failure.next().contains("chmod 600"));
                                }));
    }

    @Test
    void aFolderThatOthersCanWriteIsRefused() throws IOException {
        Set<PosixFilePermission> open = PosixFilePermissions.fromString("rwxrwxrwx");
        Files.setPosixFilePermissions(folder, open);
        assertEquals(ErrorCode.KEY_PERMISSIONS, openWith("correct horse").code());
    }

    @Test
    void pbkdf2IsReadToo() {
        var salt = Bytes.owned(new byte[32]);
        var sealed = KeyFile.seal(key, PASSWORD, 16, new SecureRandom());
        var kdf = new SlowHash.Pbkdf2(1_000, salt);
        var other =
                new KeyFile(
                        sealed.uuid(),
                        sealed.path(),
                        sealed.publicKey(),
                        kdf,
                        sealed.checksum(),
                        sealed.iv(),
                        sealed.sealed());
        assertEquals(other, KeyFile.parse(other.text()));
        assertEquals(sealed, KeyFile.parse(sealed.text()));
        // The password is right, but the key was derived by the other function.
        assertTrue(other.open(PASSWORD).isEmpty());
    }

    @Test
    void pbkdf2AgreesWithThePlatform() throws Exception {
        var salt = Bytes.owned("salt".getBytes(StandardCharsets.US_ASCII));
        var spec = new PBEKeySpec(PASSWORD, salt.toArray(), 1_000, 8 * SlowHash.SIZE);
        var expected =
                SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                        .generateSecret(spec)
                        .getEncoded();
        assertArrayEquals(
                expected, new SlowHash.Pbkdf2(1_000, salt).derive(Secret.bytes(PASSWORD)));
    }

    @Test
    void aNodesKeyComesBack() {
        var keys = new NodeKeys(home.resolve("node"));
        keys.store("validator", key);
        assertArrayEquals(key.seed(), keys.load("validator").seed());
        assertEquals(ErrorCode.KEY_EXISTS, failure(() -> keys.store("validator", key)).code());
        assertEquals(ErrorCode.KEY_UNKNOWN, failure(() -> keys.load("other")).code());
    }

    @Test
    void aNodesKeyWhosePublicKeyDiffersIsDamaged() throws IOException {
        var keys = new NodeKeys(home.resolve("node"));
        keys.store("validator", key);
        var file = home.resolve("node/validator.json");
        var other = KeyPair.generate(new SecureRandom()).publicKey().toHex();
        Files.writeString(file, Files.readString(file).replace(key.publicKey().toHex(), other));
        assertEquals(ErrorCode.KEY_DAMAGED, failure(() -> keys.load("validator")).code());
    }

    private Failure openWith(String password) {
        return failure(() -> keystore.unlock("me", password.toCharArray()));
    }

    private static Failure failure(Runnable action) {
        return assertThrows(Failure.class, action::run);
    }

    private static String change(String text, String part, String replacement) {
        assertTrue(text.contains(part), text);
        return text.replace(part, replacement);
    }

    private Path file() {
        return folder.resolve("me.json");
    }
}
