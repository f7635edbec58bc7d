package io.computronium.consensus;

import static io.computronium.consensus.Step.DECIDED;
import static io.computronium.consensus.Step.NEW_HEIGHT;
import static io.computronium.consensus.Step.PRECOMMIT;
import static io.computronium.consensus.Step.PREVOTE;
import static io.computronium.consensus.Step.PROPOSE;

import io.computronium.primitives.Hash;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.bft.Proposal;
import io.computronium.primitives.bft.VoteKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Algorithm 1 for one height. An input only adds to what is known; the rules then fire in a fixed
 * order until none does (D2), which leaves nothing to chance and no rule to be triggered by one
 * kind of input alone. L22, L28, … are lines of arXiv 1807.04938; D1, D2, … are in {@code
 * docs/consensus.md}.
 */
final class BftHeight {

    /**
     * A proposer whose clock is this far short of its block's earliest time lets the round fail.
     */
    static final long MAX_LAG_MILLIS = 3_000;

    private final Input.StartHeight start;
    private final long height;
    private final ConsensusParameters parameters;
    private final GridPacing pacing;
    private final int self;
    private final @Nullable VoteTally parentCommit;
    private final List<Effect> effects;
    private final RoundLog log;
    private final Candidates blocks;
    private final OwnBlocks ownBlocks;
    private final RoundTimers timers;

    /** Time of the input at hand. */
    private long now;

    private Step step = NEW_HEIGHT;
    private int round;
    private Round current;

    /** lockedValue and lockedRound. */
    private Lock lock = Lock.NONE;

    /** validValue and validRound: the latest block known to have the prevotes of a quorum. */
    private Lock valid = Lock.NONE;

    /** Our messages of this round. */
    private final List<Effect.Message> said = new ArrayList<>();

    /** We have proposed in this round, or let our turn pass. */
    private boolean proposed;

    private Effect.@Nullable Decide decision;
    private Effect.@Nullable Halt halt;

    /**
     * @param self our index among the validators; -1: none
     * @param parentCommit null at height 1
     * @param effects where effects go
     */
    BftHeight(
            Input.StartHeight start,
            int self,
            @Nullable VoteTally parentCommit,
            List<Effect> effects) {
        this.start = start;
        this.height = start.height();
        this.parameters = start.parameters();
        this.pacing = new GridPacing(parameters);
        this.self = self;
        this.parentCommit = parentCommit;
        this.effects = effects;
        this.now = start.atMillis();
        this.log = new RoundLog(height, start.validators());
        this.blocks = new Candidates(start, effects);
        Restored restored = start.restored();
        if (restored != null) {
            round = restored.round();
            lock = restored.lock();
            valid = lock;
        }
        current = log.round(round);
        this.ownBlocks = new OwnBlocks(start, parentCommit, effects);
        this.timers = new RoundTimers(height, round, effects);
    }

    // Inputs. Each is of this height; the core has seen to that.

    void begin() {
        effects.add(new Effect.StepEntered(height, round, step));
        pace();
        run();
    }

    void on(Input.ProposalArrived input) {
        now = input.atMillis();
        Proposal proposal = input.proposal();
        log.add(proposal, now, round)
                .ifPresent(evidence -> effects.add(new Effect.FoundEvidence(evidence)));
        Round of = log.find(proposal.round());
        if (of != null && proposal.equals(of.proposal()) && proposal.round() >= round) {
            blocks.want(proposal.blockId()); // so that it is judged by the time its round begins
        }
        run();
    }

    void on(Input.VoteArrived input) {
        now = input.atMillis();
        log.add(input.vote(), round)
                .ifPresent(evidence -> effects.add(new Effect.FoundEvidence(evidence)));
        run();
    }

    void on(Input.CommitArrived input) {
        now = input.atMillis();
        CommitCertificate commit = input.commit();
        log.round(commit.round())
                .precommits()
                .addAll(commit)
                .forEach(evidence -> effects.add(new Effect.FoundEvidence(evidence)));
        run();
    }

    void on(Input.Maj23Claimed claim) {
        now = claim.atMillis();
        if (log.keeps(claim.round(), round)) {
            log.round(claim.round()).votes(claim.kind()).claim(claim.peer(), claim.blockId());
        }
        run();
    }

