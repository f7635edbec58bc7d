package io.computronium.primitives.crypto.batch;

import java.util.Arrays;

/**
 * Points of edwards25519, {@code -x² + y² = 1 + d·x²·y²}, in all lanes at once.
 *
 * <p>A point is X, Y, Z, T of four elements, with x = X/Z, y = Y/Z and xy = T/Z (Hisil, Wong,
 * Carter, Dawson, "Twisted Edwards Curves Revisited", 2008). Since -1 is a square modulo p and d is
 * not, their addition is complete: it is right for every two points of the curve, equal, opposite,
 * neutral or of small order. All coordinates of a point are carried.
 *
 * <p>Owns scratch elements, so one thread at a time.
 */
final class Curve {

    /** Words of a table of {@link #tabulate}: 1,280 bytes. */
    static final int TABLE_WORDS = Field.COORDINATES * Field.LIMBS * Field.ENTRIES;

    final Field field;

    /** Words of a point in all lanes. */
    final int pointWords;

    private final int element;
    private final long[] one;
    private final long[] minusTwoD;
    private final long[] a;
    private final long[] b;
    private final long[] c;
    private final long[] e;
    private final long[] f;
    private final long[] g;
    private final long[] h;
    private final long[] entry;
    private final long[] step;
    private final long[] twice;

    Curve(Field field) {
        this.field = field;
        this.element = field.words;
        this.pointWords = Field.COORDINATES * element;
        this.one = Element.ONE.broadcast(field);
        this.minusTwoD = Element.MINUS_2D.broadcast(field);
        this.a = new long[element];
        this.b = new long[element];
        this.c = new long[element];
        this.e = new long[element];
        this.f = new long[element];
        this.g = new long[element];
        this.h = new long[element];
        this.entry = new long[pointWords];
        this.step = new long[pointWords];
        this.twice = new long[pointWords];
    }

    void setNeutral(long[] p, int at) {
        Arrays.fill(p, at, at + pointWords, field.word(0));
        System.arraycopy(one, 0, p, at + element, element);
        System.arraycopy(one, 0, p, at + 2 * element, element);
    }

    /** Makes Z and T of a point of which X and Y are known. */
    void complete(long[] p) {
        System.arraycopy(one, 0, p, 2 * element, element);
        field.multiply(p, 3 * element, p, 0, p, element);
    }

    /**
     * {@code p = 2^times·p}; T only of the last, as a doubling does not read it. With E = -2XY, G =
     * X² - Y², H = X² + Y² and F = G + 2Z², twice the point is EF, GH, FG, EH.
     */
    void multiplyByPowerOf2(long[] p, int times) {
        for (int i = 1; i <= times; i++) {
            field.square(a, 0, p, 0, 1);
            field.square(b, 0, p, element, 1);
            field.square(c, 0, p, 2 * element, 1);
            field.multiply(e, 0, p, 0, p, element);
            field.carriedSumAndDifference(h, 0, g, 0, a, 0, b, 0);
            field.doublingTerms(f, e, g, c);
            products(p, 0, i == times);
        }
    }

    /**
     * Adds to p a point q that {@link #prepare} made. With s = Y + X and d = Y - X of p: A = d·(Y -
     * X), B = s·(Y + X), C = T·(-2dT), D = Z·2Z, E = B - A, H = B + A, F = D + C, G = D - C.
     */
    void add(long[] p, int at, long[] q) {
        field.sumAndDifference(f, e, p, at + element, p, at);
        field.multiply(a, 0, e, 0, q, element);
        field.multiply(b, 0, f, 0, q, 0);
        field.multiply(c, 0, p, at + 3 * element, q, 2 * element);
        field.multiply(g, 0, q, 3 * element, p, at + 2 * element);
        field.carriedSumAndDifference(h, 0, e, 0, b, 0, a, 0);
        field.carriedSumAndDifference(f, 0, g, 0, g, 0, c, 0);
        products(p, at, true);
    }

    /** E and G are within 2R here, F and H within R: each product has one of both. */
    private void products(long[] p, int at, boolean withT) {
        field.multiply(p, at, e, 0, f, 0);
        field.multiply(p, at + element, g, 0, h, 0);
        field.multiply(p, at + 2 * element, g, 0, f, 0);
        if (withT) {
            field.multiply(p, at + 3 * element, e, 0, h, 0);
        }
    }

    /** {@code q} = Y + X, Y - X, -2dT (all carried) and 2Z (not carried) of p. */
    void prepare(long[] q, long[] p, int at) {
        field.carriedSumAndDifference(q, 0, q, element, p, at + element, p, at);
        field.carry(q, element);
        field.multiply(q, 2 * element, p, at + 3 * element, minusTwoD, 0);
        field.add(q, 3 * element, p, at + 2 * element, p, at + 2 * element);
    }

    /** {@code p = p - q}; makes q its negative. */
    void subtract(long[] p, long[] q) {
        for (int i = 0; i < element; i++) {
            q[i] = field.negate(q[i]);
            q[3 * element + i] = field.negate(q[3 * element + i]);
        }
        prepare(entry, q, 0);
        add(p, 0, entry);
    }

    /**
     * Multiplies p by 8 and asks in which lanes it became neutral, x = 0 and y = 1.
     *
     * @param count of lanes that count, from 0 on
     * @return bit l: p in lane l was of order 8, 4, 2 or 1
     */
    int isSmallOrder(long[] p, int count) {
        multiplyByPowerOf2(p, 3);
        field.sumAndDifference(f, g, p, element, p, 2 * element);
        int small = 0;
        for (int lane = 0; lane < count; lane++) {
            boolean neutral =
                    Element.of(field, p, 0, lane).equals(Element.ZERO)
                            && Element.of(field, g, 0, lane).equals(Element.ZERO);
            small |= neutral ? 1 << lane : 0;
        }
        return small;
    }

    /**
     * Tabulates the odd multiples P, 3P, …, 15P of the points in p, those of each lane into a table
     * of its own, and leaves p undefined. Entry i, (2i + 1)·P prepared, is spread over the table:
     * its word w is at {@code 8w + i}.
     *
     * @param tables those of the first {@code count} lanes, from {@code from} on
     */
    void tabulate(long[] p, long[][] tables, int from, int count) {
        prepare(entry, p, 0);
        spread(tables, from, count, 0);
        System.arraycopy(p, 0, twice, 0, pointWords);
        multiplyByPowerOf2(twice, 1);
        prepare(step, twice, 0);
        for (int i = 1; i < Field.ENTRIES; i++) {
            add(p, 0, step);
            prepare(entry, p, 0);
            spread(tables, from, count, i);
        }
    }

    private void spread(long[][] tables, int from, int count, int i) {
        for (int lane = 0; lane < count; lane++) {
            long[] table = tables[from + lane];
            int word = lane;
            for (int to = i; to < TABLE_WORDS; to += Field.ENTRIES) {
                table[to] = entry[word];
                word += field.lanes;
            }
        }
    }
}
