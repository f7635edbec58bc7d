package io.computronium.primitives.crypto;

import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.Signature;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.security.auth.Destroyable;

/**
 * An Ed25519 secret, that is the 32 bytes that RFC 8032 calls the private key, with its public key.
 *
 * <p>The secret is in one array, which {@link #destroy} zeroes; copies that the collector made of
 * it are beyond reach. Signing is deterministic and safe from many threads, but not while another
 * one destroys.
 */
public final class KeyPair implements Destroyable {

    public static final int SEED_SIZE = 32;

    private final byte[] seed;
    private final PublicKey publicKey;
    private boolean destroyed;

    private KeyPair(byte[] ownedSeed) {
        this.seed = ownedSeed;
        var encoded = new byte[PublicKey.SIZE];
        org.bouncycastle.math.ec.rfc8032.Ed25519.generatePublicKey(ownedSeed, 0, encoded, 0);
        this.publicKey = PublicKey.of(encoded);
    }

    /**
     * The pair of a copy of {@code seed}; zeroing the original is the caller's part.
     *
     * @throws MalformedDataException unless they are {@value #SEED_SIZE} bytes
     */
    public static KeyPair fromSeed(byte[] seed) {
        if (seed.length != SEED_SIZE) {
            throw new MalformedDataException(
                    "a seed must have " + SEED_SIZE + " bytes, not " + seed.length);
        }
        return new KeyPair(seed.clone());
    }

    /** A new pair. */
    public static KeyPair generate(SecureRandom random) {
        var seed = new byte[SEED_SIZE];
        random.nextBytes(seed);
        return new KeyPair(seed);
    }

    public PublicKey publicKey() {
        return publicKey;
    }

    /**
     * The signature of {@code message}, always the same one.
     *
     * @throws IllegalStateException after {@link #destroy}
     */
    public Signature sign(byte[] message) {
        requireAlive();
        var signature = new byte[Signature.SIZE];
        org.bouncycastle.math.ec.rfc8032.Ed25519.sign(
                seed, 0, publicKey.toArray(), 0, message, 0, message.length, signature, 0);
        return Signature.of(signature);
    }

    /**
     * A copy of the secret, for a keystore; the caller zeroes it after use.
     *
     * @throws IllegalStateException after {@link #destroy}
     */
    public byte[] seed() {
        requireAlive();
        return seed.clone();
    }

    @Override
    public void destroy() {
        destroyed = true;
        Arrays.fill(seed, (byte) 0);
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    private void requireAlive() {
        if (destroyed) {
            throw new IllegalStateException("the key pair of " + publicKey + " is destroyed");
        }
    }

    /** Names the public key and never the secret. */
    @Override
    public String toString() {
        return "KeyPair[" + publicKey + "]";
    }
}
