package io.computronium.consensus;

import static io.computronium.consensus.Four.A;
import static io.computronium.consensus.Four.B;
import static io.computronium.consensus.Four.arrived;
import static io.computronium.consensus.Four.decide;
import static io.computronium.consensus.Four.entered;
import static io.computronium.consensus.Four.facts;
import static io.computronium.consensus.Four.fired;
import static io.computronium.consensus.Four.judged;
import static io.computronium.consensus.Four.lock;
import static io.computronium.consensus.Four.precommit;
import static io.computronium.consensus.Four.precommitted;
import static io.computronium.consensus.Four.prevote;
import static io.computronium.consensus.Four.prevoted;
import static io.computronium.consensus.Four.proposed;
import static io.computronium.consensus.Four.timer;
import static io.computronium.consensus.Step.DECIDED;
import static io.computronium.consensus.Step.NEW_HEIGHT;
import static io.computronium.consensus.Step.PRECOMMIT;
import static io.computronium.consensus.Step.PREVOTE;
import static io.computronium.consensus.Step.PROPOSE;
import static io.computronium.consensus.Verdict.INVALID;
import static io.computronium.consensus.Verdict.VALID;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rules of Algorithm 1 (arXiv 1807.04938), row by row. We are validator 3 if not said
 * otherwise.
 */
class AlgorithmTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource({"rounds", "prevotes", "precommits", "decisions"})
    void follows(Scenario scenario) {
        scenario.play();
    }

    static Stream<Scenario> rounds() {
        return Stream.of(
                Scenario.of("a height in which all goes well", 3)
                        .row(
                                "L11, L21: round 0 begins when the block is due",
                                fired(Timer.Kind.ENTER, 0),
                                entered(0, PROPOSE),
                                timer(Timer.Kind.PROPOSE, 0, 1_000))
                        .row(
                                "a proposal names a block",
                                proposed(0, -1, A),
                                new Effect.FetchBlock(A))
                        .row(
                                "the block is here: execute it, and wait for that (D11)",
                                arrived(facts(A, 0)),
                                new Effect.JudgeBlock(A),
                                timer(Timer.Kind.VERDICT, 0, 2_000))
                        .row(
                                "L22: it is valid and we have no lock",
                                judged(A, VALID),
                                prevote(0, A, Lock.NONE),
                                entered(0, PREVOTE))
                        .row("one prevote", prevoted(0, 0, A))
                        .row("two prevotes", prevoted(0, 1, A))
                        .row(
                                "L36: a quorum: lock and precommit",
                                prevoted(0, 3, A),
                                precommit(0, A, lock(0, A)),
                                entered(0, PRECOMMIT))
                        .row("one precommit", precommitted(0, 0, A))
                        .row("two precommits", precommitted(0, 1, A))
                        .row(
                                "L49: a quorum: decide",
                                precommitted(0, 3, A),
                                entered(0, DECIDED),
                                decide(0, A, 0, 1, 3))
                        .row("a late precommit changes nothing", precommitted(0, 2, A)),
                Scenario.of("L14 to L19: the proposer of round 0", 0)
                        .row(
                                "its block is closed 60 ms before it is due",
                                fired(Timer.Kind.CLOSE, 0, 940),
                                new Effect.BuildBlock(
                                        5,
                                        0,
                                        Four.at(1_000),
                                        Four.certificate(4, 0, Four.PARENT, 0, 1, 2)))
                        .row(
                                "built ahead of time",
                                new Input.BlockBuilt(0, facts(A, 0), Four.at(980)))
                        .row(
                                "proposed as soon as the round begins",
                                fired(Timer.Kind.ENTER, 0),
                                entered(0, PROPOSE),
                                timer(Timer.Kind.PROPOSE, 0, 1_000),
                                new Effect.Propose(5, 0, -1, A, Lock.NONE))
                        .row(
                                "its own proposal needs no execution",
                                proposed(0, -1, A),
                                prevote(0, A, Lock.NONE),
                                entered(0, PREVOTE)),
                Scenario.inRoundZero("L65: no agreement leads to the next round", 3)
                        .given(precommitted(0, 0, A), precommitted(0, 1, null))
                        .row(
                                "L47: precommits of a quorum for this and that",
                                precommitted(0, 2, null),
                                timer(Timer.Kind.PRECOMMIT, 0, 250))
                        .row(
                                "L65, L21: with longer timeouts",
                                fired(Timer.Kind.PRECOMMIT, 0),
                                entered(1, PROPOSE),
                                timer(Timer.Kind.PROPOSE, 1, 1_250))
                        .row("a timer of a round gone by", fired(Timer.Kind.PROPOSE, 0)));
    }

    static Stream<Scenario> prevotes() {
        return Stream.of(
                Scenario.inRoundZero("L57: no proposal in time", 3)
                        .row(
                                "prevote nil",
                                fired(Timer.Kind.PROPOSE, 0),
                                prevote(0, null, Lock.NONE),
                                entered(0, PREVOTE))
                        .row(
                                "the proposal comes after all: kept, for it may yet win",
                                proposed(0, -1, A),
                                new Effect.FetchBlock(A)),
                Scenario.inRoundZero("L57: a proposal without its block in time", 3)
                        .given(proposed(0, -1, A))
                        .row(
                                "prevote nil",
                                fired(Timer.Kind.PROPOSE, 0),
                                prevote(0, null, Lock.NONE),
                                entered(0, PREVOTE)),
                Scenario.inRoundZero("L26: an invalid block", 3)
                        .given(proposed(0, -1, A), arrived(facts(A, 0)))
                        .row(
                                "prevote nil",
                                judged(A, INVALID),
                                prevote(0, null, Lock.NONE),
                                entered(0, PREVOTE)),
                Scenario.inRoundZero("L26: a block on another parent needs no execution", 3)
                        .given(proposed(0, -1, A))
                        .row(
                                "prevote nil",
                                arrived(new BlockFacts(A, 5, B, Four.at(1_000), Four.key(0))),
                                prevote(0, null, Lock.NONE),
                                entered(0, PREVOTE)),
                lockedOnA("L26: locked on A, a new block B")
                        .row(
                                "prevote nil, and still get B: others may agree on it",
                                proposed(1, -1, B),
                                new Effect.FetchBlock(B),
                                prevote(1, null, lock(0, A)),
                                entered(1, PREVOTE)),
                lockedOnA("L22: locked on A, A as a new block by its maker's next turn")
                        .row(
                                "the lock allows it, the block's proposer does not fit",
                                proposed(1, -1, A),
                                prevote(1, null, lock(0, A)),
                                entered(1, PREVOTE)),
                lockedOnA("L28: locked on A, A again with its prevotes")
                        .row(
                                "prevote A: no clock and no proposer to compare",
                                proposed(1, 0, A, 9_000),
                                prevote(1, A, lock(0, A)),
                                entered(1, PREVOTE)),
                lockedOnA("L29: locked on A, B with prevotes of a later round than our lock")
                        .given(
                                precommitted(1, 0, null),
                                precommitted(1, 1, null),
                                precommitted(1, 2, null),
                                fired(Timer.Kind.PRECOMMIT, 1))
                        .given(prevoted(1, 0, B), prevoted(1, 1, B), prevoted(1, 2, B))
                        .given(proposed(2, 1, B), arrived(facts(B, 1)))
                        .row(
                                "L30: the lock gives way",
                                judged(B, VALID),
                                prevote(2, B, lock(0, A)),
                                entered(2, PREVOTE)),
                lockedOnA("L28: polRound without its prevotes")
                        .given(
                                precommitted(1, 0, null),
                                precommitted(1, 1, null),
                                precommitted(1, 2, null),
                                fired(Timer.Kind.PRECOMMIT, 1))
                        .given(prevoted(1, 0, B), prevoted(1, 1, B))
                        .row("not enough", proposed(2, 1, B), new Effect.FetchBlock(B))
                        .row(
                                "L57",
                                fired(Timer.Kind.PROPOSE, 2),
                                prevote(2, null, lock(0, A)),
                                entered(2, PREVOTE)));
    }

    static Stream<Scenario> precommits() {
        return Stream.of(
                prevotedNil("L44: nil prevotes of a quorum")
                        .given(prevoted(0, 0, null), prevoted(0, 1, null))
                        .row(
                                "precommit nil",
                                prevoted(0, 3, null),
                                precommit(0, null, Lock.NONE),
                                entered(0, PRECOMMIT)),
                prevotedNil("L34, L61: prevotes of a quorum for this and that")
                        .given(prevoted(0, 0, A), prevoted(0, 1, B))
                        .row("L34", prevoted(0, 3, null), timer(Timer.Kind.PREVOTE, 0, 250))
                        .row("once a round", prevoted(0, 2, null))
                        .row(
                                "L61",
                                fired(Timer.Kind.PREVOTE, 0),
                                precommit(0, null, Lock.NONE),
                                entered(0, PRECOMMIT)),
                prevotedNil("L36: we prevoted nil and the others A")
                        .given(proposed(0, -1, A), arrived(facts(A, 0)), judged(A, VALID))
                        .given(prevoted(0, 0, A), prevoted(0, 1, A))
                        .row(
                                "lock and precommit all the same",
                                prevoted(0, 2, A),
                                precommit(0, A, lock(0, A)),
                                entered(0, PRECOMMIT)),
                prevotedNil("L36: by votes alone, the proposal never came")
                        .given(prevoted(0, 0, A), prevoted(0, 1, A))
                        .row(
                                "the votes name the block",
                                prevoted(0, 2, A),
                                new Effect.FetchBlock(A),
                                timer(Timer.Kind.PREVOTE, 0, 250))
                        .row("", arrived(facts(A, 0)), new Effect.JudgeBlock(A))
                        .row(
                                "lock and precommit",
                                judged(A, VALID),
                                precommit(0, A, lock(0, A)),
                                entered(0, PRECOMMIT)),
                Scenario.inRoundZero("L36 waits for our prevote", 3)
                        .given(proposed(0, -1, A), prevoted(0, 0, A), prevoted(0, 1, A))
                        .given(prevoted(0, 2, A), arrived(facts(A, 0)))
                        .row(
                                "both follow at once",
                                judged(A, VALID),
                                prevote(0, A, Lock.NONE),
                                entered(0, PREVOTE),
                                precommit(0, A, lock(0, A)),
                                entered(0, PRECOMMIT)));
    }

    static Stream<Scenario> decisions() {
        return Stream.of(
                Scenario.of("L49: before we have entered the height", 3)
                        .given(precommitted(0, 0, A))
                        .row(
                                "L55: others are in round 0 already",
                                precommitted(0, 1, A),
                                entered(0, PROPOSE),
                                timer(Timer.Kind.PROPOSE, 0, 1_000))
                        .row(
                                "the votes name the block",
                                precommitted(0, 2, A),
                                new Effect.FetchBlock(A),
                                timer(Timer.Kind.PRECOMMIT, 0, 250))
                        .row("", arrived(facts(A, 0)), new Effect.JudgeBlock(A))
                        .row(
                                "decided without a vote of ours",
                                judged(A, VALID),
                                entered(0, DECIDED),
                                decide(0, A, 0, 1, 2)),
                lockedOnA("L49: in an earlier round")
                        .row(
                                "the third precommit of round 0 comes in round 1",
                                precommitted(0, 0, A),
                                entered(1, DECIDED),
                                decide(0, A, 0, 1, 3)),
                Scenario.of("a certificate from a peer that is ahead", 3)
                        .row(
                                "all its votes at once, in a round far away",
                                new Input.CommitArrived(
                                        Four.certificate(5, 9, A, 0, 1, 2), Four.at(1_000)),
                                new Effect.FetchBlock(A),
                                entered(9, PROPOSE),
                                timer(Timer.Kind.PROPOSE, 9, 3_250),
                                timer(Timer.Kind.PRECOMMIT, 9, 2_500))
                        .row("", arrived(facts(A, 9)), new Effect.JudgeBlock(A))
                        .row("", judged(A, VALID), entered(9, DECIDED), decide(9, A, 0, 1, 2)),
                Scenario.of("the first step of a height", 3)
                        .row(
                                "of the next one, on time",
                                Four.start(6, A, Four.certificate(5, 0, A, 0, 1, 2), 1_200, null),
                                new Effect.StepEntered(6, 0, NEW_HEIGHT),
                                new Effect.StepEntered(6, 0, PROPOSE),
                                new Effect.SetTimer(new Timer(Timer.Kind.PROPOSE, 6, 0), 1_000)));
    }

    /** We have prevoted nil in round 0. */
    private static Scenario prevotedNil(String name) {
        return Scenario.inRoundZero(name, 3).given(fired(Timer.Kind.PROPOSE, 0));
    }

    /** We are in round 1, locked on A since round 0, which ended without a decision. */
    private static Scenario lockedOnA(String name) {
        return Scenario.inRoundZero(name, 3)
                .given(proposed(0, -1, A), arrived(facts(A, 0)), judged(A, VALID))
                .given(prevoted(0, 3, A), prevoted(0, 0, A), prevoted(0, 1, A))
                .given(precommitted(0, 3, A), precommitted(0, 1, A), precommitted(0, 2, null))
                .given(fired(Timer.Kind.PRECOMMIT, 0));
    }
}
