package io.computronium.consensus;

import static io.computronium.consensus.Four.A;
import static io.computronium.consensus.Four.B;
import static io.computronium.consensus.Four.arrived;
import static io.computronium.consensus.Four.at;
import static io.computronium.consensus.Four.claimed;
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
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.Hash;
import io.computronium.primitives.bft.Evidence;
import io.computronium.primitives.bft.VoteKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One test for each deviation from the paper in {@code docs/consensus.md}. We are validator 3. */
class DeviationTest {

    private static final Hash C = Four.filled(0xcc);

    /**
     * Validator 0 prevotes and validator 1 precommits in round 2: neither kind alone blocks,
     * together they do, and one of them is honest. Waiting for either kind, or for a quorum, would
     * leave a validator that lags by a round behind for good (tendermint#7452). A second vote of
     * validator 0 adds nothing.
     */
    @Test
    void d1RoundSkipCountsValidatorsAndNotVotes() {
        Scenario.inRoundZero("D1", 3)
                .row("a prevote", prevoted(2, 0, null))
                .row("a precommit of the same validator", precommitted(2, 0, null))
                .row(
                        "L55: a precommit of another",
                        precommitted(2, 1, null),
                        entered(2, PROPOSE),
                        timer(Timer.Kind.PROPOSE, 2, 1_500))
                .play();
    }

    /**
     * After a power cut the four come back in four rounds. Nobody can get two votes in one round
     * together, but validators 0 and 1 in rounds 2 and 3 show that round 2 has been reached.
     */
    @Test
    void d1RoundSkipCountsVotesOfLaterRoundsToo() {
        Scenario.inRoundZero("D1", 3)
                .row("a vote in round 3", prevoted(3, 0, null))
                .row(
                        "L55: a vote in round 2",
                        prevoted(2, 1, null),
                        entered(2, PROPOSE),
                        timer(Timer.Kind.PROPOSE, 2, 1_500))
                .play();
    }

    /**
     * The proposal of round 1 names A with polRound 0, but of round 0's prevotes only two are here.
     * The third comes last, and has to trigger L28 although it belongs to a round gone by
     * (autonity#615).
     */
    @Test
    void d2LatePrevoteOfPolRoundTriggersLine28() {
        inRoundOneWithoutPrevotes("D2")
                .given(proposed(1, 0, A), arrived(facts(A, 0)), judged(A, VALID))
                .given(prevoted(0, 0, A), prevoted(0, 1, A))
                .row("L28", prevoted(0, 2, A), prevote(1, A, Lock.NONE), entered(1, PREVOTE))
                .play();
    }

    /**
     * We precommitted nil in round 0 by timeout, and then the prevotes for A get complete. That is
     * too late to lock and not too late to remember: as proposer of round 3 we have to propose A
     * again, or a validator locked on A could wait for ever (the hidden lock).
     */
    @Test
    void d3ValidBlockIsNotedAfterPrecommit() {
        Scenario.inRoundZero("D3", 3)
                .given(proposed(0, -1, A), arrived(facts(A, 0)), judged(A, VALID))
                .given(prevoted(0, 0, A), prevoted(0, 1, null), prevoted(0, 3, A))
                .given(fired(Timer.Kind.PREVOTE, 0))
                .row("L42, L43, and nothing to say", prevoted(0, 2, A))
                .given(prevoted(3, 0, null))
                .row(
                        "L16: our turn in round 3",
                        prevoted(3, 1, null),
                        entered(3, PROPOSE),
                        timer(Timer.Kind.PROPOSE, 3, 1_750),
                        new Effect.Propose(5, 3, 0, A, Lock.NONE))
                .play();
    }

    /**
     * We left round 0 before the prevotes for A were complete, somebody else did not and is locked
     * on A. In round 3 we learn of them. A new block of ours would not get that validator's vote,
     * and with an equivocator about no quorum: round after round, until the locked one proposes
     * (malachite#956). The paper notes valid blocks of the round in progress only.
     */
    @Test
    void d3PrevotesOfARoundGoneByAreNoted() {
        inRoundOneWithoutPrevotes("D3")
                .given(prevoted(0, 0, A), prevoted(0, 1, A))
                .row(
                        "the prevotes of round 0 are complete: get the block",
                        prevoted(0, 2, A),
                        new Effect.FetchBlock(A))
                .given(arrived(facts(A, 0)), judged(A, VALID))
                .given(prevoted(3, 0, null))
                .row(
                        "L16: our turn in round 3",
                        prevoted(3, 1, null),
                        entered(3, PROPOSE),
                        timer(Timer.Kind.PROPOSE, 3, 1_750),
                        new Effect.Propose(5, 3, 0, A, Lock.NONE))
                .play();
    }

