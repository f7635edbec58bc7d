package io.computronium.consensus;

import io.computronium.primitives.Hash;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.bft.Evidence;
import io.computronium.primitives.bft.VoteKind;
import org.jspecify.annotations.Nullable;

/**
 * Every way out of the core. Effects of one step are to be carried out in the order of the list.
 */
public sealed interface Effect {

    /**
     * It is our turn to propose soon: filling a block may begin. {@code BuildBlock} follows at
     * {@code closeAtMillis} by the wall clock, unless the round is overtaken by then. No answer.
     */
    record OpenBlock(long height, int round, long timeMillis, long closeAtMillis)
            implements Effect {}

    /**
     * Close and execute a block; answer with {@code BlockBuilt}. At once: the block is wanted now,
     * or {@link ConsensusParameters#closeBeforeTargetMillis} from now.
     *
     * @param timeMillis the header's time
     * @param lastCommit for the header, with all late precommits (D6); null at height 1 only
     */
    record BuildBlock(
            long height, int round, long timeMillis, @Nullable CommitCertificate lastCommit)
            implements Effect {}

    /** What we have to say, and only may once the signer agrees. */
    sealed interface Message extends Effect {}

    /**
     * Sign and spread a proposal, then feed it back as {@code ProposalArrived}. Inputs so far must
     * be on disk before it leaves.
     *
     * @param lock for the signer's file
     */
    record Propose(long height, int round, int polRound, Hash blockId, Lock lock)
            implements Message {}

    /**
     * Sign and spread a vote, then feed it back as {@code VoteArrived}. Inputs so far must be on
     * disk before it leaves, and before a precommit for a block that block too. If the signer
     * refuses, nothing is fed back.
     *
     * @param blockId null: nil
     * @param lock for the signer's file; a precommit for a block is its own lock
     */
    record CastVote(VoteKind kind, long height, int round, @Nullable Hash blockId, Lock lock)
            implements Message {}

    /** Execute this block, which is here; answer with {@code BlockJudged}. */
    record JudgeBlock(Hash blockId) implements Effect {}

    /** Get this block, which a proposal or a quorum has named; answer with {@code BlockArrived}. */
    record FetchBlock(Hash blockId) implements Effect {}

    /**
     * Feed back {@code TimerFired} after the delay.
     *
     * @param delayMillis from {@link Input#atMillis} of the input that caused this, on a clock that
     *     nobody sets; 1 or more
     */
    record SetTimer(Timer timer, long delayMillis) implements Effect {}

    /** For gossip and metrics. */
    record StepEntered(long height, int round, Step step) implements Effect {}

    /** The block is final: store the certificate, commit, then start the next height. */
    record Decide(long height, Hash blockId, CommitCertificate commit) implements Effect {}

    /**
     * Feed this message again: it came before its height, and was kept until now. Fed again it is
     * in the log of its own height, where a replay finds it; else a validator that precommitted by
     * early prevotes would forget its lock in a crash.
     */
    record FeedAgain(Input.InHeight message) implements Effect {}

    /** A validator signed two different messages for one step. */
    record FoundEvidence(Evidence evidence) implements Effect {}

    /** Our clock is so far behind the chain's that we let our turn to propose pass: alarm. */
    record ClockBehind(long lagMillis) implements Effect {}

    /**
     * A quorum has precommitted what this node finds invalid (D10): dump the state and stop. The
     * core ignores everything from here on.
     */
    record Halt(String reason) implements Effect {}
}
