package io.computronium.consensus;

import static io.computronium.consensus.Four.A;
import static io.computronium.consensus.Four.B;
import static io.computronium.consensus.Four.arrived;
import static io.computronium.consensus.Four.at;
import static io.computronium.consensus.Four.claimed;
import static io.computronium.consensus.Four.facts;
import static io.computronium.consensus.Four.fired;
import static io.computronium.consensus.Four.judged;
import static io.computronium.consensus.Four.precommitted;
import static io.computronium.consensus.Four.prevoted;
import static io.computronium.consensus.Four.proposal;
import static io.computronium.consensus.Four.proposed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.BrokenInvariantException;
import io.computronium.primitives.Hash;
import io.computronium.primitives.bft.Evidence;
import io.computronium.primitives.bft.Proposal;
import io.computronium.primitives.bft.Vote;
import io.computronium.primitives.bft.VoteKind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Input that is well signed and out of place: dropped without an effect. We are validator 3. */
class BadInputTest {

    record Case(String what, Input input) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Case> misfits() {
        Vote vote = Four.vote(VoteKind.PREVOTE, 0, 0, A);
        return Stream.of(
                new Case("height gone by", arrived(Four.voteAt(3, VoteKind.PRECOMMIT, 0, 0, A))),
                new Case("height ahead", arrived(Four.voteAt(7, VoteKind.PREVOTE, 0, 0, A))),
                new Case("height at the end of time", arrived(farVote())),
                new Case(
                        "parent, other round",
                        arrived(Four.voteAt(4, VoteKind.PRECOMMIT, 1, 3, Four.PARENT))),
                new Case(
                        "parent, prevote",
                        arrived(Four.voteAt(4, VoteKind.PREVOTE, 0, 3, Four.PARENT))),
                new Case(
                        "index beyond the set",
                        arrived(new Vote(VoteKind.PREVOTE, 5, 0, A, 4, vote.signature()))),
                new Case(
                        "index beyond the set, next height",
                        arrived(new Vote(VoteKind.PREVOTE, 6, 0, A, 4, vote.signature()))),
                new Case(
                        "index beyond the set, parent",
                        arrived(new Vote(VoteKind.PRECOMMIT, 4, 0, A, 4, vote.signature()))),
                new Case("proposal of a round far ahead", proposed(2, -1, A)),
                new Case(
                        "proposal of another height",
                        new Input.ProposalArrived(
                                new Proposal(4, 0, -1, A, vote.signature()), at(900))),
                new Case("block that nothing names", arrived(facts(A, 0))),
                new Case("verdict that nobody asked for", judged(A, Verdict.VALID)),
                new Case("built block that nobody asked for", built()),
                new Case("claim of a round far ahead", claimed(1, VoteKind.PREVOTE, 2, A)),
                new Case(
                        "certificate of another height",
                        new Input.CommitArrived(Four.certificate(4, 0, A, 0, 1, 2), at(900))),
                new Case("timer of another round", fired(Timer.Kind.PROPOSE, 1)),
                new Case("timer that was not set", fired(Timer.Kind.PRECOMMIT, 0)),
                new Case(
                        "timer of another height",
                        new Input.TimerFired(new Timer(Timer.Kind.PROPOSE, 4, 0), at(900))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misfits")
    void isDropped(Case misfit) {
        Scenario.inRoundZero(misfit.what(), 3).row(misfit.what(), misfit.input()).play();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misfits")
    void isDroppedBeforeTheFirstHeight(Case misfit) {
        Scenario.idle(misfit.what(), 3).row(misfit.what(), misfit.input()).play();
    }

    @Test
    void secondProposalIsEvidenceOnce() {
        Scenario.inRoundZero("equivocating proposer", 3)
                .given(proposed(0, -1, A))
                .row("the same again", proposed(0, -1, A))
                .row(
                        "another",
                        proposed(0, -1, B),
                        new Effect.FoundEvidence(
                                Evidence.DuplicateProposal.of(
                                        proposal(0, -1, A), proposal(0, -1, B))))
                .row("and another", proposed(0, -1, Four.filled(0xcc)))
                .play();
    }

    /** The decided round's precommits are still watched when the next height is under way. */
    @Test
    void lateContradictionIsEvidence() {
        var counted = Four.voteAt(4, VoteKind.PRECOMMIT, 0, 0, Four.PARENT);
        var nil = Four.voteAt(4, VoteKind.PRECOMMIT, 0, 0, null);
        Scenario.inRoundZero("equivocation at the parent", 3)
                .row(
                        "a precommit for nil besides",
                        arrived(nil),
                        new Effect.FoundEvidence(Evidence.DuplicateVote.of(counted, nil)))
                .play();
    }

    /** A certificate holds a precommit of someone who told us something else before. */
    @Test
    void contradictionInACertificateIsEvidence() {
        var told = Four.vote(VoteKind.PRECOMMIT, 0, 0, B);
        var certified = Four.vote(VoteKind.PRECOMMIT, 0, 0, A);
        Scenario.inRoundZero("equivocation in a certificate", 3)
                .given(arrived(told))
                .row(
                        "evidence",
                        new Input.CommitArrived(Four.certificate(5, 0, A, 0, 1, 2), at(1_100)),
                        new Effect.FoundEvidence(Evidence.DuplicateVote.of(told, certified)),
                        new Effect.FetchBlock(A),
                        Four.timer(Timer.Kind.PRECOMMIT, 0, 250))
                .play();
    }

    @Test
    void heightsOnlyRise() {
        var core = Scenario.of("a driver's mistake", 3).play();
        assertThrows(BrokenInvariantException.class, () -> core.step(Four.start()));
    }

    /** One faulty validator of four, saying whatever it likes, takes nobody out of round 0. */
    @Test
    void oneValidatorAloneMovesNobody() {
        var core = Scenario.inRoundZero("flood", 3).play();
        for (int round = 0; round < 1_000; round++) {
            for (Hash id : List.of(A, B)) {
                core.step(prevoted(round, 0, id));
                core.step(precommitted(round, 0, id));
            }
        }
        assertEquals(0, core.round());
        assertEquals(Step.PROPOSE, core.step());
        assertTrue(core.votes(4, VoteKind.PREVOTE).isEmpty(), "rounds 0 to 3 and no more");
        assertTrue(core.votes(3, VoteKind.PREVOTE).isPresent());
    }

    private static Vote farVote() {
        return new Vote(
                VoteKind.PRECOMMIT,
                Long.MAX_VALUE,
                Integer.MAX_VALUE,
                A,
                Integer.MAX_VALUE,
                Four.signature(0));
    }

    private static Input.BlockBuilt built() {
        return new Input.BlockBuilt(0, facts(A, 0), at(900));
    }
}
