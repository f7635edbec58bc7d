package io.computronium.primitives.crypto.batch;

/**
 * One lane of {@code long} limbs, for machines without wide vectors.
 *
 * <p>R = 2^51 + 2^16. A product of limbs is split at bit 51 by {@link Math#multiplyHigh} of the
 * factors shifted left by 13 bits together, so no carry of 128-bit sums has to be tracked: a column
 * is the sum of low products, which may wrap, less the high parts that belong to the next column.
 */
class ScalarField extends Field {

    ScalarField() {
        super(1);
    }

    @Override
    long word(long limb) {
        return limb;
    }

    @Override
    long limb(long word) {
        return word;
    }

    @Override
    long negate(long word) {
        return -word;
    }

    @Override
    void multiply(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
        long a0 = a[ao];
        long a1 = a[ao + 1];
        long a2 = a[ao + 2];
        long a3 = a[ao + 3];
        long a4 = a[ao + 4];
        long b0 = b[bo];
        long b1 = b[bo + 1];
        long b2 = b[bo + 2];
        long b3 = b[bo + 3];
        long b4 = b[bo + 4];
        long h0 = high(a0, b0);
        long h1 = high(a0, b1) + high(a1, b0);
        long h2 = high(a0, b2) + high(a1, b1) + high(a2, b0);
        long h3 = high(a0, b3) + high(a1, b2) + high(a2, b1) + high(a3, b0);
        long h4 = high(a0, b4) + high(a1, b3) + high(a2, b2) + high(a3, b1) + high(a4, b0);
        long h5 = high(a1, b4) + high(a2, b3) + high(a3, b2) + high(a4, b1);
        long h6 = high(a2, b4) + high(a3, b3) + high(a4, b2);
        long h7 = high(a3, b4) + high(a4, b3);
        long h8 = high(a4, b4);
        long c0 = a0 * b0 - (h0 << LIMB_BITS);
        long c1 = a0 * b1 + a1 * b0 - (h1 << LIMB_BITS) + h0;
        long c2 = a0 * b2 + a1 * b1 + a2 * b0 - (h2 << LIMB_BITS) + h1;
        long c3 = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 - (h3 << LIMB_BITS) + h2;
        long c4 = a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0 - (h4 << LIMB_BITS) + h3;
        long c5 = a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 - (h5 << LIMB_BITS) + h4;
        long c6 = a2 * b4 + a3 * b3 + a4 * b2 - (h6 << LIMB_BITS) + h5;
        long c7 = a3 * b4 + a4 * b3 - (h7 << LIMB_BITS) + h6;
        long c8 = a4 * b4 - (h8 << LIMB_BITS) + h7;
        carried(r, ro, c0 + 19 * c5, c1 + 19 * c6, c2 + 19 * c7, c3 + 19 * c8, c4 + 19 * h8);
    }

    @Override
    void square(long[] r, int ro, long[] a, int ao, int times) {
        square(r, ro, a, ao);
        for (int i = 1; i < times; i++) {
            square(r, ro, r, ro);
        }
    }

    private static void square(long[] r, int ro, long[] a, int ao) {
        long a0 = a[ao];
        long a1 = a[ao + 1];
        long a2 = a[ao + 2];
        long a3 = a[ao + 3];
        long a4 = a[ao + 4];
        long d0 = 2 * a0;
        long d1 = 2 * a1;
        long d2 = 2 * a2;
        long d3 = 2 * a3;
        long h0 = high(a0, a0);
        long h1 = high(a1, d0);
        long h2 = high(a2, d0) + high(a1, a1);
        long h3 = high(a3, d0) + high(a2, d1);
        long h4 = high(a4, d0) + high(a3, d1) + high(a2, a2);
        long h5 = high(a4, d1) + high(a3, d2);
        long h6 = high(a4, d2) + high(a3, a3);
        long h7 = high(a4, d3);
        long h8 = high(a4, a4);
        long c0 = a0 * a0 - (h0 << LIMB_BITS);
        long c1 = a1 * d0 - (h1 << LIMB_BITS) + h0;
        long c2 = a2 * d0 + a1 * a1 - (h2 << LIMB_BITS) + h1;
        long c3 = a3 * d0 + a2 * d1 - (h3 << LIMB_BITS) + h2;
        long c4 = a4 * d0 + a3 * d1 + a2 * a2 - (h4 << LIMB_BITS) + h3;
        long c5 = a4 * d1 + a3 * d2 - (h5 << LIMB_BITS) + h4;
        long c6 = a4 * d2 + a3 * a3 - (h6 << LIMB_BITS) + h5;
        long c7 = a4 * d3 - (h7 << LIMB_BITS) + h6;
        long c8 = a4 * a4 - (h8 << LIMB_BITS) + h7;
        carried(r, ro, c0 + 19 * c5, c1 + 19 * c6, c2 + 19 * c7, c3 + 19 * c8, c4 + 19 * h8);
    }

    /** The product without its lowest 51 bits, rounded down; a below 2^57 and b below 2^56. */
    private static long high(long a, long b) {
        return Math.multiplyHigh(a << 6, b << 7);
    }

    private static void carried(long[] r, int ro, long c0, long c1, long c2, long c3, long c4) {
        r[ro] = (c0 & LIMB_MASK) + 19 * (c4 >> LIMB_BITS);
        r[ro + 1] = (c1 & LIMB_MASK) + (c0 >> LIMB_BITS);
        r[ro + 2] = (c2 & LIMB_MASK) + (c1 >> LIMB_BITS);
        r[ro + 3] = (c3 & LIMB_MASK) + (c2 >> LIMB_BITS);
        r[ro + 4] = (c4 & LIMB_MASK) + (c3 >> LIMB_BITS);
    }

    @Override
    void add(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
        for (int i = 0; i < LIMBS; i++) {
            r[ro + i] = a[ao + i] + b[bo + i];
        }
    }

    @Override
    void sumAndDifference(long[] sum, long[] difference, long[] a, int ao, long[] b, int bo) {
        carriedSumAndDifference(sum, 0, difference, 0, a, ao, b, bo);
    }

    /** Does not carry: limbs of a product may be as large as 2^53. */
    @Override
    void carriedSumAndDifference(
            long[] sum, int so, long[] difference, int offset, long[] a, int ao, long[] b, int bo) {
        for (int i = 0; i < LIMBS; i++) {
            long x = a[ao + i];
            long y = b[bo + i];
            sum[so + i] = x + y;
            difference[offset + i] = x - y;
        }
    }

    @Override
    void doublingTerms(long[] f, long[] e, long[] g, long[] c) {
        for (int i = 0; i < LIMBS; i++) {
            f[i] = g[i] + 2 * c[i];
            e[i] = -2 * e[i];
        }
    }

    @Override
    void carry(long[] r, int ro) {
        carried(r, ro, r[ro], r[ro + 1], r[ro + 2], r[ro + 3], r[ro + 4]);
    }

    @Override
    void select(long[] r, long[] table, int digits) {
        int entry = Digits.entry(digits);
        boolean negative = Digits.isNegative(digits);
        int sum = negative ? LIMBS : 0;
        for (int i = 0; i < LIMBS; i++) {
            r[i] = table[(sum + i) * ENTRIES + entry];
            r[LIMBS + i] = table[(LIMBS - sum + i) * ENTRIES + entry];
            long product = table[(2 * LIMBS + i) * ENTRIES + entry];
            r[2 * LIMBS + i] = negative ? -product : product;
            r[3 * LIMBS + i] = table[(3 * LIMBS + i) * ENTRIES + entry];
        }
    }
}
