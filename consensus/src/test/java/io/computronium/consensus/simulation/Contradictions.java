package io.computronium.consensus.simulation;

import io.computronium.consensus.BftCore;
import io.computronium.consensus.Effect;
import io.computronium.consensus.Input;
import io.computronium.primitives.bft.Evidence;
import io.computronium.primitives.bft.Proposal;
import io.computronium.primitives.bft.Vote;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** INV-10: whoever says two things to one core in one height is found out, in that moment. */
final class Contradictions {

    /** Whom evidence was found against: lists of round, kind and index. */
    private final Set<List<Object>> accused = new HashSet<>();

    /** Takes an input to the core, and looks whether it noticed. */
    List<Effect> step(BftCore core, Input input) {
        if (input instanceof Input.StartHeight) {
            accused.clear();
        }
        List<Object> contradicted = contradicted(core, input);
        List<Effect> effects = core.step(input);
        for (Effect effect : effects) {
            if (effect instanceof Effect.FoundEvidence(Evidence evidence)) {
                accused.add(nameOf(evidence));
            }
        }
        if (contradicted != null && !accused.contains(contradicted)) {
            throw new Violation("INV-10", "nobody minds two messages: " + input);
        }
        return effects;
    }

    private static @Nullable List<Object> contradicted(BftCore core, Input input) {
        return switch (input) {
            case Input.VoteArrived(Vote vote, long at)
                    when vote.height() == core.height()
                            && core.votes(vote.round(), vote.kind())
                                    .flatMap(view -> view.vote(vote.validatorIndex()))
                                    .filter(v -> !Objects.equals(v.blockId(), vote.blockId()))
                                    .isPresent() ->
                    List.of(vote.round(), vote.kind(), vote.validatorIndex());
            case Input.ProposalArrived(Proposal proposal, long at)
                    when proposal.height() == core.height()
                            && core.proposal(proposal.round())
                                    .filter(p ->
                                            !p.blockId().equals(proposal.blockId())
                                                    || p.polRound() != proposal.polRound())
                                    .isPresent() ->
                    List.of(proposal.round());
            default -> null;
        };
    }

    private static List<Object> nameOf(Evidence evidence) {
        return switch (evidence) {
            case Evidence.DuplicateVote(Vote first, Vote second) ->
                    List.of(first.round(), first.kind(), first.validatorIndex());
            case Evidence.DuplicateProposal(Proposal first, Proposal second) ->
                    List.of(first.round());
        };
    }
}
