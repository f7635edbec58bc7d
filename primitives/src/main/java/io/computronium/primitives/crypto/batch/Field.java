package io.computronium.primitives.crypto.batch;

/**
 * Arithmetic modulo p = 2^255 - 19 on {@link #lanes} elements at once.
 *
 * <p>An element is five limbs in radix 2^51. In an array, {@code lanes} elements are {@code
 * 5·lanes} words: first the lowest limb of each lane, then the next. What a word holds is the
 * implementation's own business ({@link #word}, {@link #limb}); a limb is signed, so an element has
 * many representations. The methods state how large limbs may be in units of R, the bound of a
 * result that is <em>carried</em>; the package proves that it suffices.
 *
 * <p>Results may overwrite operands. Immutable and thread-safe; nothing here takes constant time.
 */
abstract class Field {

    static final int LIMBS = 5;
    static final int LIMB_BITS = 51;
    static final long LIMB_MASK = (1L << LIMB_BITS) - 1;

    /** How many multiples of a point {@link #select} chooses from. */
    static final int ENTRIES = 8;

    /** Elements that make a point that is ready to be added; see {@link Curve#prepare}. */
    static final int COORDINATES = 4;

    /** Elements worked on at once: 1, 2, 4 or 8. */
    final int lanes;

    /** Words of an element in all lanes. */
    final int words;

    Field(int lanes) {
        this.lanes = lanes;
        this.words = LIMBS * lanes;
    }

    /** The word that holds {@code limb}, which is below 2^52 in magnitude. */
    abstract long word(long limb);

    /** The inverse of {@link #word}. */
    abstract long limb(long word);

    /** {@code r = a·b}, carried; of a and b, one is within 2R and the other within R. */
    abstract void multiply(long[] r, int ro, long[] a, int ao, long[] b, int bo);

    /** {@code r = a^(2^times)}, carried; a is carried too, or within R + 1. */
    abstract void square(long[] r, int ro, long[] a, int ao, int times);

    /** {@code r = a + b}, not carried. */
    abstract void add(long[] r, int ro, long[] a, int ao, long[] b, int bo);

    /** {@code sum = a + b} and {@code difference = a - b}, neither carried. */
    abstract void sumAndDifference(
            long[] sum, long[] difference, long[] a, int ao, long[] b, int bo);

    /** As {@link #sumAndDifference}, with the sum carried; a and b are carried. */
    abstract void carriedSumAndDifference(
            long[] sum, int so, long[] difference, int offset, long[] a, int ao, long[] b, int bo);

    /** {@code f = g + 2c}, carried, and {@code e = -2e}; g is within 2R, c and e are carried. */
    abstract void doublingTerms(long[] f, long[] e, long[] g, long[] c);

    /** Carries {@code r}, which is within 4R. */
    abstract void carry(long[] r, int ro);

    /**
     * Looks up another multiple of the same point for every lane: lane l takes what the l-th nibble
     * of {@code digits} stands for, by {@link Digits}.
     *
     * @param r gets a point that is ready to be added
     * @param table as {@link Curve#tabulate} lays it out
     */
    abstract void select(long[] r, long[] table, int digits);

    /** {@code -word}, for limbs. */
    abstract long negate(long word);
}
