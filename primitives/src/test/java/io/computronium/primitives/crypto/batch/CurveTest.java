package io.computronium.primitives.crypto.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.crypto.ReferenceCurve;
import io.computronium.primitives.crypto.ReferenceCurve.Point;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Points in lanes against the curve in big integers. */
class CurveTest {

    private static final long SEED = 1_967;

    private final Random random = new Random(SEED);

    static List<Field> fields() {
        return Engines.fields();
    }

    @ParameterizedTest
    @MethodSource("fields")
    void decodesExactlyThePointsAndTabulatesTheirOddMultiples(Field field) {
        var decoder = new PointDecoder(new Curve(field));
        for (int round = 0; round < 20; round++) {
            int count = 1 + random.nextInt(field.lanes);
            var encodings = new byte[count + 1][];
            var tables = new long[count + 1][Curve.TABLE_WORDS];
            for (int i = 0; i <= count; i++) {
                encodings[i] = encoding();
            }
            int points = decoder.decode(encodings, tables, 1, count);
            for (int i = 0; i < count; i++) {
                var encoding = encodings[i + 1];
                boolean isPoint = ReferenceCurve.isCanonical(encoding);
                assertEquals(isPoint, (points >> i & 1) != 0, "seed " + SEED);
                if (isPoint) {
                    var point = ReferenceCurve.decode(encoding).orElseThrow();
                    assertTabulates(field, point, tables[i + 1]);
                }
            }
        }
    }

    /** A random y, half of which are of a point; one of small order; or one without an x. */
    private byte[] encoding() {
        return switch (random.nextInt(4)) {
            case 0 -> random(ReferenceCurve.TORSION).encode();
            case 1 -> ReferenceCurve.encoding(BigInteger.ONE, random.nextBoolean());
            default -> {
                var bytes = new byte[32];
                random.nextBytes(bytes);
                yield bytes;
            }
        };
    }

    private static void assertTabulates(Field field, Point point, long[] table) {
        for (int i = 0; i < Field.ENTRIES; i++) {
            var multiple = point.times(BigInteger.valueOf(2L * i + 1));
            var sum = value(field, table, 0, Field.ENTRIES, i);
            var difference = value(field, table, 1, Field.ENTRIES, i);
            var twiceZ = value(field, table, 3, Field.ENTRIES, i);
            // (Y + X) - (Y - X) over 2Z is x, and their sum over 2Z is y.
            assertSame(multiple.x(), multiple.z(), sum.subtract(difference), twiceZ);
            assertSame(multiple.y(), multiple.z(), sum.add(difference), twiceZ);
        }
    }

    private static void assertSame(BigInteger a, BigInteger b, BigInteger c, BigInteger d) {
        assertEquals(a.multiply(d).mod(ReferenceCurve.P), c.multiply(b).mod(ReferenceCurve.P));
    }

    /**
     * Sums of multiples of points and of their opposites, which vanish up to small order or not.
     */
    @ParameterizedTest
    @MethodSource("fields")
    void knowsWhichSumsAreOfSmallOrder(Field field) {
        var curve = new Curve(field);
        var decoder = new PointDecoder(curve);
        var sums = new MultiScalar(curve);
        for (int round = 0; round < 24; round++) {
            var n = new BigInteger(300, random).mod(ReferenceCurve.L);
            var p = ReferenceCurve.BASE.times(new BigInteger(250, random));
            var opposite = p.times(n).times(ReferenceCurve.L.subtract(BigInteger.ONE));
            var off = round % 3 == 0 ? ReferenceCurve.BASE : random(ReferenceCurve.TORSION);
            sums.clear();
            add(sums, decoder, p.plus(random(ReferenceCurve.TORSION)), n);
            add(sums, decoder, opposite.plus(off), BigInteger.ONE);
            assertEquals(
                    round % 3 != 0, isSmallOrder(curve, sums), "seed " + SEED + " round " + round);
        }
        sums.clear();
        assertTrue(isSmallOrder(curve, sums));
    }

    private static boolean isSmallOrder(Curve curve, MultiScalar sums) {
        var total = new long[curve.pointWords];
        sums.sum(total);
        return curve.isSmallOrder(total, 1) != 0;
    }

    private static void add(MultiScalar sums, PointDecoder decoder, Point point, BigInteger n) {
        var tables = new long[1][Curve.TABLE_WORDS];
        assertEquals(1, decoder.decode(new byte[][] {point.encode()}, tables, 0, 1));
        var digits = new int[Scalars.DIGIT_WORDS];
        Scalars.digits(digits, 0, ReferenceCurve.littleEndian(n), 0);
        sums.add(tables[0], digits, 0, Scalars.DIGIT_WORDS);
    }

    /** The addition has no exceptions: all pairs of the eight points of small order. */
    @ParameterizedTest
    @MethodSource("fields")
    void addsEveryTwoPoints(Field field) {
        var curve = new Curve(field);
        var decoder = new PointDecoder(curve);
        List<Point> points = new ArrayList<>(ReferenceCurve.TORSION);
        points.add(ReferenceCurve.BASE);
        points.add(ReferenceCurve.BASE.times(ReferenceCurve.L.subtract(BigInteger.ONE)));
        for (var p : points) {
            for (var q : points) {
                var tables = new long[2][Curve.TABLE_WORDS];
                decoder.decode(new byte[][] {p.encode(), q.encode()}, tables, 0, 1);
                decoder.decode(new byte[][] {p.encode(), q.encode()}, tables, 1, 1);
                var sum = new long[curve.pointWords];
                var selected = new long[curve.pointWords];
                curve.setNeutral(sum, 0);
                for (var table : tables) {
                    field.select(selected, table, 0x88888888); // the point itself in every lane
                    curve.add(sum, 0, selected);
                }
                var expected = p.plus(q);
                for (int lane = 0; lane < field.lanes; lane++) {
                    assertEquals(
                            Arrays.asList(
                                    affine(expected.x(), expected), affine(expected.y(), expected)),
                            Arrays.asList(
                                    affine(field, sum, 0, lane), affine(field, sum, 1, lane)));
                }
            }
        }
    }

    private static BigInteger affine(BigInteger coordinate, Point point) {
        return coordinate.multiply(point.z().modInverse(ReferenceCurve.P)).mod(ReferenceCurve.P);
    }

    private static BigInteger affine(Field field, long[] point, int coordinate, int lane) {
        var z = value(field, point, 2, field.lanes, lane);
        return value(field, point, coordinate, field.lanes, lane)
                .multiply(z.modInverse(ReferenceCurve.P))
                .mod(ReferenceCurve.P);
    }

    private static BigInteger value(
            Field field, long[] words, int coordinate, int stride, int lane) {
        var value = BigInteger.ZERO;
        for (int i = Field.LIMBS - 1; i >= 0; i--) {
            long word = words[(coordinate * Field.LIMBS + i) * stride + lane];
            value = value.shiftLeft(Field.LIMB_BITS).add(BigInteger.valueOf(field.limb(word)));
        }
        return value;
    }

    private <T> T random(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
