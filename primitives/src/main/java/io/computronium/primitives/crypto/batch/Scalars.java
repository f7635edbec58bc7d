package io.computronium.primitives.crypto.batch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Numbers modulo the prime order L = 2^252 + 27742317777372353535851937790883648493 of the base
 * point, as signed limbs in radix 2^21, the lowest first.
 *
 * <p>252 is twelve limbs, so a limb from the twelfth on is folded into six below: 2^252 is the
 * negative of L's low part. The limbs of that, balanced, are {@link #FOLD}.
 */
final class Scalars {

    /** Limbs of 512 bits. */
    static final int HASH_LIMBS = 25;

    /** Limbs of a number below 2^256. */
    static final int LIMBS = 13;

    /** Limbs of a coefficient of 128 bits. */
    static final int COEFFICIENT_LIMBS = 7;

    /** Limbs of a product of a hash or a number below 2^256 and a coefficient, and one to carry. */
    static final int PRODUCT_LIMBS = HASH_LIMBS + COEFFICIENT_LIMBS;

    /** Words of the digits of a coefficient. */
    static final int COEFFICIENT_WORDS = 4;

    /** Words of the digits of a number below 2^256. */
    static final int DIGIT_WORDS = 8;

    private static final int BITS = 21;
    private static final long MASK = (1L << BITS) - 1;
    private static final int TOP = 12;
    private static final long[] FOLD = {666_643, 470_296, 654_183, -997_805, 136_657, -683_901};
    private static final long[] ORDER = {
        0x5812631a5cf5d3edL, 0x14def9dea2f79cd6L, 0, 0x1000000000000000L,
    };

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Scalars() {}

    /** Whether the 32 bytes at {@code at}, lowest first, are a number below L. */
    static boolean isReduced(byte[] bytes, int at) {
        for (int i = ORDER.length - 1; i >= 0; i--) {
            int order = Long.compareUnsigned((long) LONGS.get(bytes, at + 8 * i), ORDER[i]);
            if (order != 0) {
                return order < 0;
            }
        }
        return false;
    }

    /** The limbs, each within 0 and 2^21, of {@code count·8} bytes, lowest first. */
    static void load(long[] limbs, byte[] bytes, int at, int count) {
        int limb = 0;
        long rest = 0;
        int held = 0;
        for (int i = 0; i < count; i++) {
            long word = (long) LONGS.get(bytes, at + 8 * i);
            limbs[limb++] = (rest | word << held) & MASK;
            int used = BITS - held;
            while (used + BITS <= Long.SIZE) {
                limbs[limb++] = word >>> used & MASK;
                used += BITS;
            }
            held = Long.SIZE - used;
            rest = held == 0 ? 0 : word >>> used;
        }
        limbs[limb] = rest;
    }

    /** {@code sum += a·b} over {@code an} and {@code bn} limbs, without a carry. */
    static void addProduct(long[] sum, long[] a, int an, long[] b, int bn) {
        for (int j = 0; j < bn; j++) {
            long factor = b[j];
            for (int i = 0; i < an; i++) {
                sum[i + j] += factor * a[i];
            }
        }
    }

    /**
     * Reduces a number modulo L: the first twelve limbs then hold one within 0 and 2^253, the
     * others nothing.
     *
     * @param n limbs, more than twelve, each within 2^55 and the last of them zero
     */
    static void reduce(long[] s, int n) {
        carry(s, n - 1); // now the last limb is within 2^35 and the others are within 0 and 2^21
        for (int end = n; end > TOP; ) {
            int start = Math.max(TOP, end - FOLD.length);
            while (end > start) {
                end--;
                fold(s, end); // into limbs below start, each of which stays within 2^56
            }
            carry(s, end - 1);
        }
        // |s| is below 2^266 now, and after the first round between -2^139 and 2^252 + 2^139.
        for (int round = 0; round < 2; round++) {
            carry(s, TOP);
            fold(s, TOP);
        }
        carry(s, TOP - 1);
        if (s[TOP - 1] < 0) { // by less than 2^125: add L
            s[TOP] = -1;
            fold(s, TOP);
            s[TOP - 1] += 1L << BITS;
            carry(s, TOP - 1);
        }
    }

    /** Leaves limbs within 0 and 2^21, but for the last, which takes the rest. */
    private static void carry(long[] s, int last) {
        for (int i = 0; i < last; i++) {
            s[i + 1] += s[i] >> BITS;
            s[i] &= MASK;
        }
    }

    private static void fold(long[] s, int i) {
        long limb = s[i];
        for (int j = 0; j < FOLD.length; j++) {
            s[i - TOP + j] += limb * FOLD[j];
        }
        s[i] = 0;
    }

    /** The digits (see {@link Digits}) of what {@link #reduce} left. */
    static void digits(int[] digits, int at, long[] reduced) {
        long w0 = reduced[0] | reduced[1] << 21 | reduced[2] << 42 | reduced[3] << 63;
        long w1 = reduced[3] >>> 1 | reduced[4] << 20 | reduced[5] << 41 | reduced[6] << 62;
        long w2 = reduced[6] >>> 2 | reduced[7] << 19 | reduced[8] << 40 | reduced[9] << 61;
        long w3 = reduced[9] >>> 3 | reduced[10] << 18 | reduced[11] << 39;
        digits(digits, at, w0, w1, w2, w3);
    }

    /** The digits of the number below L that the 32 bytes at {@code from} spell. */
    static void digits(int[] digits, int at, byte[] bytes, int from) {
        digits(
                digits,
                at,
                (long) LONGS.get(bytes, from),
                (long) LONGS.get(bytes, from + 8),
                (long) LONGS.get(bytes, from + 16),
                (long) LONGS.get(bytes, from + 24));
    }

    /**
     * An even number stands for itself plus L: as multiples of a point they differ by one of small
     * order.
     */
    private static void digits(int[] digits, int at, long w0, long w1, long w2, long w3) {
        if ((w0 & 1) == 0) {
            w0 += ORDER[0];
            long carry = Long.compareUnsigned(w0, ORDER[0]) < 0 ? 1 : 0;
            w1 += ORDER[1] + carry;
            carry = Long.compareUnsigned(w1, ORDER[1] + carry) < 0 ? 1 : 0;
            w2 += carry;
            carry = w2 == 0 ? carry : 0;
            w3 += ORDER[3] + carry;
        }
        put(digits, at, w0 >>> 1 | w1 << 63);
        put(digits, at + 2, w1 >>> 1 | w2 << 63);
        put(digits, at + 4, w2 >>> 1 | w3 << 63);
        put(digits, at + 6, w3 >>> 1 | Long.MIN_VALUE);
    }

    private static void put(int[] digits, int at, long word) {
        digits[at] = (int) word;
        digits[at + 1] = (int) (word >>> Integer.SIZE);
    }

    /**
     * The coefficient of which the digits are the 16 bytes at {@code from}: {@code 2m - (2^128 -
     * 1)}, any odd number of 128 bits and a sign.
     */
    static void coefficient(int[] digits, int at, long[] limbs, byte[] bytes, int from) {
        put(digits, at, (long) LONGS.get(bytes, from));
        put(digits, at + 2, (long) LONGS.get(bytes, from + 8));
        load(limbs, bytes, from, 2);
        for (int i = 0; i < COEFFICIENT_LIMBS; i++) {
            limbs[i] *= 2;
        }
        limbs[0] += 1;
        limbs[COEFFICIENT_LIMBS - 1] -= 4; // 2^128, as 4·2^(6·21)
    }
}