    /**
     * Validator 0 prevotes A to us and B to the others. Its first vote counts and the second is
     * evidence, once. Unless we count its B when a peer claims a quorum for B, we stay one vote
     * short of a quorum that all others see (malachite#956).
     */
    @Test
    void d4VoteOfEquivocatorCountsForClaimedBlock() {
        var first = Four.vote(VoteKind.PREVOTE, 0, 0, A);
        var second = Four.vote(VoteKind.PREVOTE, 0, 0, B);
        var core =
                Scenario.inRoundZero("D4", 3)
                        .given(proposed(0, -1, B), arrived(facts(B, 0)), judged(B, VALID))
                        .given(arrived(first), prevoted(0, 1, B), prevoted(0, 3, B))
                        .row(
                                "evidence",
                                arrived(second),
                                new Effect.FoundEvidence(Evidence.DuplicateVote.of(first, second)))
                        .row("once", arrived(second))
                        .row("a claim", claimed(1, VoteKind.PREVOTE, 0, B))
                        .row(
                                "L36: gossip brings the vote again",
                                arrived(second),
                                precommit(0, B, lock(0, B)),
                                entered(0, PRECOMMIT))
                        .play();
        VoteView votes = core.votes(0, VoteKind.PREVOTE).orElseThrow();
        assertEquals(first, votes.vote(Four.index(0)).orElseThrow());
        assertEquals(second, votes.voteFor(B, Four.index(0)).orElseThrow());
        assertEquals(3, votes.votersFor(B).cardinality());
        assertEquals(new VoteView.Majority(B), votes.majority().orElseThrow());
    }

    /** One claim a peer: whoever claims everything would make us keep every vote there is. */
    @Test
    void d4OnePeerHasOneClaim() {
        var second = Four.vote(VoteKind.PREVOTE, 0, 0, B);
        var core =
                Scenario.inRoundZero("D4", 3)
                        .given(claimed(1, VoteKind.PREVOTE, 0, C))
                        .given(claimed(1, VoteKind.PREVOTE, 0, B))
                        .given(prevoted(0, 0, A), arrived(second))
                        .play();
        VoteView votes = core.votes(0, VoteKind.PREVOTE).orElseThrow();
        assertTrue(votes.voteFor(B, Four.index(0)).isEmpty());
    }

    /**
     * Nothing but the epoch's order says whose turn it is: each validator once in four rounds, and
     * the next height goes on where this one began.
     */
    @Test
    void d5ProposerIsAFunctionOfHeightAndRound() {
        for (int round = 0; round < 8; round++) {
            assertEquals(
                    Four.ORDER.proposer(5, round + 1),
                    Four.ORDER.proposer(6, round),
                    "the next height is one further");
            assertEquals(Four.ORDER.proposer(5, round), Four.ORDER.proposer(5, round + 4));
        }
    }

    /**
     * The fourth precommit of height 4 comes when height 5 is under way. The slowest of four would
     * be missing from every certificate, and jailed for it, if the proposer did not include it.
     */
    @Test
    void d6LatePrecommitsOfTheParentAreIncluded() {
        Scenario.of("D6", 0)
                .given(arrived(Four.voteAt(4, VoteKind.PRECOMMIT, 0, 3, Four.PARENT)))
                .row(
                        "all four",
                        fired(Timer.Kind.CLOSE, 0, 940),
                        new Effect.BuildBlock(
                                5, 0, at(1_000), Four.certificate(4, 0, Four.PARENT, 0, 1, 2, 3)))
                .play();
    }

    /** What comes after the decision, and before the next height is started, is not lost either. */
    @Test
    void d6PrecommitsBetweenTwoHeightsAreIncluded() {
        var decision = Four.certificate(5, 0, A, 0, 1, 2);
        var core =
                Scenario.inRoundZero("D6", 3)
                        .given(proposed(0, -1, A), arrived(facts(A, 0)), judged(A, VALID))
                        .given(precommitted(0, 0, A), precommitted(0, 1, A))
                        .given(precommitted(0, 2, A), precommitted(0, 3, A))
                        .given(Four.start(6, A, decision, 300, null))
                        .play();
        assertEquals(Four.certificate(5, 0, A, 0, 1, 2, 3), core.lastCommit().orElseThrow());
    }

    /**
     * Votes far ahead are kept for two rounds a validator; more would be memory for whoever asks.
     */
    @Test
    void d6VotesOfLaterRoundsAreBounded() {
        var core =
                Scenario.inRoundZero("D6", 3)
                        .given(prevoted(7, 0, null), prevoted(8, 0, null))
                        .given(prevoted(9, 0, null), precommitted(8, 0, null))
                        .given(prevoted(1, 0, null))
                        .play();
        assertTrue(core.votes(8, VoteKind.PRECOMMIT).orElseThrow().voters().get(Four.index(0)));
        assertTrue(core.votes(1, VoteKind.PREVOTE).orElseThrow().voters().get(Four.index(0)));
        assertTrue(core.votes(9, VoteKind.PREVOTE).isEmpty());
    }

