package io.computronium.primitives;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256 as others prescribe it, for the names of accounts and nodes. What the chain itself hashes
 * starts with a domain's byte: {@code crypto.Sha256}.
 */
final class PlainSha256 {

    private PlainSha256() {}

    static byte[] of(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
