package io.computronium.consensus;

import static io.computronium.consensus.Four.A;
import static io.computronium.consensus.Four.arrived;
import static io.computronium.consensus.Four.at;
import static io.computronium.consensus.Four.decide;
import static io.computronium.consensus.Four.entered;
import static io.computronium.consensus.Four.facts;
import static io.computronium.consensus.Four.fired;
import static io.computronium.consensus.Four.judged;
import static io.computronium.consensus.Four.lock;
import static io.computronium.consensus.Four.precommitted;
import static io.computronium.consensus.Four.prevote;
import static io.computronium.consensus.Four.prevoted;
import static io.computronium.consensus.Four.proposed;
import static io.computronium.consensus.Four.timer;
import static io.computronium.consensus.Step.NEW_HEIGHT;
import static io.computronium.consensus.Step.PREVOTE;
import static io.computronium.consensus.Step.PROPOSE;
import static io.computronium.consensus.Verdict.VALID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a core asks for after a replay, in every state that a crash can leave. */
class ResumeTest {

    private static final Input RESUMED = new Input.Resumed(null, at(950));

    @ParameterizedTest(name = "{0}")
    @MethodSource("states")
    void asksAgain(Scenario scenario) {
        scenario.play();
    }

    static Stream<Scenario> states() {
        var commit = Four.certificate(4, 0, Four.PARENT, 0, 1, 2);
        return Stream.of(
                Scenario.of("waiting for the height's time", 3)
                        .row(
                                "what is left of it",
                                RESUMED,
                                entered(0, NEW_HEIGHT),
                                timer(Timer.Kind.ENTER, 0, 50)),
                Scenario.of("waiting for our turn", 0)
                        .row(
                                "too late to wait",
                                RESUMED,
                                entered(0, NEW_HEIGHT),
                                timer(Timer.Kind.ENTER, 0, 50),
                                new Effect.BuildBlock(5, 0, at(1_000), commit)),
                Scenario.of("building", 0)
                        .given(fired(Timer.Kind.CLOSE, 0, 940))
                        .row(
                                "once",
                                RESUMED,
                                entered(0, NEW_HEIGHT),
                                new Effect.BuildBlock(5, 0, at(1_000), commit),
                                timer(Timer.Kind.ENTER, 0, 50)),
                Scenario.inRoundZero("a proposal not yet signed", 0)
                        .given(new Input.BlockBuilt(0, facts(A, 0), at(1_000)))
                        .row(
                                "the same proposal",
                                RESUMED,
                                entered(0, PROPOSE),
                                new Effect.Propose(5, 0, -1, A, Lock.NONE),
                                timer(Timer.Kind.PROPOSE, 0, 1_000)),
                Scenario.inRoundZero("a block not yet here", 3)
                        .given(proposed(0, -1, A))
                        .row(
                                "fetch",
                                RESUMED,
                                entered(0, PROPOSE),
                                new Effect.FetchBlock(A),
                                timer(Timer.Kind.PROPOSE, 0, 1_000)),
                Scenario.inRoundZero("a block not yet executed", 3)
                        .given(proposed(0, -1, A), arrived(facts(A, 0)))
                        .row(
                                "execute",
                                RESUMED,
                                entered(0, PROPOSE),
                                new Effect.JudgeBlock(A),
                                timer(Timer.Kind.PROPOSE, 0, 1_000),
                                timer(Timer.Kind.VERDICT, 0, 2_000)),
                Scenario.inRoundZero("a prevote not yet signed", 3)
                        .given(proposed(0, -1, A), arrived(facts(A, 0)), judged(A, VALID))
                        .row(
                                "the same prevote",
                                RESUMED,
                                entered(0, PREVOTE),
                                prevote(0, A, Lock.NONE),
                                timer(Timer.Kind.PROPOSE, 0, 1_000),
                                timer(Timer.Kind.VERDICT, 0, 2_000)),
                Scenario.inRoundZero("a prevote that was signed", 3)
                        .given(fired(Timer.Kind.PROPOSE, 0), prevoted(0, 3, null))
                        .row("nothing", RESUMED, entered(0, PREVOTE)),
                Scenario.inRoundZero("a decision not yet carried out", 3)
                        .given(proposed(0, -1, A), arrived(facts(A, 0)), judged(A, VALID))
                        .given(precommitted(0, 0, A), precommitted(0, 1, A))
                        .given(precommitted(0, 2, A))
                        .row("decide", RESUMED, decide(0, A, 0, 1, 2)));
    }