    /**
     * The next height's messages wait for it, those of two rounds. They are then fed and so logged
     * like any other: what a core heard early, and locked by, has to be in the log of that height.
     */
    @Test
    void d6MessagesOfTheNextHeightWait() {
        var early = arrived(Four.voteAt(6, VoteKind.PREVOTE, 0, 0, B));
        var core =
                Scenario.inRoundZero("D6", 3)
                        .given(early)
                        .given(arrived(Four.voteAt(6, VoteKind.PREVOTE, 2, 0, B)))
                        .row(
                                "the first one again",
                                Four.start(6, A, Four.certificate(5, 0, A, 0, 1, 2), 300, null),
                                new Effect.StepEntered(6, 0, NEW_HEIGHT),
                                new Effect.SetTimer(new Timer(Timer.Kind.ENTER, 6, 0), 700),
                                new Effect.FeedAgain(early))
                        .play();
        assertTrue(core.votes(0, VoteKind.PREVOTE).orElseThrow().voters().isEmpty());
        core.step(early);
        assertTrue(core.votes(0, VoteKind.PREVOTE).orElseThrow().voters().get(Four.index(0)));
    }

    /**
     * A certificate holds precommits for its own block alone, whatever else was said in the round.
     */
    @Test
    void d7CertificateHoldsOneBlock() {
        Scenario.inRoundZero("D7", 3)
                .given(proposed(0, -1, A), arrived(facts(A, 0)), judged(A, VALID))
                .given(precommitted(0, 0, null), precommitted(0, 1, A), precommitted(0, 2, A))
                .row(
                        "three of four",
                        precommitted(0, 3, A),
                        entered(0, DECIDED),
                        decide(0, A, 1, 2, 3))
                .play();
    }

    /**
     * Round 0 showed prevotes of a quorum for A. In round 3 it is our turn: we propose A and build
     * nothing, so that its bytes and its time stay what others have prevoted.
     */
    @Test
    void d8ValidBlockIsProposedAgain() {
        Scenario.inRoundZero("D8", 3)
                .given(proposed(0, -1, A), arrived(facts(A, 0)), judged(A, VALID))
                .given(prevoted(0, 0, A), prevoted(0, 1, A), prevoted(0, 3, A))
                .given(prevoted(3, 0, null))
                .row(
                        "L16",
                        prevoted(3, 1, null),
                        entered(3, PROPOSE),
                        timer(Timer.Kind.PROPOSE, 3, 1_750),
                        new Effect.Propose(5, 3, 0, A, lock(0, A)))
                .play();
    }

    /**
     * The height is started 300 ms after its parent and the block is due at 1,000: the proposer
     * opens its block, closes it 60 ms ahead, and waits with the rest for the round to begin.
     */
    @Test
    void d9RoundZeroBeginsOnTheGrid() {
        Scenario.idle("D9", 0)
                .row(
                        "start",
                        Four.startAt(300, null),
                        entered(0, NEW_HEIGHT),
                        timer(Timer.Kind.ENTER, 0, 700),
                        new Effect.OpenBlock(5, 0, at(1_000), at(940)),
                        timer(Timer.Kind.CLOSE, 0, 640))
                .play();
        Scenario.idle("D9", 3)
                .row(
                        "start",
                        Four.startAt(300, null),
                        entered(0, NEW_HEIGHT),
                        timer(Timer.Kind.ENTER, 0, 700))
                .play();
    }

    /** A height that is started late begins at once, and its block keeps the time it was due at. */
    @Test
    void d9LateHeightBeginsAtOnce() {
        Scenario.idle("D9", 0)
                .row(
                        "start",
                        Four.startAt(2_400, null),
                        entered(0, NEW_HEIGHT),
                        entered(0, PROPOSE),
                        timer(Timer.Kind.PROPOSE, 0, 1_000),
                        new Effect.BuildBlock(
                                5, 0, at(1_000), Four.certificate(4, 0, Four.PARENT, 0, 1, 2)))
                .play();
    }

    /**
     * A block time more than 1,500 ms old gives way to the clock's; also if building took so long.
     */
    @Test
    void d9StaleTimeIsReplaced() {
        var commit = Four.certificate(4, 0, Four.PARENT, 0, 1, 2);
        Scenario.of("D9", 0)
                .given(fired(Timer.Kind.CLOSE, 0, 940), fired(Timer.Kind.ENTER, 0))
                .row(
                        "built too late: once more",
                        new Input.BlockBuilt(0, facts(A, 0), at(2_501)),
                        new Effect.BuildBlock(5, 0, at(2_501), commit))
                .row(
                        "and no third time",
                        new Input.BlockBuilt(
                                0,
                                new BlockFacts(B, 5, Four.PARENT, at(2_501), Four.key(0)),
                                at(9_000)),
                        new Effect.Propose(5, 0, -1, B, Lock.NONE))
                .play();
    }