    void on(Input.BlockArrived input) {
        now = input.atMillis();
        blocks.arrived(input.block());
        run();
    }

    void on(Input.BlockBuilt input) {
        now = input.atMillis();
        boolean timely = input.round() == round && (step == NEW_HEIGHT || step == PROPOSE);
        if (timely && ownBlocks.delivered(round, input.block(), now)) {
            blocks.built(input.block());
            run();
        }
    }

    void on(Input.BlockJudged input) {
        now = input.atMillis();
        blocks.judged(input.blockId(), input.verdict());
        run();
    }

    void on(Input.TimerFired input) {
        now = input.atMillis();
        timers.fired(input.timer());
        run();
    }

    /** The effects so far were thrown away: asks again for all that is unanswered. */
    void on(Input.Resumed input) {
        now = input.atMillis();
        Restored signed = input.signed();
        if (signed != null && decision == null && halt == null) {
            catchUp(signed);
        }
        if (halt != null) {
            effects.add(halt);
        } else if (decision != null) {
            effects.add(decision);
        } else {
            effects.add(new Effect.StepEntered(height, round, step));
            said.stream().filter(message -> !isHeard(message)).forEach(effects::add);
            blocks.askAgain();
            if (isBuilding()) {
                ownBlocks.order(round, now);
            }
            if (step == NEW_HEIGHT) {
                pace();
            } else {
                timers.setAgain();
            }
            run();
        }
    }

    /** The signer's file never falls behind what we said, as a replay may. */
    private void catchUp(Restored signed) {
        if (signed.lock().round() > lock.round()) {
            lock = signed.lock();
            valid = valid.round() > lock.round() ? valid : lock;
        }
        if (signed.round() > round) {
            startRound(signed.round());
        }
    }

    // Rules

    /** Lets the rules fire in the order of {@code docs/consensus.md} until none does. */
    private void run() {
        boolean fired = true;
        while (fired && decision == null && halt == null) {
            fired =
                    decide()
                            || skipRound()
                            || noteValid()
                            || closeBlock()
                            || propose()
                            || prevote()
                            || lockAndPrecommit()
                            || precommitNil()
                            || setQuorumTimers()
                            || timeOut();
        }
    }

    /** L49, in any round: precommits of a quorum for a block that is here and valid. D10. */
    private boolean decide() {
        for (Round any : log.rounds()) {
            Hash id = any.precommits().majorityBlock();
            Verdict verdict = id == null ? null : blocks.verdict(id);
            if (id == null || verdict == null) {
                continue;
            }
            switch (verdict) {
                case VALID -> {
                    decision = new Effect.Decide(height, id, any.precommits().certificate(id));
                    enter(DECIDED);
                    effects.add(decision);
                }
                case INVALID -> {
                    halt = new Effect.Halt("a quorum precommitted invalid block " + id);
                    effects.add(halt);
                }
            }
            return true;
        }
        return false;
    }

    /**
     * L55 with D1: someone honest is in a later round. Before the first round, in any: a slow clock
     * must not keep us out of a height that others are in (D9).
     */
    private boolean skipRound() {
        OptionalInt later = log.roundToSkipTo(step == NEW_HEIGHT ? round - 1 : round);
        later.ifPresent(this::startRound);
        return later.isPresent();
    }

    /** L11 to L21. */
    private void startRound(int next) {
        round = next;
        current = log.round(next);
        proposed = false;
        said.clear();
        timers.startRound(next);
        enter(PROPOSE);
        timers.set(Timer.Kind.PROPOSE, parameters.millis(parameters.propose(), round)); // L21
    }

    /** D9: the last moment for our block to be ready in time. */
    private boolean closeBlock() {
        boolean due = timers.isExpired(Timer.Kind.CLOSE) && !ownBlocks.isOrdered(round);
        if (due && (step == NEW_HEIGHT || step == PROPOSE)) {
            ownBlocks.order(round, now);
            return true;
        }
        return false;
    }

