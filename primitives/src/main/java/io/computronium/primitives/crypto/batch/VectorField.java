package io.computronium.primitives.crypto.batch;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * As many lanes as the widest vectors have {@code double}s: eight with AVX-512, four with AVX2.
 *
 * <p>R = 2^50 + 2^9. A word holds a limb as the bits of a {@code double}. The Vector API has no
 * multiplication of integers that keeps the high half, but it has a fused multiply-add, which
 * rounds once, and that is enough to split a product xy into {@code high·2^51 + low}, exactly:
 *
 * <ul>
 *   <li>{@code h = fma(x, y, 1.5·2^103)}: next to 2^103 doubles are 2^51 apart, so h is the
 *       constant plus {@code high·2^51}, and its bits are those of the constant plus {@code high}.
 *   <li>{@code fma(x, y, (1.5·2^103 + 1.5·2^52) - h)} is {@code 1.5·2^52 + low} without rounding,
 *       and its bits are those of 1.5·2^52 plus {@code low}.
 * </ul>
 *
 * So columns are sums of bit patterns as {@code long}s; the bits of the constants, known in number,
 * are taken off at the end.
 *
 * <p>The methods are long because the compiler must see each whole: where it fails to inline one of
 * ours that takes or returns vectors, it boxes them, at several times the cost of the operation.
 */
final class VectorField extends Field {

    private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Long> L = LongVector.SPECIES_PREFERRED;
    private static final int LANES = D.length();

    /** Adding and subtracting it rounds to a multiple of 2^51. */
    private static final double SPLIT = 0x1.8p103;

    private static final double UNIT = 0x1.8p52;
    private static final double SPLIT_AND_UNIT = SPLIT + UNIT;
    private static final double PER_LIMB = 0x1p-51;
    private static final double WRAP = 19 * PER_LIMB;
    private static final long SPLIT_BITS = Double.doubleToRawLongBits(SPLIT);
    private static final long UNIT_BITS = Double.doubleToRawLongBits(UNIT);

    /** Half a limb, added before a limb is cut off, so that what remains is balanced around 0. */
    private static final long HALF = 1L << LIMB_BITS - 1;

    /** Makes the bits of a double from a balanced limb plus {@link #HALF}. */
    private static final long TO_UNIT = UNIT_BITS - HALF;

    /** What the bits of constants add up to in the five columns of a product. */
    private static final long P0 = surplus(0, false);

    private static final long P1 = surplus(1, false);
    private static final long P2 = surplus(2, false);
    private static final long P3 = surplus(3, false);
    private static final long P4 = surplus(4, false);

    /** The same of a square, which has fewer terms. */
    private static final long S0 = surplus(0, true);

    private static final long S1 = surplus(1, true);
    private static final long S2 = surplus(2, true);
    private static final long S3 = surplus(3, true);
    private static final long S4 = surplus(4, true);

    /** Where a lane finds its nibble. */
    private static final LongVector NIBBLES = LongVector.zero(L).addIndex(4);

    VectorField() {
        super(LANES);
    }

    /** Whether this machine's vectors are worth it. */
    static boolean isWide() {
        return LANES == 4 || LANES == 8;
    }

    static int bits() {
        return D.vectorBitSize();
    }

    private static long surplus(int column, boolean square) {
        return HALF - patterns(column, square) - 19 * patterns(column + LIMBS, square);
    }

    /** The constants in a column: one for each low part in it, and each high part carried to it. */
    private static long patterns(int column, boolean square) {
        long bits = 0;
        for (int i = 0; i < LIMBS; i++) {
            for (int j = square ? i : 0; j < LIMBS; j++) {
                bits += i + j == column ? UNIT_BITS : 0;
                bits += i + j + 1 == column ? SPLIT_BITS : 0;
            }
        }
        return bits;
    }

    @Override
    long word(long limb) {
        return Double.doubleToRawLongBits((double) limb);
    }

    @Override
    long limb(long word) {
        return (long) Double.longBitsToDouble(word);
    }

    @Override
    long negate(long word) {
        return word ^ Long.MIN_VALUE;
    }

