package io.computronium.consensus;

/** Where a height stands. PROPOSE to PRECOMMIT are the steps of a round (L10). */
public enum Step {
    /** Waiting for the height's time to come (D9). */
    NEW_HEIGHT,
    PROPOSE,
    PREVOTE,
    PRECOMMIT,
    /** Decided; waiting for the next height to be started. */
    DECIDED
}