    /**
     * Votes of blocking power pull a node with a slow clock into the height; a proposal does not.
     */
    @Test
    void d9VotesPullIntoTheHeightAndProposalsDoNot() {
        Scenario.of("D9", 3)
                .row("a proposal", proposed(0, -1, A), new Effect.FetchBlock(A))
                .row("one vote", prevoted(0, 0, A))
                .row(
                        "two votes",
                        prevoted(0, 1, A),
                        entered(0, PROPOSE),
                        timer(Timer.Kind.PROPOSE, 0, 1_000))
                .play();
    }

    /**
     * A proposer whose clock is behind waits up to three seconds for its parent's time and 500 ms.
     * If that is not enough, it lets the round fail rather than propose a block that nobody
     * believes.
     */
    @Test
    void d9ProposerWithASlowClockWaitsOrPasses() {
        Scenario.idle("D9", 0)
                .row(
                        "start",
                        Four.startAt(-2_500, null),
                        entered(0, NEW_HEIGHT),
                        timer(Timer.Kind.ENTER, 0, 3_500),
                        new Effect.OpenBlock(5, 0, at(1_000), at(940)),
                        timer(Timer.Kind.CLOSE, 0, 3_440))
                .play();
        Scenario.idle("D9", 0)
                .row(
                        "start",
                        Four.startAt(-2_501, null),
                        entered(0, NEW_HEIGHT),
                        timer(Timer.Kind.ENTER, 0, 3_501),
                        new Effect.ClockBehind(3_001))
                .play();
    }

    /** A new block's time has to be near the arrival of its proposal; to the millisecond. */
    @Test
    void d9NewBlockHasToBeTimely() {
        record Case(int received, boolean timely) {}
        var cases =
                List.of(
                        new Case(DUE - 500, true),
                        new Case(DUE - 501, false),
                        new Case(DUE + 2_500, true),
                        new Case(DUE + 2_501, false));
        for (Case c : cases) {
            Scenario.inRoundZero("D9", 3)
                    .given(proposed(0, -1, A, c.received()), arrived(facts(A, 0)))
                    .row(
                            c.toString(),
                            judged(A, VALID),
                            c.timely()
                                    ? new Effect[] {prevote(0, A, Lock.NONE), entered(0, PREVOTE)}
                                    : new Effect[0])
                    .play();
        }
    }

    private static final int DUE = Four.DUE;

    /** The others find valid what we find invalid: state has forked, and going on would hide it. */
    @Test
    void d10QuorumForAnInvalidBlockHalts() {
        var core =
                Scenario.inRoundZero("D10", 3)
                        .given(proposed(0, -1, A), arrived(facts(A, 0)), judged(A, INVALID))
                        .given(precommitted(0, 0, A), precommitted(0, 1, A))
                        .row(
                                "halt",
                                precommitted(0, 2, A),
                                new Effect.Halt("a quorum precommitted invalid block " + A))
                        .row("silence", precommitted(0, 3, A))
                        .play();
        assertFalse(core.step() == DECIDED);
    }

    /**
     * The block came in time, its execution takes long. timeoutPropose is over and does not count
     * any more; 2,000 ms after the block was complete we give up, which says nothing about its
     * validity: when the verdict comes, A may still be precommitted.
     */
    @Test
    void d11PrevoteWaitsForExecution() {
        Scenario.inRoundZero("D11", 3)
                .given(proposed(0, -1, A))
                .row(
                        "complete",
                        arrived(facts(A, 0)),
                        new Effect.JudgeBlock(A),
                        timer(Timer.Kind.VERDICT, 0, 2_000))
                .row("L57 does not apply", fired(Timer.Kind.PROPOSE, 0))
                .row(
                        "late is not invalid",
                        fired(Timer.Kind.VERDICT, 0),
                        prevote(0, null, Lock.NONE),
                        entered(0, PREVOTE))
                .given(prevoted(0, 0, A), prevoted(0, 1, A), prevoted(0, 2, A))
                .row("L36", judged(A, VALID), precommit(0, A, lock(0, A)), entered(0, PRECOMMIT))
                .play();
    }

    /** We are in round 1 and have heard nothing of round 0 but that it ended in nil. */
    private static Scenario inRoundOneWithoutPrevotes(String name) {
        return Scenario.inRoundZero(name, 3)
                .given(fired(Timer.Kind.PROPOSE, 0))
                .given(precommitted(0, 0, null), precommitted(0, 1, null))
                .given(precommitted(0, 2, null), fired(Timer.Kind.PRECOMMIT, 0));
    }
}