    @Override
    void multiply(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
        var split = DoubleVector.broadcast(D, SPLIT);
        var both = DoubleVector.broadcast(D, SPLIT_AND_UNIT);
        var b0 = LongVector.fromArray(L, b, bo).reinterpretAsDoubles();
        var b1 = LongVector.fromArray(L, b, bo + LANES).reinterpretAsDoubles();
        var b2 = LongVector.fromArray(L, b, bo + 2 * LANES).reinterpretAsDoubles();
        var b3 = LongVector.fromArray(L, b, bo + 3 * LANES).reinterpretAsDoubles();
        var b4 = LongVector.fromArray(L, b, bo + 4 * LANES).reinterpretAsDoubles();
        var s0 = LongVector.zero(L);
        var s1 = s0;
        var s2 = s0;
        var s3 = s0;
        var s4 = s0;
        for (int i = 0; i < LIMBS; i++) {
            var x = LongVector.fromArray(L, a, ao + i * LANES).reinterpretAsDoubles();
            var h = x.fma(b0, split);
            s0 = s0.add(x.fma(b0, both.sub(h)).reinterpretAsLongs());
            s1 = s1.add(h.reinterpretAsLongs());
            s0.intoArray(r, ro + i * LANES);
            h = x.fma(b1, split);
            s0 = s1.add(x.fma(b1, both.sub(h)).reinterpretAsLongs());
            s1 = s2.add(h.reinterpretAsLongs());
            h = x.fma(b2, split);
            s1 = s1.add(x.fma(b2, both.sub(h)).reinterpretAsLongs());
            s2 = s3.add(h.reinterpretAsLongs());
            h = x.fma(b3, split);
            s2 = s2.add(x.fma(b3, both.sub(h)).reinterpretAsLongs());
            s3 = s4.add(h.reinterpretAsLongs());
            h = x.fma(b4, split);
            s3 = s3.add(x.fma(b4, both.sub(h)).reinterpretAsLongs());
            s4 = h.reinterpretAsLongs();
        }
        var unit = DoubleVector.broadcast(D, UNIT);
        var n0 = s0.add(s0.lanewise(VectorOperators.LSHL, 3));
        var l0 = LongVector.fromArray(L, r, ro).add(n0.add(n0).add(s0)).add(P0);
        var n1 = s1.add(s1.lanewise(VectorOperators.LSHL, 3));
        var l1 = LongVector.fromArray(L, r, ro + LANES).add(n1.add(n1).add(s1)).add(P1);
        var n2 = s2.add(s2.lanewise(VectorOperators.LSHL, 3));
        var l2 = LongVector.fromArray(L, r, ro + 2 * LANES).add(n2.add(n2).add(s2)).add(P2);
        var n3 = s3.add(s3.lanewise(VectorOperators.LSHL, 3));
        var l3 = LongVector.fromArray(L, r, ro + 3 * LANES).add(n3.add(n3).add(s3)).add(P3);
        var n4 = s4.add(s4.lanewise(VectorOperators.LSHL, 3));
        var l4 = LongVector.fromArray(L, r, ro + 4 * LANES).add(n4.add(n4).add(s4)).add(P4);
        var top = l4.lanewise(VectorOperators.ASHR, LIMB_BITS);
        var wrapped = top.add(top.lanewise(VectorOperators.LSHL, 3));
        wrapped = wrapped.add(wrapped).add(top).add(TO_UNIT);
        l0.and(LIMB_MASK)
                .add(wrapped)
                .reinterpretAsDoubles()
                .sub(unit)
                .reinterpretAsLongs()
                .intoArray(r, ro);
        l1.and(LIMB_MASK)
                .add(l0.lanewise(VectorOperators.ASHR, LIMB_BITS).add(TO_UNIT))
                .reinterpretAsDoubles()
                .sub(unit)
                .reinterpretAsLongs()
                .intoArray(r, ro + LANES);
        l2.and(LIMB_MASK)
                .add(l1.lanewise(VectorOperators.ASHR, LIMB_BITS).add(TO_UNIT))
                .reinterpretAsDoubles()
                .sub(unit)
                .reinterpretAsLongs()
                .intoArray(r, ro + 2 * LANES);
        l3.and(LIMB_MASK)
                .add(l2.lanewise(VectorOperators.ASHR, LIMB_BITS).add(TO_UNIT))
                .reinterpretAsDoubles()
                .sub(unit)
                .reinterpretAsLongs()
                .intoArray(r, ro + 3 * LANES);
        l4.and(LIMB_MASK)
                .add(l3.lanewise(VectorOperators.ASHR, LIMB_BITS).add(TO_UNIT))
                .reinterpretAsDoubles()
                .sub(unit)
                .reinterpretAsLongs()
                .intoArray(r, ro + 4 * LANES);
    }

