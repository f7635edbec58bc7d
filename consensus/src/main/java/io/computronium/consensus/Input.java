package io.computronium.consensus;

import io.computronium.primitives.Hash;
import io.computronium.primitives.NodeId;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.bft.Proposal;
import io.computronium.primitives.bft.ValidatorSet;
import io.computronium.primitives.bft.Vote;
import io.computronium.primitives.bft.VoteKind;
import org.jspecify.annotations.Nullable;

/**
 * Every way into the core. What is signed has been verified by the sender of the input; whether it
 * fits the height and the round, and comes from who may say it, is the core's to check. What does
 * not fit is dropped without a word.
 */
public sealed interface Input {

    /**
     * When it happened, by this node's wall clock, in milliseconds since 1970: for a message, its
     * arrival from the network. It is logged with the input, so that a replay sees the same time.
     */
    long atMillis();

    /**
     * Begins a height: after the decision of the one before, or after a jump by block sync.
     *
     * @param height over every height started before
     * @param validators who decides this height
     * @param order the proposers of the height's epoch, of the same set
     * @param parameters in force at this height
     * @param targetMillis when the block is due ({@link GridPacing#targetMillis})
     * @param restored null unless this validator voted at this height and lost its inputs
     */
    record StartHeight(
            long height,
            Parent parent,
            ValidatorSet validators,
            ProposerOrder order,
            ConsensusParameters parameters,
            long targetMillis,
            @Nullable Restored restored,
            long atMillis)
            implements Input {}

    /** What happens while a height is in progress. Before the first height all of it is dropped. */
    sealed interface InHeight extends Input {}

    /** A proposal, signed by the proposer of its height and round; also our own, once signed. */
    record ProposalArrived(Proposal proposal, long atMillis) implements InHeight {}

    /**
     * A vote, signed by the validator at its index; also our own, once signed. Votes of the height
     * before, of this one and of the next are of use.
     */
    record VoteArrived(Vote vote, long atMillis) implements InHeight {}

    /** A valid certificate of the current height, from a peer that is ahead (D7). */
    record CommitArrived(CommitCertificate commit, long atMillis) implements InHeight {}

    /**
     * A block of the current height is here as a whole. Dropped unless a proposal or a quorum has
     * named it; {@code FetchBlock} asks when one does.
     */
    record BlockArrived(BlockFacts block, long atMillis) implements InHeight {}

    /** The answer to {@code BuildBlock}. The block counts as judged valid. */
    record BlockBuilt(int round, BlockFacts block, long atMillis) implements InHeight {}

    /** The answer to {@code JudgeBlock}. */
    record BlockJudged(Hash blockId, Verdict verdict, long atMillis) implements InHeight {}

    /**
     * A peer says that it holds votes of a quorum for one block, or for nil (D4).
     *
     * @param blockId null: nil
     */
    record Maj23Claimed(
            NodeId peer,
            VoteKind kind,
            long height,
            int round,
            @Nullable Hash blockId,
            long atMillis)
            implements InHeight {}

    /** A timer's delay is over. The core believes it and does not compare clocks. */
    record TimerFired(Timer timer, long atMillis) implements InHeight {}

    /**
     * The write-ahead log has been replayed, and the effects on the way were thrown away. Makes the
     * core ask once more for everything that is still unanswered.
     *
     * <p>A replay may fall short of what was known before the crash, since blocks that are not on
     * disk are left out of it. Lock and round are then those of the signer's file.
     *
     * @param signed what the signer's file says of this height; null: nothing
     */
    record Resumed(@Nullable Restored signed, long atMillis) implements InHeight {}
}
