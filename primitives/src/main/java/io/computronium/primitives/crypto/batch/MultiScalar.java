package io.computronium.primitives.crypto.batch;

/**
 * The sum of many points times many scalars.
 *
 * <p>This is Straus's method turned by a quarter: the window is not the outer loop but lies in the
 * lanes and in accumulators, one for each of the 64 digits. A point then meets all its digits at
 * once, with a single table at hand, and the doublings come at the end, once for all points.
 */
final class MultiScalar {

    private static final int WINDOWS = 8 * Scalars.DIGIT_WORDS;
    private static final int WINDOW_BITS = 4;

    private final Curve curve;
    private final int lanes;

    /** Accumulator i, lane l: the sum of the multiples that belong to digit {@code i·lanes + l}. */
    private final long[] sums;

    private final int accumulators;
    private final long[] selected;
    private final long[] single;

    MultiScalar(Curve curve) {
        this.curve = curve;
        this.lanes = curve.field.lanes;
        this.accumulators = WINDOWS / lanes;
        this.sums = new long[accumulators * curve.pointWords];
        this.selected = new long[curve.pointWords];
        this.single = new long[curve.pointWords];
    }

    void clear() {
        for (int i = 0; i < accumulators; i++) {
            curve.setNeutral(sums, i * curve.pointWords);
        }
    }

    /** Adds the point of {@code table} times the number with the digits in {@code words} words. */
    void add(long[] table, int[] digits, int at, int words) {
        int end = words * 8 / lanes;
        for (int i = 0; i < end; i++) {
            int bit = i * lanes * WINDOW_BITS;
            curve.field.select(selected, table, digits[at + bit / 32] >>> bit % 32);
            curve.add(sums, i * curve.pointWords, selected);
        }
    }

    /** The sum of all that was added since {@link #clear}, in lane 0 of {@code total}. */
    void sum(long[] total) {
        // Lane l now becomes the sum of its accumulators, 16^(i·lanes) apart.
        System.arraycopy(sums, (accumulators - 1) * curve.pointWords, total, 0, curve.pointWords);
        for (int i = accumulators - 2; i >= 0; i--) {
            curve.multiplyByPowerOf2(total, WINDOW_BITS * lanes);
            curve.prepare(selected, sums, i * curve.pointWords);
            curve.add(total, 0, selected);
        }
        addLanes(total);
    }

    /** Lane 0 becomes the sum of all lanes, 16^l apart. */
    private void addLanes(long[] total) {
        curve.prepare(selected, total, 0);
        curve.setNeutral(total, 0);
        for (int lane = lanes - 1; lane >= 0; lane--) {
            if (lane < lanes - 1) {
                curve.multiplyByPowerOf2(total, WINDOW_BITS);
            }
            for (int i = 0; i < curve.pointWords; i += lanes) {
                single[i] = selected[i + lane];
            }
            curve.add(total, 0, single);
        }
    }
}
