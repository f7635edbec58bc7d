package io.computronium.primitives.crypto;

import io.computronium.primitives.PublicKey;
import io.computronium.primitives.Signature;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519.PublicPoint;

/**
 * The one place that says which Ed25519 signatures and keys are valid (RFC 8032, pure, no context).
 *
 * <p>A signature is valid exactly when the check of BouncyCastle 1.86 accepts it: A and R in
 * canonical encoding and on the curve, A not of small order, S below the group order, and {@code
 * 8·S·B = 8·R + 8·k·A}. RFC 8032 lets an implementation choose between this cofactored equation and
 * a stricter one, and libraries and their versions differ, so the choice is consensus: the edge
 * cases of the tests freeze it, and another verdict on any of them is a hard fork.
 *
 * <p>Thread-safe; nothing here throws on crafted input.
 */
public final class Ed25519 {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int LIMBS = PublicKey.SIZE / Long.BYTES;

    /** The lowest limb of p = 2^255 - 19; all bits of the others are set but the sign's. */
    private static final long LOWEST_LIMB_OF_P = -19;

    /**
     * The y coordinates of the eight points whose order divides 8, as little-endian limbs: the
     * neutral element, the one of order 2, two of order 4 and twice two of order 8. Points that
     * share y differ in the sign of x only.
     */
    private static final long[][] SMALL_ORDER_Y = {
        limbs("0100000000000000000000000000000000000000000000000000000000000000"),
        limbs("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
        limbs("0000000000000000000000000000000000000000000000000000000000000000"),
        limbs("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
        limbs("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
    };

    private Ed25519() {}

    /** Whether {@code signature} is one of {@code message} under {@code key}; 0.1 to 0.2 ms. */
    public static boolean verify(PublicKey key, byte[] message, Signature signature) {
        return org.bouncycastle.math.ec.rfc8032.Ed25519.verify(
                signature.toArray(), 0, key.toArray(), 0, message, 0, message.length);
    }

    /**
     * The rule on account keys: y below p and the point not of small order. A key of small order
     * would verify signatures that nobody made.
     *
     * <p>Costs nanoseconds, because it does not ask whether the point is on the curve: under a key
     * that is not, no signature verifies.
     */
    public static boolean isValidAccountKey(PublicKey key) {
        var y = limbs(key.toArray());
        if (!isBelowP(y)) {
            return false;
        }
        for (var small : SMALL_ORDER_Y) {
            if (y[0] == small[0] && y[1] == small[1] && y[2] == small[2] && y[3] == small[3]) {
                return false;
            }
        }
        return true;
    }

    /**
     * The rule on keys of validators and nodes: canonical, on the curve and in the subgroup of
     * prime order, so that no two keys are equivalent; some 64 us.
     */
    public static boolean isValidNodeKey(PublicKey key) {
        return org.bouncycastle.math.ec.rfc8032.Ed25519.validatePublicKeyFull(key.toArray(), 0);
    }

    private static boolean isBelowP(long[] y) {
        return y[3] != Long.MAX_VALUE
                || y[2] != -1
                || y[1] != -1
                || Long.compareUnsigned(y[0], LOWEST_LIMB_OF_P) < 0;
    }

    /** The y coordinate: the key's bytes without the sign of x, the topmost bit. */
    private static long[] limbs(byte[] key) {
        var limbs = new long[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            limbs[i] = (long) LONGS.get(key, i * Long.BYTES);
        }
        limbs[LIMBS - 1] &= Long.MAX_VALUE;
        return limbs;
    }

    private static long[] limbs(String hex) {
        return limbs(HexFormat.of().parseHex(hex));
    }

    /**
     * A public key decoded once, for a sender of many messages: saves the square root of every
     * verification. Verdicts are those of {@link Ed25519#verify}. Immutable; about 200 bytes.
     */
    public static final class VerifyingKey {

        private final PublicKey key;
        private final PublicPoint point;

        private VerifyingKey(PublicKey key, PublicPoint point) {
            this.key = key;
            this.point = point;
        }

        /** The decoded key, or nothing if no signature can verify under {@code key}. */
        public static Optional<VerifyingKey> of(PublicKey key) {
            // "Partial" is the check that a verification makes: all but the subgroup.
            var point =
                    org.bouncycastle.math.ec.rfc8032.Ed25519.validatePublicKeyPartialExport(
                            key.toArray(), 0);
            return Optional.ofNullable(point).map(decoded -> new VerifyingKey(key, decoded));
        }

        public PublicKey publicKey() {
            return key;
        }

        public boolean verify(byte[] message, Signature signature) {
            return org.bouncycastle.math.ec.rfc8032.Ed25519.verify(
                    signature.toArray(), 0, point, message, 0, message.length);
        }
    }
}
