package io.computronium.cli.keystore;

import io.computronium.primitives.Bytes;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.params.KeyParameter;

/** A function that makes guessing passwords slow, with its costs, which the file names. */
sealed interface SlowHash {

    /** Bytes derived: a half encrypts, a half makes the checksum. */
    int SIZE = 64;

    int MAX_SALT_SIZE = 64;

    /** {@value #SIZE} bytes from {@code password}. */
    byte[] derive(byte[] password);

    Bytes salt();

    /**
     * RFC 7914; needs 128·n·r bytes of memory.
     *
     * @param n a power of two, 2 to {@value #MAX_N}
     * @param r 1 to {@value #MAX_R}
     * @param p 1 to {@value #MAX_P}
     */
    record Scrypt(int n, int r, int p, Bytes salt) implements SlowHash {
        static final int MAX_N = 1 << 18;
        static final int MAX_R = 8;
        static final int MAX_P = 4;

        public Scrypt {
            if (n < 2 || n > MAX_N || Integer.bitCount(n) != 1) {
                throw new IllegalArgumentException("crypto.kdf.params.n is out of range");
            }
            if (r < 1 || r > MAX_R || p < 1 || p > MAX_P) {
                throw new IllegalArgumentException("crypto.kdf.params.r or p is out of range");
            }
            requireSalt(salt);
        }

        @Override
        public byte[] derive(byte[] password) {
            return SCrypt.generate(password, salt.toArray(), n, r, p, SIZE);
        }
    }

    /**
     * RFC 8018 over HMAC-SHA-256.
     *
     * @param c iterations, 1 to {@value #MAX_C}
     */
    record Pbkdf2(int c, Bytes salt) implements SlowHash {
        static final int MAX_C = 10_000_000;

        public Pbkdf2 {
            if (c < 1 || c > MAX_C) {
                throw new IllegalArgumentException("crypto.kdf.params.c is out of range");
            }
            requireSalt(salt);
        }

        @Override
        public byte[] derive(byte[] password) {
            var generator = new PKCS5S2ParametersGenerator(new SHA256Digest());
            generator.init(password, salt.toArray(), c);
            return ((KeyParameter) generator.generateDerivedMacParameters(8 * SIZE)).getKey();
        }
    }

    private static void requireSalt(Bytes salt) {
        if (salt.isEmpty() || salt.size() > MAX_SALT_SIZE) {
            throw new IllegalArgumentException("crypto.kdf.params.salt must have 1 to 64 bytes");
        }
    }
}
