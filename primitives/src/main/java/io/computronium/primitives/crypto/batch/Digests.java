package io.computronium.primitives.crypto.batch;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Opens the digests that every JDK has. */
final class Digests {

    private Digests() {}

    static MessageDigest open(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("a JDK without " + algorithm, e);
        }
    }
}