    @Override
    void square(long[] r, int ro, long[] a, int ao, int times) {
        var split = DoubleVector.broadcast(D, SPLIT);
        var both = DoubleVector.broadcast(D, SPLIT_AND_UNIT);
        var unit = DoubleVector.broadcast(D, UNIT);
        var a0 = LongVector.fromArray(L, a, ao).reinterpretAsDoubles();
        var a1 = LongVector.fromArray(L, a, ao + LANES).reinterpretAsDoubles();
        var a2 = LongVector.fromArray(L, a, ao + 2 * LANES).reinterpretAsDoubles();
        var a3 = LongVector.fromArray(L, a, ao + 3 * LANES).reinterpretAsDoubles();
        var a4 = LongVector.fromArray(L, a, ao + 4 * LANES).reinterpretAsDoubles();
        for (int i = 0; i < times; i++) {
            var h = a0.fma(a0, split);
            var s0 = a0.fma(a0, both.sub(h)).reinterpretAsLongs();
            var s1 = h.reinterpretAsLongs();
            var x = a0.add(a0);
            h = x.fma(a1, split);
            s1 = s1.add(x.fma(a1, both.sub(h)).reinterpretAsLongs());
            var s2 = h.reinterpretAsLongs();
            h = x.fma(a2, split);
            s2 = s2.add(x.fma(a2, both.sub(h)).reinterpretAsLongs());
            var s3 = h.reinterpretAsLongs();
            h = x.fma(a3, split);
            s3 = s3.add(x.fma(a3, both.sub(h)).reinterpretAsLongs());
            var s4 = h.reinterpretAsLongs();
            h = x.fma(a4, split);
            s4 = s4.add(x.fma(a4, both.sub(h)).reinterpretAsLongs());
            var s5 = h.reinterpretAsLongs();
            h = a1.fma(a1, split);
            s2 = s2.add(a1.fma(a1, both.sub(h)).reinterpretAsLongs());
            s3 = s3.add(h.reinterpretAsLongs());
            x = a1.add(a1);
            h = x.fma(a2, split);
            s3 = s3.add(x.fma(a2, both.sub(h)).reinterpretAsLongs());
            s4 = s4.add(h.reinterpretAsLongs());
            h = x.fma(a3, split);
            s4 = s4.add(x.fma(a3, both.sub(h)).reinterpretAsLongs());
            s5 = s5.add(h.reinterpretAsLongs());
            h = x.fma(a4, split);
            s5 = s5.add(x.fma(a4, both.sub(h)).reinterpretAsLongs());
            var s6 = h.reinterpretAsLongs();
            h = a2.fma(a2, split);
            s4 = s4.add(a2.fma(a2, both.sub(h)).reinterpretAsLongs());
            s5 = s5.add(h.reinterpretAsLongs());
            x = a2.add(a2);
            h = x.fma(a3, split);
            s5 = s5.add(x.fma(a3, both.sub(h)).reinterpretAsLongs());
            s6 = s6.add(h.reinterpretAsLongs());
            h = x.fma(a4, split);
            s6 = s6.add(x.fma(a4, both.sub(h)).reinterpretAsLongs());
            var s7 = h.reinterpretAsLongs();
            h = a3.fma(a3, split);
            s6 = s6.add(a3.fma(a3, both.sub(h)).reinterpretAsLongs());
            s7 = s7.add(h.reinterpretAsLongs());
            x = a3.add(a3);
            h = x.fma(a4, split);
            s7 = s7.add(x.fma(a4, both.sub(h)).reinterpretAsLongs());
            var s8 = h.reinterpretAsLongs();
            h = a4.fma(a4, split);
            s8 = s8.add(a4.fma(a4, both.sub(h)).reinterpretAsLongs());
            var s9 = h.reinterpretAsLongs();
            var n0 = s5.add(s5.lanewise(VectorOperators.LSHL, 3));
            s0 = s0.add(n0.add(n0).add(s5)).add(S0);
            var n1 = s6.add(s6.lanewise(VectorOperators.LSHL, 3));
            s1 = s1.add(n1.add(n1).add(s6)).add(S1);
            var n2 = s7.add(s7.lanewise(VectorOperators.LSHL, 3));
            s2 = s2.add(n2.add(n2).add(s7)).add(S2);
            var n3 = s8.add(s8.lanewise(VectorOperators.LSHL, 3));
            s3 = s3.add(n3.add(n3).add(s8)).add(S3);
            var n4 = s9.add(s9.lanewise(VectorOperators.LSHL, 3));
            s4 = s4.add(n4.add(n4).add(s9)).add(S4);
            var top = s4.lanewise(VectorOperators.ASHR, LIMB_BITS);
            var wrapped = top.add(top.lanewise(VectorOperators.LSHL, 3));
            wrapped = wrapped.add(wrapped).add(top).add(TO_UNIT);
            a0 = s0.and(LIMB_MASK).add(wrapped).reinterpretAsDoubles().sub(unit);
            a1 =
                    s1.and(LIMB_MASK)
                            .add(s0.lanewise(VectorOperators.ASHR, LIMB_BITS).add(TO_UNIT))
                            .reinterpretAsDoubles()
                            .sub(unit);
            a2 =
                    s2.and(LIMB_MASK)
                            .add(s1.lanewise(VectorOperators.ASHR, LIMB_BITS).add(TO_UNIT))
                            .reinterpretAsDoubles()
                            .sub(unit);
            a3 =
                    s3.and(LIMB_MASK)
                            .add(s2.lanewise(VectorOperators.ASHR, LIMB_BITS).add(TO_UNIT))
                            .reinterpretAsDoubles()
                            .sub(unit);
            a4 =
                    s4.and(LIMB_MASK)
                            .add(s3.lanewise(VectorOperators.ASHR, LIMB_BITS).add(TO_UNIT))
                            .reinterpretAsDoubles()
                            .sub(unit);
        }
        a0.reinterpretAsLongs().intoArray(r, ro);
        a1.reinterpretAsLongs().intoArray(r, ro + LANES);
        a2.reinterpretAsLongs().intoArray(r, ro + 2 * LANES);
        a3.reinterpretAsLongs().intoArray(r, ro + 3 * LANES);
        a4.reinterpretAsLongs().intoArray(r, ro + 4 * LANES);
    }

