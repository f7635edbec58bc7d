package io.computronium.primitives.crypto.batch;

/**
 * The equation itself, {@code 8·(R + k·A - S·B) = 0}, for a signature in each lane: no coefficient
 * and no chance of error, at about twice the cost of a signature in a large batch.
 */
final class LaneCheck {

    private static final int WINDOWS = 8 * Scalars.DIGIT_WORDS;
    private static final int WINDOW_BITS = 4;

    /** The digit that is 1. */
    private static final int ONE = 8;

    private final Curve curve;
    private final Field field;
    private final long[] negatedBase;
    private final long[] sum;
    private final long[] selected;

    LaneCheck(Curve curve, long[] negatedBase) {
        this.curve = curve;
        this.field = curve.field;
        this.negatedBase = negatedBase;
        this.sum = new long[curve.pointWords];
        this.selected = new long[curve.pointWords];
    }

    /**
     * Checks {@code count} signatures, at most as many as there are lanes, from {@code from} on.
     *
     * @param keyDigits of k, {@link Scalars#DIGIT_WORDS} for each signature, in lanes from 0 on
     * @param baseDigits of S, likewise
     * @return bit l: the signature in lane l is good
     */
    int check(
            long[][] keys,
            long[][] points,
            int from,
            int count,
            int[] keyDigits,
            int[] baseDigits) {
        curve.setNeutral(sum, 0);
        for (int window = WINDOWS - 1; window >= 0; window--) {
            if (window < WINDOWS - 1) {
                curve.multiplyByPowerOf2(sum, WINDOW_BITS);
            }
            for (int lane = 0; lane < count; lane++) {
                select(lane, keys[from + lane], nibble(keyDigits, lane, window));
            }
            curve.add(sum, 0, selected);
            for (int lane = 0; lane < count; lane++) {
                select(lane, negatedBase, nibble(baseDigits, lane, window));
            }
            curve.add(sum, 0, selected);
        }
        for (int lane = 0; lane < count; lane++) {
            select(lane, points[from + lane], ONE);
        }
        curve.add(sum, 0, selected);
        return curve.isSmallOrder(sum, count);
    }

    private static int nibble(int[] digits, int lane, int window) {
        return digits[lane * Scalars.DIGIT_WORDS + window / 8] >>> window % 8 * WINDOW_BITS;
    }

    /** As {@link Field#select}, of another table for each lane. */
    private void select(int lane, long[] table, int digit) {
        boolean negative = Digits.isNegative(digit);
        int from = Digits.entry(digit);
        int to = lane;
        int swap = negative ? field.words : 0;
        for (int i = 0; i < Field.LIMBS; i++) {
            selected[to + swap] = table[from];
            selected[to + field.words - swap] = table[from + ELEMENT];
            long product = table[from + 2 * ELEMENT];
            selected[to + 2 * field.words] = negative ? field.negate(product) : product;
            selected[to + 3 * field.words] = table[from + 3 * ELEMENT];
            from += Field.ENTRIES;
            to += field.lanes;
        }
    }

    /** From a coordinate to the next in a table. */
    private static final int ELEMENT = Field.LIMBS * Field.ENTRIES;
}