    /** L14 to L19, D8: the valid block again if there is one, else a new one, made to order. */
    private boolean propose() {
        if (step != PROPOSE || proposed || current.proposal() != null || !isProposer()) {
            return false;
        }
        Hash again = valid.blockId();
        if (again != null) {
            // Restored in the round of its lock: whatever it proposed there stands.
            return valid.round() < round && propose(again, valid.round());
        }
        BlockFacts own = ownBlocks.ready(round);
        if (own != null) {
            return propose(own.id(), Proposal.NO_POL_ROUND);
        }
        if (!ownBlocks.isOrdered(round) && !timers.isSet(Timer.Kind.CLOSE)) {
            buildAt(earliestMillis() - parameters.closeBeforeTargetMillis());
        }
        return false;
    }

    private boolean propose(Hash id, int polRound) {
        proposed = true;
        say(new Effect.Propose(height, round, polRound, id, lock));
        return true;
    }

    /** L22 and L28, which differ in polRound alone, and in what only a new block must fulfil. */
    private boolean prevote() {
        Proposal proposal = current.proposal();
        if (step != PROPOSE || proposal == null) {
            return false;
        }
        Hash id = proposal.blockId();
        boolean isNew = proposal.polRound() == Proposal.NO_POL_ROUND;
        if (!isNew && !hasPrevotesOfQuorum(proposal.polRound(), id)) {
            return false; // L28
        }
        if (lock.round() > proposal.polRound() && !Objects.equals(id, lock.blockId())) {
            return prevote(null); // L23, L29
        }
        BlockFacts block = blocks.facts(id);
        if (block == null) {
            return false;
        }
        if (isNew && !(isByProposer(block) && isTimely(block))) {
            return prevote(null);
        }
        Verdict verdict = blocks.verdict(id);
        if (verdict == null) {
            if (!timers.isSet(Timer.Kind.VERDICT)) { // D11
                timers.set(Timer.Kind.VERDICT, parameters.millis(parameters.verdict(), round));
            }
            return false;
        }
        return prevote(verdict == Verdict.VALID ? id : null);
    }

    private boolean prevote(@Nullable Hash id) {
        vote(VoteKind.PREVOTE, id);
        enter(PREVOTE);
        return true;
    }

    /** L36 to L41. */
    private boolean lockAndPrecommit() {
        Hash id = current.prevotes().majorityBlock();
        if (step != PREVOTE || id == null || blocks.verdict(id) != Verdict.VALID) {
            return false;
        }
        lock = new Lock(round, id);
        return precommit(id);
    }

    /**
     * L42, L43, after our precommit too, and also for a round that we have left (D3): what others
     * may be locked on has to be proposed again, however late we learn of it.
     */
    private boolean noteValid() {
        int last = step == PREVOTE || step == PRECOMMIT ? round : round - 1;
        for (var seen : log.between(valid.round(), last).descendingMap().entrySet()) {
            Hash id = seen.getValue().prevotes().majorityBlock();
            if (id != null && blocks.verdict(id) == Verdict.VALID) {
                valid = new Lock(seen.getKey(), id);
                return true;
            }
        }
        return false;
    }

    /** L44. */
    private boolean precommitNil() {
        return step == PREVOTE && current.prevotes().hasNilMajority() && precommit(null);
    }

    private boolean precommit(@Nullable Hash id) {
        vote(VoteKind.PRECOMMIT, id);
        enter(PRECOMMIT);
        return true;
    }

    /** L34 and L47. */
    private boolean setQuorumTimers() {
        if (step == PREVOTE
                && current.prevotes().hasQuorum()
                && !timers.isSet(Timer.Kind.PREVOTE)) {
            timers.set(Timer.Kind.PREVOTE, parameters.millis(parameters.prevote(), round));
            return true;
        }
        if (current.precommits().hasQuorum() && !timers.isSet(Timer.Kind.PRECOMMIT)) {
            timers.set(Timer.Kind.PRECOMMIT, parameters.millis(parameters.precommit(), round));
            return true;
        }
        return false;
    }

