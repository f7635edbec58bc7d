package io.computronium.consensus;

import io.computronium.primitives.Hash;
import io.computronium.primitives.Invariants;
import org.jspecify.annotations.Nullable;

/**
 * The block that a validator last precommitted at a height, and the round of it (lockedValue and
 * lockedRound of the paper). It goes with every message to be signed, so that the signer's file
 * alone is enough to rule out amnesia.
 *
 * @param round -1: no lock
 * @param blockId null exactly when there is no lock
 */
public record Lock(int round, @Nullable Hash blockId) {

    public static final Lock NONE = new Lock(-1, null);

    public Lock {
        Invariants.check(round >= -1, "a lock's round is -1 or more");
        Invariants.check((round == -1) == (blockId == null), "a lock has both round and block");
    }
}