    @Override
    void add(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
        for (int i = 0; i < LIMBS * LANES; i += LANES) {
            var x = LongVector.fromArray(L, a, ao + i).reinterpretAsDoubles();
            var y = LongVector.fromArray(L, b, bo + i).reinterpretAsDoubles();
            x.add(y).reinterpretAsLongs().intoArray(r, ro + i);
        }
    }

    @Override
    void sumAndDifference(long[] sum, long[] difference, long[] a, int ao, long[] b, int bo) {
        for (int i = 0; i < LIMBS * LANES; i += LANES) {
            var x = LongVector.fromArray(L, a, ao + i).reinterpretAsDoubles();
            var y = LongVector.fromArray(L, b, bo + i).reinterpretAsDoubles();
            x.add(y).reinterpretAsLongs().intoArray(sum, i);
            x.sub(y).reinterpretAsLongs().intoArray(difference, i);
        }
    }

    /** One pass: each limb's carry is rounded off and handed to the next limb at once. */
    @Override
    void carriedSumAndDifference(
            long[] sum, int so, long[] difference, int offset, long[] a, int ao, long[] b, int bo) {
        var split = DoubleVector.broadcast(D, SPLIT);
        var x = LongVector.fromArray(L, a, ao + 4 * LANES).reinterpretAsDoubles();
        var y = LongVector.fromArray(L, b, bo + 4 * LANES).reinterpretAsDoubles();
        var s4 = x.add(y);
        x.sub(y).reinterpretAsLongs().intoArray(difference, offset + 4 * LANES);
        var c4 = s4.add(split).sub(split);
        var carry = c4;
        double weight = WRAP;
        for (int i = 0; i < 4 * LANES; i += LANES) {
            x = LongVector.fromArray(L, a, ao + i).reinterpretAsDoubles();
            y = LongVector.fromArray(L, b, bo + i).reinterpretAsDoubles();
            var s = x.add(y);
            x.sub(y).reinterpretAsLongs().intoArray(difference, offset + i);
            var c = s.add(split).sub(split);
            carry.fma(DoubleVector.broadcast(D, weight), s.sub(c))
                    .reinterpretAsLongs()
                    .intoArray(sum, so + i);
            carry = c;
            weight = PER_LIMB;
        }
        carry.fma(DoubleVector.broadcast(D, PER_LIMB), s4.sub(c4))
                .reinterpretAsLongs()
                .intoArray(sum, so + 4 * LANES);
    }

