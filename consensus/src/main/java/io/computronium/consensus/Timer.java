package io.computronium.consensus;

/**
 * The name of a timer. One that is set again under the same name replaces the older. Expiries that
 * no longer matter are ignored, so a driver need not cancel any; it may forget all of older
 * heights.
 */
public record Timer(Kind kind, long height, int round) {

    public enum Kind {
        /** The block of this round is to be closed: a builder's turn (D9). */
        CLOSE,
        /** The height's time has come (D9). The round is the one that the height begins with. */
        ENTER,
        /** No complete block in time (L57). */
        PROPOSE,
        /** Execution took too long (D11). */
        VERDICT,
        /** Prevotes of a quorum, yet no agreement among them (L61). */
        PREVOTE,
        /** Precommits of a quorum, yet no agreement among them (L65). */
        PRECOMMIT
    }
}
