package io.computronium.primitives.bft;

import io.computronium.primitives.Invariants;

/**
 * Epochs, in which neither validators nor parameters change. Epoch {@code e} covers the heights
 * {@code e * length + 1} to {@code (e + 1) * length}.
 *
 * @param length in blocks, 1 or more
 */
public record Epochs(long length) {

    public Epochs {
        Invariants.check(length >= 1, "an epoch has at least one block");
    }

    /**
     * The epoch of a height.
     *
     * @param height 1 or more
     */
    public long epochOf(long height) {
        Invariants.check(height >= 1, "heights start with 1");
        return (height - 1) / length;
    }

    /** The first height of an epoch. */
    public long firstHeight(long epoch) {
        return Math.addExact(Math.multiplyExact(epoch, length), 1);
    }

    public boolean isFirst(long height) {
        return (height - 1) % length == 0;
    }

    public boolean isLast(long height) {
        return height % length == 0;
    }
}
