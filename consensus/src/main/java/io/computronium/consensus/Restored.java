package io.computronium.consensus;

import io.computronium.primitives.Invariants;

/**
 * What is known of a height that this validator voted in before, when the inputs that led there are
 * lost: only what the signer's file holds. Not for a replay of the write-ahead log, which starts
 * from nothing and finds the same state again.
 *
 * @param round the first round that this validator has certainly not voted in; the height begins
 *     there
 * @param lock of a round before {@code round}
 */
public record Restored(int round, Lock lock) {
    public Restored {
        Invariants.check(round >= 0 && lock.round() < round, "the lock is older than the round");
    }
}
