package io.computronium.primitives.crypto.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.crypto.ReferenceCurve;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation against big integers, at the bounds that the package proves and between them. */
class FieldTest {

    private static final long SEED = 25_519;
    private static final int ROUNDS = 2_000;

    private final Random random = new Random(SEED);

    static List<Field> fields() {
        return Engines.fields();
    }

    /** The bound of a carried limb: R in the package's words. */
    private static long bound(Field field) {
        return field instanceof VectorField ? (1L << 50) + (1L << 9) : (1L << 51) + (1L << 16);
    }

    @ParameterizedTest
    @MethodSource("fields")
    void multipliesAndCarries(Field field) {
        for (int round = 0; round < ROUNDS; round++) {
            var a = random(field, 2);
            var b = random(field, 1);
            var r = new long[field.words];
            field.multiply(r, 0, a, 0, b, 0);
            for (int lane = 0; lane < field.lanes; lane++) {
                assertEqual(value(field, a, lane).multiply(value(field, b, lane)), field, r, lane);
            }
            assertCarried(field, r);
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void aProductMayOverwriteItsFactors(Field field) {
        for (int round = 0; round < 50; round++) {
            var a = random(field, 1);
            var b = random(field, 1);
            var expected = new long[field.words];
            field.multiply(expected, 0, a, 0, b, 0);
            var first = a.clone();
            field.multiply(first, 0, first, 0, b, 0);
            field.multiply(b, 0, a, 0, b, 0);
            for (int lane = 0; lane < field.lanes; lane++) {
                assertEqual(value(field, expected, lane), field, first, lane);
                assertEqual(value(field, expected, lane), field, b, lane);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void squaresAndCarries(Field field) {
        for (int round = 0; round < ROUNDS; round++) {
            var a = random(field, 1);
            var r = new long[field.words];
            int times = 1 + round % 3;
            field.square(r, 0, a, 0, times);
            for (int lane = 0; lane < field.lanes; lane++) {
                var power =
                        value(field, a, lane).modPow(BigInteger.TWO.pow(times), ReferenceCurve.P);
                assertEqual(power, field, r, lane);
            }
            assertCarried(field, r);
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void addsSubtractsAndCarries(Field field) {
        for (int round = 0; round < ROUNDS; round++) {
            var a = random(field, 1);
            var b = random(field, 1);
            var sum = new long[field.words];
            var difference = new long[field.words];
            field.sumAndDifference(sum, difference, a, 0, b, 0);
            assertSums(field, a, b, sum, difference);
            field.add(sum, 0, a, 0, b, 0);
            assertSums(field, a, b, sum, difference);
            field.carriedSumAndDifference(sum, 0, difference, 0, a, 0, b, 0);
            assertSums(field, a, b, sum, difference);
            field.carry(difference, 0);
            assertSums(field, a, b, sum, difference);
            if (field instanceof VectorField) { // the other needs no carry here
                assertCarried(field, sum);
                assertCarried(field, difference);
            }
        }
    }

    private static void assertSums(Field field, long[] a, long[] b, long[] sum, long[] difference) {
        for (int lane = 0; lane < field.lanes; lane++) {
            assertEqual(value(field, a, lane).add(value(field, b, lane)), field, sum, lane);
            assertEqual(
                    value(field, a, lane).subtract(value(field, b, lane)), field, difference, lane);
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void combinesTheTermsOfADoubling(Field field) {
        for (int round = 0; round < ROUNDS; round++) {
            var g = random(field, 2);
            var c = random(field, 1);
            var e = random(field, 1);
            var f = new long[field.words];
            var twice = e.clone();
            field.doublingTerms(f, twice, g, c);
            for (int lane = 0; lane < field.lanes; lane++) {
                assertEqual(
                        value(field, g, lane).add(value(field, c, lane).shiftLeft(1)),
                        field,
                        f,
                        lane);
                assertEqual(value(field, e, lane).shiftLeft(1).negate(), field, twice, lane);
            }
            if (field instanceof VectorField) {
                assertCarried(field, f);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void selectsAnyOddMultipleInAnyLane(Field field) {
        var table = new long[Curve.TABLE_WORDS];
        for (int i = 0; i < table.length; i++) {
            table[i] = field.word(random.nextLong() >> 13);
        }
        for (int round = 0; round < 200; round++) {
            int digits = random.nextInt();
            var point = new long[4 * field.words];
            field.select(point, table, digits);
            for (int lane = 0; lane < field.lanes; lane++) {
                int digit = 2 * (digits >>> 4 * lane & 15) - 15;
                int entry = Math.abs(digit) / 2;
                for (int i = 0; i < 4 * Field.LIMBS; i++) {
                    int coordinate = i / Field.LIMBS;
                    int swapped = digit < 0 && coordinate < 2 ? 1 - coordinate : coordinate;
                    long limb =
                            field.limb(
                                    table[(swapped * Field.LIMBS + i % Field.LIMBS) * 8 + entry]);
                    assertEquals(
                            digit < 0 && coordinate == 2 ? -limb : limb,
                            field.limb(point[i * field.lanes + lane]),
                            "digit " + digit + ", word " + i);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void findsTheLeastRepresentative(Field field) {
        var edges =
                List.of(
                        BigInteger.ZERO,
                        BigInteger.ONE,
                        BigInteger.valueOf(18),
                        ReferenceCurve.P.subtract(BigInteger.ONE),
                        ReferenceCurve.P.subtract(BigInteger.valueOf(19)));
        for (var edge : edges) {
            var words = Element.of(edge).broadcast(field);
            assertEquals(Element.of(edge), Element.of(field, words, 0, field.lanes - 1), "" + edge);
            // The same number, written as a multiple of p more or less.
            for (long multiple : new long[] {-3, -1, 1, 3}) {
                var shifted = words.clone();
                for (int i = 0; i < Field.LIMBS; i++) {
                    long limb = i == 0 ? -19 : i == 4 ? 1L << 51 : 0;
                    for (int lane = 0; lane < field.lanes; lane++) {
                        int at = i * field.lanes + lane;
                        shifted[at] = field.word(field.limb(shifted[at]) + multiple * limb);
                    }
                }
                assertEquals(
                        Element.of(edge), Element.of(field, shifted, 0, 0), edge + " " + multiple);
            }
        }
    }

    /** Limbs within {@code times}·R; half of the elements are all at a bound. */
    private long[] random(Field field, int times) {
        long bound = times * bound(field);
        boolean extreme = random.nextBoolean();
        var words = new long[field.words];
        for (int i = 0; i < words.length; i++) {
            long limb = extreme ? bound : random.nextLong(bound);
            words[i] = field.word(random.nextBoolean() ? limb : -limb);
        }
        return words;
    }

    private static BigInteger value(Field field, long[] words, int lane) {
        var value = BigInteger.ZERO;
        for (int i = Field.LIMBS - 1; i >= 0; i--) {
            long limb = field.limb(words[i * field.lanes + lane]);
            value = value.shiftLeft(Field.LIMB_BITS).add(BigInteger.valueOf(limb));
        }
        return value;
    }

    private static void assertEqual(BigInteger expected, Field field, long[] words, int lane) {
        assertEquals(
                expected.mod(ReferenceCurve.P),
                value(field, words, lane).mod(ReferenceCurve.P),
                "seed " + SEED + ", lane " + lane);
        assertEquals(Element.of(expected), Element.of(field, words, 0, lane));
    }

    private static void assertCarried(Field field, long[] words) {
        for (long word : words) {
            assertTrue(Math.abs(field.limb(word)) <= bound(field), "limb " + field.limb(word));
        }
    }
}
