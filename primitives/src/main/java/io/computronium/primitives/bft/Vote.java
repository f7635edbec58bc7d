package io.computronium.primitives.bft;

import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.Signature;
import org.jspecify.annotations.Nullable;

/**
 * A validator's signed prevote or precommit.
 *
 * @param height from 1
 * @param round from 0
 * @param blockId null: nil
 * @param validatorIndex place in the validator set of {@code height}; not signed, but checked
 *     through the key that the signature must fit
 */
public record Vote(
        VoteKind kind,
        long height,
        int round,
        @Nullable Hash blockId,
        int validatorIndex,
        Signature signature) {

    public Vote {
        MalformedDataException.unless(height > 0, "vote.height: 1 or more expected");
        MalformedDataException.unless(round >= 0, "vote.round: over 31 bits");
        MalformedDataException.unless(validatorIndex >= 0, "vote.validatorIndex: over 31 bits");
    }

    /** The bytes that the signature must be over. */
    public byte[] signBytes(ChainIdentity chain) {
        return SignBytes.vote(chain, kind, height, round, blockId);
    }
}
