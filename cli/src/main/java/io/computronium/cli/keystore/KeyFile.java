package io.computronium.cli.keystore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.computronium.cli.json.Fields;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.crypto.KeyPair;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One encrypted key, in the shape of ERC-2335 version 4 with two differences: the cipher is
 * AES-256-GCM, with the public key as additional data, and so the derived key has 64 bytes, of
 * which the first 32 encrypt and the last 32 go into the checksum.
 *
 * @param path where in a tree of keys the secret comes from, empty for one of its own
 * @param checksum {@code SHA-256(last half of the derived key ‖ sealed)}
 * @param iv 12 bytes, used once
 * @param sealed the encrypted seed and the tag of 16 bytes
 */
record KeyFile(
        String uuid,
        String path,
        PublicKey publicKey,
        SlowHash kdf,
        Bytes checksum,
        Bytes iv,
        Bytes sealed) {

    private static final int VERSION = 4;
    private static final int HALF = SlowHash.SIZE / 2;
    private static final int IV_SIZE = 12;
    private static final int TAG_SIZE = 16;
    private static final int SALT_SIZE = 32;
    private static final int CHECKSUM_SIZE = 32;

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    KeyFile {
        require(checksum.size() == CHECKSUM_SIZE, "crypto.checksum.message is not 32 bytes");
        require(iv.size() == IV_SIZE, "crypto.cipher.params.iv is not 12 bytes");
        require(
                sealed.size() == KeyPair.SEED_SIZE + TAG_SIZE,
                "crypto.cipher.message is not 48 bytes");
    }

    /**
     * Encrypts {@code key}.
     *
     * @param scryptN the cost, a power of two
     */
    static KeyFile seal(KeyPair key, char[] password, int scryptN, SecureRandom random) {
        var kdf = new SlowHash.Scrypt(scryptN, 8, 1, random(SALT_SIZE, random));
        var iv = random(IV_SIZE, random);
        var derived = derive(kdf, password);
        var seed = key.seed();
        try {
            var cipher = cipher(Cipher.ENCRYPT_MODE, derived, iv, key.publicKey());
            var sealed = Bytes.owned(cipher.doFinal(seed));
            return new KeyFile(
                    uuid(random), "", key.publicKey(), kdf, checksum(derived, sealed), iv, sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        } finally {
            Arrays.fill(seed, (byte) 0);
            Arrays.fill(derived, (byte) 0);
        }
    }

    /** The key, or nothing if {@code password} is wrong or the encrypted part was altered. */
    Optional<KeyPair> open(char[] password) {
        var derived = derive(kdf, password);
        var seed = new byte[0];
        try {
            if (!checksum(derived, sealed).equals(checksum)) {
                return Optional.empty();
            }
            var cipher = cipher(Cipher.DECRYPT_MODE, derived, iv, publicKey);
            seed = cipher.doFinal(sealed.toArray());
            return Optional.of(KeyPair.fromSeed(seed))
                    .filter(key -> key.publicKey().equals(publicKey));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        } finally {
            Arrays.fill(seed, (byte) 0);
            Arrays.fill(derived, (byte) 0);
        }
    }

    /**
     * @throws IllegalArgumentException with the fault, if it is not such a file
     */
    static KeyFile parse(byte[] text) {
        var fields = Fields.of(tree(text));
        require(fields.number("version") == VERSION, "version is not 4");
        var kdf = fields.at("crypto").at("kdf");
        var checksum = fields.at("crypto").at("checksum");
        var cipher = fields.at("crypto").at("cipher");
        checksum.requireText("function", "sha256");
        cipher.requireText("function", "aes-256-gcm");
        return new KeyFile(
                fields.text("uuid"),
                fields.text("path"),
                publicKey(fields.hex("pubkey")),
                kdf(kdf.text("function"), kdf.at("params")),
                checksum.hex("message"),
                cipher.at("params").hex("iv"),
                cipher.hex("message"));
    }

    /** The file's text. */
    byte[] text() {
        var root = JSON.createObjectNode();
        var crypto = root.putObject("crypto");
        putKdf(crypto.putObject("kdf"));
        var check = crypto.putObject("checksum").put("function", "sha256");
        check.putObject("params");
        check.put("message", checksum.toHex());
        var cipher = crypto.putObject("cipher").put("function", "aes-256-gcm");
        cipher.putObject("params").put("iv", iv.toHex());
        cipher.put("message", sealed.toHex());
        root.put("pubkey", publicKey.toHex()).put("path", path).put("uuid", uuid);
        root.put("version", VERSION);
        return (root.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private void putKdf(ObjectNode node) {
        switch (kdf) {
            case SlowHash.Scrypt scrypt ->
                    node.put("function", "scrypt")
                            .putObject("params")
                            .put("dklen", SlowHash.SIZE)
                            .put("n", scrypt.n())
                            .put("p", scrypt.p())
                            .put("r", scrypt.r())
                            .put("salt", scrypt.salt().toHex());
            case SlowHash.Pbkdf2 pbkdf2 ->
                    node.put("function", "pbkdf2")
                            .putObject("params")
                            .put("dklen", SlowHash.SIZE)
                            .put("c", pbkdf2.c())
                            .put("prf", "hmac-sha256")
                            .put("salt", pbkdf2.salt().toHex());
        }
        node.put("message", "");
    }

    private static SlowHash kdf(String function, Fields params) {
        require(params.number("dklen") == SlowHash.SIZE, "crypto.kdf.params.dklen is not 64");
        return switch (function) {
            case "scrypt" ->
                    new SlowHash.Scrypt(
                            params.number("n"),
                            params.number("r"),
                            params.number("p"),
                            params.hex("salt"));
            case "pbkdf2" -> {
                params.requireText("prf", "hmac-sha256");
                yield new SlowHash.Pbkdf2(params.number("c"), params.hex("salt"));
            }
            default -> throw new IllegalArgumentException("crypto.kdf.function is unknown");
        };
    }

    private static JsonNode tree(byte[] text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
    }

    private static PublicKey publicKey(Bytes bytes) {
        try {
            return PublicKey.of(bytes.toArray());
        } catch (MalformedDataException e) {
            throw new IllegalArgumentException("pubkey is not 32 bytes", e);
        }
    }

    private static byte[] derive(SlowHash kdf, char[] password) {
        var secret = Secret.bytes(password);
        try {
            return kdf.derive(secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static Cipher cipher(int mode, byte[] derived, Bytes iv, PublicKey publicKey)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        var key = new SecretKeySpec(derived, 0, HALF, "AES");
        cipher.init(mode, key, new GCMParameterSpec(8 * TAG_SIZE, iv.toArray()));
        cipher.updateAAD(publicKey.toArray());
        return cipher;
    }

    private static Bytes checksum(byte[] derived, Bytes sealed) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(derived, HALF, SlowHash.SIZE - HALF);
            sealed.digestInto(digest);
            return Bytes.owned(digest.digest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A random UUID (RFC 9562, version 4) from {@code random} rather than one of its own. */
    private static String uuid(SecureRandom random) {
        long high = random.nextLong() & ~0xf000L | 0x4000L;
        long low = random.nextLong() >>> 2 | Long.MIN_VALUE;
        return new UUID(high, low).toString();
    }

    private static Bytes random(int size, SecureRandom random) {
        var bytes = new byte[size];
        random.nextBytes(bytes);
        return Bytes.owned(bytes);
    }

    private static void require(boolean holds, String fault) {
        if (!holds) {
            throw new IllegalArgumentException(fault);
        }
    }
}
