package io.computronium.primitives.crypto.batch;

import java.math.BigInteger;
import java.util.Arrays;

/** One element modulo p as its least non-negative representative. Immutable. */
final class Element {

    private static final BigInteger P =
            BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));

    static final Element ZERO = of(BigInteger.ZERO);
    static final Element ONE = of(BigInteger.ONE);

    /** The curve's d = -121665/121666. */
    static final Element D = of(d());

    static final Element MINUS_2D = of(d().multiply(BigInteger.valueOf(-2)));
    static final Element ROOT_OF_MINUS_1 =
            of(BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P));

    private final long[] limbs;

    private Element(long[] owned) {
        this.limbs = owned;
    }

    private static BigInteger d() {
        return BigInteger.valueOf(-121_665).multiply(BigInteger.valueOf(121_666).modInverse(P));
    }

    static Element of(BigInteger number) {
        var rest = number.mod(P);
        var limbs = new long[Field.LIMBS];
        for (int i = 0; i < Field.LIMBS; i++) {
            limbs[i] = rest.longValue() & Field.LIMB_MASK;
            rest = rest.shiftRight(Field.LIMB_BITS);
        }
        return new Element(limbs);
    }

    /** What {@code words} hold at {@code at} in one lane; limbs within 2^55. */
    static Element of(Field field, long[] words, int at, int lane) {
        var limbs = new long[Field.LIMBS];
        for (int i = 0; i < Field.LIMBS; i++) {
            limbs[i] = field.limb(words[at + i * field.lanes + lane]);
        }
        // The first wrap leaves the lowest limb off by at most 19·2^4, the others within 0 and
        // 2^51;
        // the second, which can carry all the way only if it meets zeros or ones, leaves all so.
        wrap(limbs);
        wrap(limbs);
        // Now the number is below 2^255. It is p or more exactly if adding 19 carries out of it,
        // and
        // then what the addition leaves is the number less p.
        long carry = 19;
        for (long limb : limbs) {
            carry = limb + carry >> Field.LIMB_BITS;
        }
        limbs[0] += 19 * carry;
        carry(limbs);
        return new Element(limbs);
    }

    /** Carries from limb to limb, and what leaves the last back to the first, 19 times. */
    private static void wrap(long[] limbs) {
        long carry = carry(limbs);
        limbs[0] += 19 * carry;
    }

    private static long carry(long[] limbs) {
        long carry = 0;
        for (int i = 0; i < Field.LIMBS; i++) {
            carry += limbs[i];
            limbs[i] = carry & Field.LIMB_MASK;
            carry >>= Field.LIMB_BITS;
        }
        return carry;
    }

    boolean isOdd() {
        return (limbs[0] & 1) != 0;
    }

    /** This in every lane, carried. */
    long[] broadcast(Field field) {
        var words = new long[field.words];
        for (int i = 0; i < Field.LIMBS; i++) {
            Arrays.fill(words, i * field.lanes, (i + 1) * field.lanes, field.word(limbs[i]));
        }
        field.carry(words, 0);
        return words;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Element that && Arrays.equals(limbs, that.limbs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(limbs);
    }
}
