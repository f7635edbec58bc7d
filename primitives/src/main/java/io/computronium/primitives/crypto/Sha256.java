package io.computronium.primitives.crypto;

import io.computronium.primitives.ByteValue;
import io.computronium.primitives.Hash;
import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256 over a domain byte and what follows it.
 *
 * <p>The static methods share one digest a thread, since making one costs as much as hashing a
 * short message. An instance is the incremental form, for one thread:
 *
 * {@snippet :
 * var sha = Sha256.start(Domain.HEADER);
 * sha.update(parent).update(bytes);
 * Hash hash = sha.finish();
 * }
 */
public final class Sha256 {

    private static final ThreadLocal<MessageDigest> DIGEST =
            ThreadLocal.withInitial(Sha256::newDigest);

    private final MessageDigest digest = newDigest();

    private Sha256() {}

    /** SHA-256 of the domain's byte and then {@code parts}, one after the other. */
    public static Hash hash(Domain domain, byte[]... parts) {
        var digest = digestOf(domain);
        for (var part : parts) {
            digest.update(part);
        }
        return Hash.of(digest.digest());
    }

    /** SHA-256 of the domain's byte and then {@code parts}, one after the other. */
    public static Hash hash(Domain domain, ByteValue... parts) {
        var digest = digestOf(domain);
        for (var part : parts) {
            part.digestInto(digest);
        }
        return Hash.of(digest.digest());
    }

    /** SHA-256 of the domain's byte and then {@code part}, without copying that. */
    public static Hash hash(Domain domain, ByteBuffer part) {
        var digest = digestOf(domain);
        digest.update(part.duplicate());
        return Hash.of(digest.digest());
    }

    /** A hash to be fed piece by piece. */
    public static Sha256 start(Domain domain) {
        var sha = new Sha256();
        sha.digest.update(domain.code());
        return sha;
    }

    public Sha256 update(byte[] bytes) {
        digest.update(bytes);
        return this;
    }

    public Sha256 update(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
        return this;
    }

    public Sha256 update(ByteValue value) {
        value.digestInto(digest);
        return this;
    }

    /** The hash of everything fed; the instance is spent. */
    public Hash finish() {
        return Hash.of(digest.digest());
    }

    /** Plain SHA-256, where a foreign format prescribes it: no domain byte. */
    static byte[] plain(byte[] bytes) {
        var digest = DIGEST.get();
        digest.reset();
        return digest.digest(bytes);
    }

    /**
     * Hashes the domain's byte and a part of {@code source} into {@code target}, making no object.
     * The two may be the same array and overlap.
     */
    static void hashInto(
            Domain domain, byte[] source, int offset, int length, byte[] target, int targetOffset) {
        var digest = digestOf(domain);
        digest.update(source, offset, length);
        try {
            digest.digest(target, targetOffset, Hash.SIZE);
        } catch (DigestException e) {
            throw new IllegalStateException("a SHA-256 value has 32 bytes", e);
        }
    }

    /** The thread's digest with the domain's byte in it, and nothing left of an earlier failure. */
    private static MessageDigest digestOf(Domain domain) {
        var digest = DIGEST.get();
        digest.reset();
        digest.update(domain.code());
        return digest;
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
