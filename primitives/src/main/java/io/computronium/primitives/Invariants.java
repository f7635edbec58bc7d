package io.computronium.primitives;

/**
 * Checks that are always on. What they check can only fail through a defect of ours, never through
 * input; a node that meets one stops and does not sign again.
 */
public final class Invariants {

    private Invariants() {}

    /**
     * Demands that {@code holds}.
     *
     * @param statement what should have been true, as a constant string
     * @throws BrokenInvariantException if it does not
     */
    public static void check(boolean holds, String statement) {
        if (!holds) {
            throw new BrokenInvariantException(statement);
        }
    }
}
