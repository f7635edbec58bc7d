package io.computronium.primitives.crypto.batch;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The random coefficients of a batch: a hash of a secret of this verifier and of all that is in the
 * batch, stretched by counting.
 *
 * <p>Neither part would have to be there. With the secret alone, a generator whose state repeats,
 * as after a snapshot of a virtual machine is resumed twice, or is guessed, would give coefficients
 * that a batch can be made for. With the batch alone, a batch that passes wrongly, which costs
 * 2^128 trials to find, would pass on every node. Together both must fail, and given the secret
 * everything can be repeated.
 *
 * <p>One thread at a time.
 */
final class Coefficients {

    static final int SIZE = 16;

    private static final int HASH = 32;
    private static final int COUNTER = 4;

    private final byte[] secret;
    private final MessageDigest sha256;

    /** The seed, then the number of the next block. */
    private final byte[] input = new byte[HASH + COUNTER];

    Coefficients(byte[] secret) {
        this.secret = secret.clone();
        this.sha256 = Digests.open("SHA-256");
    }

    void start() {
        sha256.update(secret);
    }

    /** Takes in part of the batch. All of it, before {@link #draw}. */
    void absorb(byte[] bytes, int at, int size) {
        sha256.update(bytes, at, size);
    }

    /** Fills the first {@code count·SIZE} bytes and up to 16 more. */
    void draw(byte[] coefficients, int count) {
        try {
            sha256.digest(input, 0, HASH);
            Arrays.fill(input, HASH, HASH + COUNTER, (byte) 0);
            for (int at = 0; at < count * SIZE; at += HASH) {
                for (int i = HASH; ++input[i] == 0; i++) {}
                sha256.update(input);
                sha256.digest(coefficients, at, HASH);
            }
        } catch (DigestException e) {
            throw new IllegalStateException("a SHA-256 that is not 32 bytes", e);
        }
    }
}
