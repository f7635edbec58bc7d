package io.computronium.consensus.simulation;

/** An invariant of {@code docs/consensus.md} does not hold. */
final class Violation extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String invariant;

    Violation(String invariant, String what) {
        super(invariant + ": " + what);
        this.invariant = invariant;
    }

    /** Its name, as {@code INV-1}. */
    String invariant() {
        return invariant;
    }
}