    /** L57, L61, L65, and the beginning of the first round. */
    private boolean timeOut() {
        if (step == NEW_HEIGHT && timers.isExpired(Timer.Kind.ENTER)) {
            startRound(round);
            return true;
        }
        if (timers.isExpired(Timer.Kind.PRECOMMIT)) {
            startRound(Math.addExact(round, 1)); // L65
            return true;
        }
        if (step == PREVOTE && timers.isExpired(Timer.Kind.PREVOTE)) {
            return precommit(null); // L61
        }
        // Once the block is complete, the limit is execution's and no longer the network's (D11).
        var limit = timers.isSet(Timer.Kind.VERDICT) ? Timer.Kind.VERDICT : Timer.Kind.PROPOSE;
        return step == PROPOSE && timers.isExpired(limit) && prevote(null); // L57
    }

    // Conditions

    private boolean isProposer() {
        return start.order().proposer(height, round) == self;
    }

    private boolean hasPrevotesOfQuorum(int polRound, Hash id) {
        Round earlier = log.find(polRound);
        return earlier != null && earlier.prevotes().hasQuorumFor(id);
    }

    private boolean isByProposer(BlockFacts block) {
        int proposer = start.order().proposer(height, round);
        return start.validators().get(proposer).publicKey().equals(block.proposer());
    }

    /** Proposer-based time: the block was made shortly before its proposal came. */
    private boolean isTimely(BlockFacts block) {
        long received = current.proposalMillis();
        long precision = parameters.precisionMillis();
        long delay = parameters.messageDelayMillis(round);
        return block.timeMillis() <= received + precision
                && block.timeMillis() >= received - delay - precision;
    }

    /** Whether a message of ours was signed and came back. */
    private boolean isHeard(Effect.Message message) {
        return switch (message) {
            case Effect.Propose propose -> current.proposal() != null;
            case Effect.CastVote vote -> current.votes(vote.kind()).hasVoteOf(self);
        };
    }

    // Pacing and building (D9)

    /** Waits for the height's time to come, and has our block ready by then if it is our turn. */
    private void pace() {
        long entry = pacing.entryMillis(start.targetMillis(), start.parent().timeMillis());
        if (entry <= now) {
            startRound(round);
            return;
        }
        timers.set(Timer.Kind.ENTER, entry - now);
        if (isProposer() && valid.blockId() == null && !ownBlocks.isOrdered(round)) {
            buildAt(entry - parameters.closeBeforeTargetMillis());
        }
    }

    /** The earliest time that a block of this height may have. */
    private long earliestMillis() {
        return start.parent().timeMillis() + parameters.minIntervalMillis();
    }

    private void buildAt(long closeMillis) {
        long lag = earliestMillis() - now;
        if (height > 1 && lag > MAX_LAG_MILLIS) {
            proposed = true; // as good as: we let this turn pass
            effects.add(new Effect.ClockBehind(lag));
        } else if (closeMillis > now) {
            long time = ownBlocks.timeMillis(now);
            effects.add(new Effect.OpenBlock(height, round, time, closeMillis));
            timers.set(Timer.Kind.CLOSE, closeMillis - now);
        } else {
            ownBlocks.order(round, now);
        }
    }

    private boolean isBuilding() {
        return ownBlocks.isOrdered(round)
                && ownBlocks.ready(round) == null
                && (step == NEW_HEIGHT || step == PROPOSE);
    }

    // Effects

    private void enter(Step next) {
        step = next;
        effects.add(new Effect.StepEntered(height, round, next));
    }

    /** Votes, unless a vote of ours is here already: what we said before a crash stands. */
    private void vote(VoteKind kind, @Nullable Hash id) {
        if (self >= 0 && !current.votes(kind).hasVoteOf(self)) {
            say(new Effect.CastVote(kind, height, round, id, lock));
        }
    }

    private void say(Effect.Message message) {
        said.add(message);
        effects.add(message);
    }

    // What is known, for the core

    long number() {
        return height;
    }

    int round() {
        return round;
    }

    Step step() {
        return step;
    }

    Lock lock() {
        return lock;
    }

    boolean isHalted() {
        return halt != null;
    }

    int held() {
        return log.held() + blocks.size() + (parentCommit == null ? 0 : parentCommit.held());
    }

    RoundLog log() {
        return log;
    }

    Input.StartHeight start() {
        return start;
    }

    @Nullable VoteTally parentCommit() {
        return parentCommit;
    }
}