    /** The log is lost, the signer's file is not: the height begins with what was signed last. */
    @Test
    void restoredValidatorKeepsItsLock() {
        Scenario.idle("restored", 3)
                .row(
                        "begins in round 2",
                        Four.startAt(1_200, new Restored(2, lock(1, A))),
                        entered(2, NEW_HEIGHT),
                        entered(2, PROPOSE),
                        timer(Timer.Kind.PROPOSE, 2, 1_500))
                .row(
                        "L23: another block",
                        proposed(2, -1, Four.B),
                        new Effect.FetchBlock(Four.B),
                        prevote(2, null, lock(1, A)),
                        entered(2, PREVOTE))
                .play();
    }

    /**
     * What was signed before the crash comes back first, and is not signed again in other words.
     */
    @Test
    void restoredValidatorStandsByItsVote() {
        Scenario.idle("restored", 3)
                .given(Four.startAt(1_200, new Restored(2, Lock.NONE)), prevoted(2, 3, A))
                .row("no vote for nil", fired(Timer.Kind.PROPOSE, 2), entered(2, PREVOTE))
                .play();
    }

    /**
     * Our turn to propose was the round that we are restored in, and we are locked on a block of
     * that very round. Proposing it again would name its own round as polRound, which is no
     * proposal.
     */
    @Test
    void restoredProposerDoesNotProposeByTheRoundItIsIn() {
        Scenario.idle("restored", 2)
                .row(
                        "nothing to say",
                        Four.startAt(1_200, new Restored(2, lock(2, A))),
                        entered(2, NEW_HEIGHT),
                        entered(2, PROPOSE),
                        timer(Timer.Kind.PROPOSE, 2, 1_500))
                .play();
    }

    /**
     * We precommitted A in round 1, which an invalid block had made us prevote nil in round 0 for.
     * That block is not on disk, the replay lacks its verdict, and so stays in round 0 without a
     * lock: B would get our prevote. The signer's file knows better.
     */
    @Test
    void replayThatFallsShortKeepsTheSignersLock() {
        Scenario.inRoundZero("resumed", 3)
                .row(
                        "the round and the lock of what was signed last",
                        new Input.Resumed(new Restored(1, lock(1, A)), at(2_000)),
                        entered(1, PROPOSE),
                        timer(Timer.Kind.PROPOSE, 1, 1_250),
                        entered(1, PROPOSE),
                        timer(Timer.Kind.PROPOSE, 1, 1_250))
                .given(fired(Timer.Kind.PROPOSE, 1), precommitted(1, 0, null))
                .given(precommitted(1, 1, null), precommitted(1, 2, null))
                .given(fired(Timer.Kind.PRECOMMIT, 1))
                .row(
                        "L23: another block",
                        proposed(2, -1, Four.B),
                        new Effect.FetchBlock(Four.B),
                        prevote(2, null, lock(1, A)),
                        entered(2, PREVOTE))
                .play();
    }

    /** Without a seat, all is followed and nothing said. */
    @Test
    void observerDecidesInSilence() {
        var core = new BftCore(null);
        var inputs =
                Stream.of(
                        Four.start(),
                        fired(Timer.Kind.ENTER, 0),
                        proposed(0, -1, A),
                        arrived(facts(A, 0)),
                        judged(A, VALID),
                        prevoted(0, 0, A),
                        prevoted(0, 1, A),
                        prevoted(0, 2, A),
                        precommitted(0, 0, A),
                        precommitted(0, 1, A),
                        precommitted(0, 2, A));
        var effects = inputs.flatMap(input -> core.step(input).stream()).toList();
        assertTrue(effects.stream().noneMatch(Effect.Message.class::isInstance));
        assertEquals(decide(0, A, 0, 1, 2), effects.getLast());
    }
}