    @Override
    void doublingTerms(long[] f, long[] e, long[] g, long[] c) {
        for (int i = 0; i < LIMBS * LANES; i += LANES) {
            var x = LongVector.fromArray(L, c, i).reinterpretAsDoubles();
            var y = LongVector.fromArray(L, g, i).reinterpretAsDoubles();
            y.add(x.add(x)).reinterpretAsLongs().intoArray(f, i);
            var z = LongVector.fromArray(L, e, i).reinterpretAsDoubles();
            z.add(z).neg().reinterpretAsLongs().intoArray(e, i);
        }
        carry(f, 0);
    }

    @Override
    void carry(long[] r, int ro) {
        var split = DoubleVector.broadcast(D, SPLIT);
        var r4 = LongVector.fromArray(L, r, ro + 4 * LANES).reinterpretAsDoubles();
        var c4 = r4.add(split).sub(split);
        var carry = c4;
        double weight = WRAP;
        for (int i = 0; i < 4 * LANES; i += LANES) {
            var s = LongVector.fromArray(L, r, ro + i).reinterpretAsDoubles();
            var c = s.add(split).sub(split);
            carry.fma(DoubleVector.broadcast(D, weight), s.sub(c))
                    .reinterpretAsLongs()
                    .intoArray(r, ro + i);
            carry = c;
            weight = PER_LIMB;
        }
        carry.fma(DoubleVector.broadcast(D, PER_LIMB), r4.sub(c4))
                .reinterpretAsLongs()
                .intoArray(r, ro + 4 * LANES);
    }

    /**
     * The eight multiples of a point lie side by side, so that choosing is one permutation for each
     * limb with eight lanes, and two with four.
     */
    @Override
    void select(long[] r, long[] table, int digits) {
        var nibbles = LongVector.broadcast(L, digits).lanewise(VectorOperators.LSHR, NIBBLES);
        VectorMask<Long> negative = nibbles.and(8).eq(0);
        var entry = nibbles.lanewise(VectorOperators.NOT, negative).and(7);
        VectorMask<Long> upper = entry.compare(VectorOperators.GE, LANES);
        int half = LANES * (ENTRIES / LANES - 1);
        for (int i = 0; i < LIMBS; i++) {
            int at = i * ENTRIES;
            var sum = entry.selectFrom(LongVector.fromArray(L, table, at));
            at += LIMBS * ENTRIES;
            var difference = entry.selectFrom(LongVector.fromArray(L, table, at));
            at += LIMBS * ENTRIES;
            var product = entry.selectFrom(LongVector.fromArray(L, table, at));
            at += LIMBS * ENTRIES;
            var z = entry.selectFrom(LongVector.fromArray(L, table, at));
            if (half > 0) {
                at = i * ENTRIES + half;
                sum = sum.blend(entry.selectFrom(LongVector.fromArray(L, table, at)), upper);
                at += LIMBS * ENTRIES;
                difference =
                        difference.blend(
                                entry.selectFrom(LongVector.fromArray(L, table, at)), upper);
                at += LIMBS * ENTRIES;
                product =
                        product.blend(entry.selectFrom(LongVector.fromArray(L, table, at)), upper);
                at += LIMBS * ENTRIES;
                z = z.blend(entry.selectFrom(LongVector.fromArray(L, table, at)), upper);
            }
            int to = i * LANES;
            sum.blend(difference, negative).intoArray(r, to);
            to += LIMBS * LANES;
            difference.blend(sum, negative).intoArray(r, to);
            to += LIMBS * LANES;
            product.lanewise(VectorOperators.XOR, Long.MIN_VALUE, negative).intoArray(r, to);
            to += LIMBS * LANES;
            z.intoArray(r, to);
        }
    }
}
