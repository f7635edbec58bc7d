package io.computronium.primitives.crypto.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.crypto.ReferenceCurve;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScalarsTest {

    private static final long SEED = 252;
    private static final BigInteger L = ReferenceCurve.L;

    private final Random random = new Random(SEED);

    @Test
    void loadsLimbs() {
        for (int longs : new int[] {2, 4, 8}) {
            var bytes = new byte[8 * longs + 3];
            random.nextBytes(bytes);
            var limbs = new long[Scalars.HASH_LIMBS];
            Scalars.load(limbs, bytes, 3, longs);
            assertEquals(
                    ReferenceCurve.number(Arrays.copyOfRange(bytes, 3, bytes.length)),
                    value(limbs, limbs.length));
        }
    }

    @Test
    void reducesAnything() {
        for (int round = 0; round < 5_000; round++) {
            var limbs = new long[Scalars.PRODUCT_LIMBS];
            int used = 1 + random.nextInt(limbs.length - 1);
            int bits = random.nextInt(55);
            for (int i = 0; i < used; i++) {
                limbs[i] = random.nextLong() >> 63 - bits;
            }
            assertReduces(value(limbs, used), limbs);
        }
    }

    /** Numbers a little above and below multiples of L and powers of 2, where borrows run far. */
    @Test
    void reducesAtTheEdges() {
        for (int shift : new int[] {0, 1, 5, 8, 100, 252}) {
            for (var base : new BigInteger[] {L, BigInteger.TWO.pow(252), BigInteger.ZERO}) {
                for (long off : new long[] {-1_000_000_007L, -5, -1, 0, 1, 5, 1_000_000_007L}) {
                    var number = base.shiftLeft(shift).add(BigInteger.valueOf(off));
                    assertReduces(number, limbs(number));
                    assertReduces(number.negate(), limbs(number.negate()));
                }
            }
        }
    }

    private static void assertReduces(BigInteger number, long[] limbs) {
        Scalars.reduce(limbs, Scalars.PRODUCT_LIMBS);
        var reduced = value(limbs, 12);
        assertEquals(number.mod(L), reduced.mod(L), "of " + number);
        assertTrue(reduced.signum() >= 0 && reduced.bitLength() <= 253, "" + reduced);
        assertEquals(reduced, value(limbs, limbs.length));
        var digits = new int[Scalars.DIGIT_WORDS];
        Scalars.digits(digits, 0, limbs);
        var odd = reduced.testBit(0) ? reduced : reduced.add(L);
        assertEquals(odd, sum(digits, Scalars.DIGIT_WORDS), "digits of " + number);
    }

    @Test
    void writesNumbersInDigits() {
        for (int round = 0; round < 1_000; round++) {
            var number = round < 3 ? BigInteger.valueOf(round) : new BigInteger(300, random).mod(L);
            var digits = new int[Scalars.DIGIT_WORDS + 1];
            Scalars.digits(digits, 1, ReferenceCurve.littleEndian(number), 0);
            var odd = number.testBit(0) ? number : number.add(L);
            assertEquals(odd, sum(Arrays.copyOfRange(digits, 1, 9), 8));
        }
    }

    @Test
    void aCoefficientIsWhatItsDigitsSay() {
        for (int round = 0; round < 1_000; round++) {
            var bytes = new byte[Coefficients.SIZE];
            random.nextBytes(bytes);
            Arrays.fill(bytes, 0, round % 17, (byte) (round % 2 - 1));
            var digits = new int[Scalars.COEFFICIENT_WORDS];
            var limbs = new long[Scalars.COEFFICIENT_LIMBS];
            Scalars.coefficient(digits, 0, limbs, bytes, 0);
            var coefficient = sum(digits, Scalars.COEFFICIENT_WORDS);
            assertEquals(coefficient, value(limbs, limbs.length));
            assertTrue(coefficient.testBit(0) && coefficient.bitLength() <= 128);
        }
    }

    @Test
    void knowsWhatIsBelowTheOrder() {
        for (long off : new long[] {-2, -1, 0, 1}) {
            for (int bit = 0; bit < 253; bit += 7) {
                for (var number :
                        new BigInteger[] {
                            L.add(BigInteger.valueOf(off)), L.flipBit(bit), BigInteger.TWO.pow(bit)
                        }) {
                    assertEquals(
                            number.compareTo(L) < 0,
                            Scalars.isReduced(ReferenceCurve.littleEndian(number), 0),
                            "" + number);
                }
            }
        }
    }

    /** The sum of the digits that {@link Digits} describes. */
    private static BigInteger sum(int[] words, int count) {
        var sum = BigInteger.ZERO;
        for (int i = 8 * count - 1; i >= 0; i--) {
            int nibble = words[i / 8] >>> 4 * (i % 8);
            int digit = 2 * Digits.entry(nibble) + 1;
            sum =
                    sum.shiftLeft(4)
                            .add(BigInteger.valueOf(Digits.isNegative(nibble) ? -digit : digit));
        }
        return sum;
    }

    private static long[] limbs(BigInteger number) {
        var limbs = new long[Scalars.PRODUCT_LIMBS];
        var rest = number;
        for (int i = 0; i < limbs.length - 1; i++) {
            limbs[i] = rest.longValue() & (1 << 21) - 1;
            rest = rest.shiftRight(21);
        }
        limbs[limbs.length - 2] += rest.longValueExact() << 21;
        return limbs;
    }

    private static BigInteger value(long[] limbs, int count) {
        var value = BigInteger.ZERO;
        for (int i = count - 1; i >= 0; i--) {
            value = value.shiftLeft(21).add(BigInteger.valueOf(limbs[i]));
        }
        return value;
    }
}
