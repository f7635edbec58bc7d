package io.computronium.consensus;

import io.computronium.primitives.bft.Evidence;
import io.computronium.primitives.bft.Proposal;
import io.computronium.primitives.bft.ValidatorSet;
import io.computronium.primitives.bft.VoteKind;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What validators have said in one round. */
final class Round {

    private final VoteTally prevotes;
    private final VoteTally precommits;
    private @Nullable Proposal proposal;
    private long proposalMillis;
    private boolean proposerAccused;

    Round(long height, int round, ValidatorSet validators) {
        prevotes = new VoteTally(VoteKind.PREVOTE, height, round, validators);
        precommits = new VoteTally(VoteKind.PRECOMMIT, height, round, validators);
    }

    VoteTally prevotes() {
        return prevotes;
    }

    VoteTally precommits() {
        return precommits;
    }

    VoteTally votes(VoteKind kind) {
        return switch (kind) {
            case PREVOTE -> prevotes;
            case PRECOMMIT -> precommits;
        };
    }

    /** Who voted for anything at all. */
    BitSet voters() {
        BitSet voters = prevotes.voters();
        voters.or(precommits.voters());
        return voters;
    }

    boolean hasVoteOf(int validatorIndex) {
        return prevotes.hasVoteOf(validatorIndex) || precommits.hasVoteOf(validatorIndex);
    }

    int held() {
        return prevotes.held() + precommits.held() + (proposal == null ? 0 : 1);
    }

    @Nullable Proposal proposal() {
        return proposal;
    }

    /** When the proposal came. */
    long proposalMillis() {
        return proposalMillis;
    }

    /**
     * Keeps the first proposal of the round's proposer.
     *
     * @return the first proof that the proposer contradicts itself, if this is it
     */
    Optional<Evidence> propose(Proposal offered, long atMillis) {
        Proposal earlier = proposal;
        if (earlier == null) {
            proposal = offered;
            proposalMillis = atMillis;
            return Optional.empty();
        }
        boolean same =
                earlier.blockId().equals(offered.blockId())
                        && earlier.polRound() == offered.polRound();
        if (same || proposerAccused) {
            return Optional.empty();
        }
        proposerAccused = true;
        return Optional.of(Evidence.DuplicateProposal.of(earlier, offered));
    }
}
