package io.computronium.consensus;

import io.computronium.primitives.Invariants;

/**
 * What is known of a height that this validator voted in before, when the inputs that led there are
 * lost: only what the signer's file holds. Not for a replay of the write-ahead log, which starts
 * from nothing and finds the same state again.
 *
 * <p>The message that was signed last should be fed back next, as {@code ProposalArrived} or {@code
 * VoteArrived}: the others may not have it, and cannot leave the round without it.
 *
 * @param round of the message that was signed last; the height begins there
 * @param lock of {@code round} or before
 */
public record Restored(int round, Lock lock) {
    public Restored {
        Invariants.check(round >= 0 && lock.round() <= round, "nobody locks in a later round");
    }
}
