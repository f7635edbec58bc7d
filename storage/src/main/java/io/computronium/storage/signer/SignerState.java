package io.computronium.storage.signer;

import io.computronium.primitives.Hash;
import org.jspecify.annotations.Nullable;

/**
 * The last thing that this validator signed, or was about to sign.
 *
 * @param blockId the block proposed or voted for; null for a vote for nil
 * @param signBytesHash plain SHA-256 of what is signed
 * @param lockedRound the round of the lock held when signing; -1 for none
 * @param lockedBlockId the block locked on; null for none
 */
public record SignerState(
        long height,
        int round,
        SignerStep step,
        @Nullable Hash blockId,
        Hash signBytesHash,
        int lockedRound,
        @Nullable Hash lockedBlockId) {

    public SignerState {
        if (height < 0 || round < 0 || lockedRound < -1) {
            throw new IllegalArgumentException("signer state out of bounds");
        }
        if ((lockedRound == -1) != (lockedBlockId == null)) {
            throw new IllegalArgumentException("a lock has a round and a block");
        }
    }

    /** Whether this is for an earlier height, round or step than {@code other}. */
    public boolean isBefore(SignerState other) {
        if (height != other.height) {
            return height < other.height;
        }
        if (round != other.round) {
            return round < other.round;
        }
        return step.compareTo(other.step) < 0;
    }
}
