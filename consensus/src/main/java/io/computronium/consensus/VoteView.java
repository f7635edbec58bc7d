package io.computronium.consensus;

import io.computronium.primitives.Hash;
import io.computronium.primitives.bft.Vote;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The votes of one kind in one round, for the gossip that repairs losses. A live view on the core:
 * to be read on the core's thread between two steps. The bit sets are fresh copies.
 */
public interface VoteView {

    /** Who voted for something: the bits of {@code HasVote}. */
    BitSet voters();

    /**
     * Who voted for this block: the bits of {@code VoteBits}. Differs from a part of {@link
     * #voters()} for equivocators only.
     *
     * @param blockId null: nil
     */
    BitSet votersFor(@Nullable Hash blockId);

    /** The vote of a validator that counts, the first to arrive. */
    Optional<Vote> vote(int validatorIndex);

    /**
     * The vote of a validator for this block.
     *
     * @param blockId null: nil
     */
    Optional<Vote> voteFor(@Nullable Hash blockId, int validatorIndex);

    /** What a quorum voted for, to be claimed before peers. */
    Optional<Majority> majority();

    /**
     * @param blockId null: nil
     */
    record Majority(@Nullable Hash blockId) {}
}
