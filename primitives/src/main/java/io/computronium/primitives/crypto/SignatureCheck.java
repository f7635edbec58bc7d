package io.computronium.primitives.crypto;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.Signature;

/**
 * One signature to be verified. Many of them are verified together by a {@link
 * io.computronium.primitives.crypto.batch.BatchVerifier}.
 */
public record SignatureCheck(PublicKey key, Bytes message, Signature signature) {

    /** Verifies this one alone. */
    public boolean verify() {
        return Ed25519.verify(key, message.toArray(), signature);
    }
}
