package io.computronium.p2p.message;

import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.bft.Evidence;
import io.computronium.primitives.bft.Proposal;
import io.computronium.primitives.bft.SignerBits;
import io.computronium.primitives.bft.Vote;
import io.computronium.primitives.bft.VoteKind;
import org.jspecify.annotations.Nullable;

/**
 * Votes, proposals, and what repairs their loss: a node says where it stands and what it holds, and
 * whoever holds more sends the difference.
 */
public sealed interface ConsensusGossip extends PeerMessage {

    /** The parts of a round, in their order. */
    enum RoundStep {
        PROPOSE,
        PREVOTE,
        PRECOMMIT
    }

    /** A signed choice of block; the block itself follows as {@link BlockGossip.CompactBlock}. */
    record ProposalGossip(Proposal proposal) implements ConsensusGossip {}

    record VoteGossip(Vote vote) implements ConsensusGossip {}

    /**
     * Where the sender stands.
     *
     * @param height the one being decided
     * @param lastCommitRound the round that decided the height before, or {@link #NO_COMMIT}
     */
    record NewStep(long height, int round, RoundStep step, int lastCommitRound)
            implements ConsensusGossip {

        /** At height 1 there is no commit before. */
        public static final int NO_COMMIT = -1;

        public NewStep {
            requireRound(height, round);
            MalformedDataException.unless(
                    lastCommitRound >= NO_COMMIT, "newStep.lastCommitRound: -1 or more expected");
        }
    }

    /** The sender holds this vote, so it need not be sent to it. */
    record HasVote(long height, int round, VoteKind kind, int validatorIndex)
            implements ConsensusGossip {
        public HasVote {
            requireRound(height, round);
            MalformedDataException.unless(validatorIndex >= 0, "hasVote.validatorIndex: negative");
        }
    }

    /**
     * The sender has seen a quorum of this kind for this block.
     *
     * @param blockId null: nil
     */
    record Maj23(long height, int round, VoteKind kind, @Nullable Hash blockId)
            implements ConsensusGossip {
        public Maj23 {
            requireRound(height, round);
        }
    }

    /**
     * Which votes for this block the sender holds.
     *
     * @param blockId null: nil
     * @param voters bits over the set of {@code height}; the receiver checks the length
     */
    record VoteBits(
            long height, int round, VoteKind kind, @Nullable Hash blockId, SignerBits voters)
            implements ConsensusGossip {
        public VoteBits {
            requireRound(height, round);
        }
    }

    /** Asks for the certificate of a height that the sender believes final. */
    record CommitRequest(long height) implements ConsensusGossip {
        public CommitRequest {
            requireHeight(height);
        }
    }

    record CommitResponse(CommitCertificate certificate) implements ConsensusGossip {}

    /** Proof that a validator contradicted itself, for whoever proposes next. */
    record EvidenceGossip(Evidence evidence) implements ConsensusGossip {}

    private static void requireRound(long height, int round) {
        requireHeight(height);
        MalformedDataException.unless(round >= 0, "round: over 31 bits");
    }

    private static void requireHeight(long height) {
        MalformedDataException.unless(height > 0, "height: 1 or more expected");
    }
}
