package io.computronium.primitives.bft;

import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.Signature;

/**
 * A proposer's signed choice of block for one round. The block travels beside it.
 *
 * @param polRound the round of the 2/3 prevotes that the proposer re-proposes by, or {@link
 *     #NO_POL_ROUND}
 */
public record Proposal(long height, int round, int polRound, Hash blockId, Signature signature) {

    public static final int NO_POL_ROUND = -1;

    public Proposal {
        MalformedDataException.unless(height > 0, "proposal.height: 1 or more expected");
        MalformedDataException.unless(round >= 0, "proposal.round: over 31 bits");
        MalformedDataException.unless(
                polRound >= NO_POL_ROUND && polRound < round,
                "proposal.polRound: -1 to round - 1 expected");
    }

    /** The bytes that the signature must be over. */
    public byte[] signBytes(ChainIdentity chain) {
        return SignBytes.proposal(chain, height, round, polRound, blockId);
    }
}
