package io.computronium.consensus.simulation;

import io.computronium.consensus.BftCore;
import io.computronium.consensus.BlockFacts;
import io.computronium.consensus.Effect;
import io.computronium.consensus.Input;
import io.computronium.consensus.Lock;
import io.computronium.consensus.Parent;
import io.computronium.consensus.Restored;
import io.computronium.consensus.Step;
import io.computronium.consensus.Timer;
import io.computronium.consensus.Verdict;
import io.computronium.consensus.VoteView;
import io.computronium.primitives.Hash;
import io.computronium.primitives.bft.Evidence;
import io.computronium.primitives.bft.Proposal;
import io.computronium.primitives.bft.ValidatorSet;
import io.computronium.primitives.bft.Vote;
import io.computronium.primitives.bft.VoteKind;
import io.computronium.primitives.crypto.Domain;
import io.computronium.primitives.crypto.Sha256;
import io.computronium.storage.signer.SignPermission;
import io.computronium.storage.signer.SignerState;
import io.computronium.storage.signer.SignerStateFile;
import io.computronium.storage.wal.ConsensusWal;
import io.computronium.storage.wal.WalRecord;
import io.computronium.storage.wal.WalReplay;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One life of a validator: the core, and around it what {@code docs/consensus.md} says the driver
 * owes it. The log and the signer's file are those of production.
 */
final class Driver {

    private static final long REPAIR_MILLIS = 250;
    private static final int START = 1;
    private static final int TOLD = 2;
    private static final int SIGNING = 3;
    private static final int SILENT_HEIGHTS_AFTER_DAMAGE = 2;
    private static final int FLUSH_HEIGHTS = 16;

    private final World world;
    private final Validator self;
    private final ConsensusWal wal;
    private final @Nullable SignerStateFile signer;
    private final BftCore core;
    private Ledger ledger;

    private final Queue<Input> inbox = new ArrayDeque<>();
    private boolean feeding;
    private final Map<Timer, Integer> timers = new HashMap<>();

    /** Blocks of this height that are here, and those that are asked for. */
    private final Set<Hash> complete = new HashSet<>();

    private final TreeSet<Hash> wanted = new TreeSet<>();
    private final Set<Hash> foundInvalid = new HashSet<>();

    private Input.@Nullable StartHeight current;
    private long signFrom;
    private long stepSinceMillis;
    private boolean halted;
    private int steps;

    /** Rounds of this height that votes came for. */
    private final TreeSet<Integer> laterRounds = new TreeSet<>();

    private final Contradictions contradictions = new Contradictions();

    Driver(World world, Validator self) {
        this.world = world;
        this.self = self;
        this.wal = ConsensusWal.open(self.walDisk, Validator.WAL_OPTIONS);
        this.signer =
                switch (SignerStateFile.open(self.signerDisk)) {
                    case SignerStateFile.Opening.Ready(var file) -> file;
                    case SignerStateFile.Opening.OneSlotLost(var file) -> file;
                    case SignerStateFile.Opening.Missing() -> null;
                    case SignerStateFile.Opening.Damaged(String reason) -> null;
                };
        this.core = new BftCore(world.keys.publicKey(self.key()));
        this.ledger = self.recover();
    }

    BftCore core() {
        return core;
    }

    Validator self() {
        return self;
    }

    Input.StartHeight current() {
        Input.StartHeight now = current;
        if (now == null) {
            throw new IllegalStateException("no height has begun");
        }
        return now;
    }

    Set<Hash> complete() {
        return complete;
    }

    // Start, and start of heights

    void resume() {
        world.judge.restarts(self);
        complete.addAll(self.candidates);
        long height = self.height();
        WalReplay replay = wal.replay(height);
        if (replay instanceof WalReplay.WalDamage) {
            signFrom = height + SILENT_HEIGHTS_AFTER_DAMAGE;
        }
        List<WalRecord> records = sinceStart(replay.records(), height);
        if (records.isEmpty() || !holdsLastSigned(records)) {
            startHeight(restored(height));
        } else {
            replay(records);
        }
        later(world.random.nextInt((int) REPAIR_MILLIS), this::repair);
    }

    /** The records of a height from its last start on; none if that is not there. */
    private static List<WalRecord> sinceStart(List<WalRecord> all, long height) {
        List<WalRecord> records = all.stream().filter(r -> r.height() == height).toList();
        int start = records.size() - 1;
        while (start >= 0 && records.get(start).kind() != START) {
            start--;
        }
        return start < 0 ? List.of() : records.subList(start, records.size());
    }

    /** Whether the log knows what was signed last. If not, more than an unforced tail is lost. */
    private boolean holdsLastSigned(List<WalRecord> records) {
        return restored(self.height()) == null
                || records.stream()
                        .anyMatch(r -> r.kind() == SIGNING && isSigned(self.load(r.payload())));
    }

    private Lock lockSigned() {
        Restored last = restored(self.height());
        return last == null ? Lock.NONE : last.lock();
    }

    private void replay(List<WalRecord> records) {
        Input lastSigned = null;
        for (WalRecord record : records) {
            Input input = self.load(record.payload());
            if (record.kind() == SIGNING) {
                lastSigned = isSigned(input) ? signedBefore(input) : lastSigned;
            } else {
                replay(input);
            }
        }
        if (lastSigned != null) {
            log(lastSigned);
            replay(lastSigned);
        }
        feed(new Input.Resumed(restored(self.height()), self.clock()));
        world.judge.resumed(this, current().height());
    }

    /** What was signed last, for the core, and for the judge if the power failed in between. */
    private Input signedBefore(Input unsigned) {
        world.judge.recovers(this, Messages.effect(unsigned, lockSigned()));
        return Messages.signed(world, self.key(), unsigned);
    }

    private void replay(Input input) {
        if (input instanceof Input.StartHeight start) {
            current = start;
        }
        if (isReplayable(input)) {
            contradictions.step(core, input).stream()
                    .filter(Effect.FoundEvidence.class::isInstance)
                    .forEach(this::carryOut);
        }
    }

    /** A block that was not forced is gone; the core has to ask for it again. */
    private boolean isReplayable(Input input) {
        return switch (input) {
            case Input.BlockArrived(BlockFacts block, long at) -> complete.contains(block.id());
            case Input.BlockBuilt(int round, BlockFacts block, long at) ->
                    complete.contains(block.id());
            case Input.BlockJudged(Hash id, Verdict verdict, long at) -> complete.contains(id);
            default -> true;
        };
    }

    private boolean isSigned(Input input) {
        return signer != null
                && signer.last().filter(s -> s.signBytesHash().equals(hashOf(input))).isPresent();
    }

    private @Nullable Restored restored(long height) {
        SignerState last = signer == null ? null : signer.last().orElse(null);
        return last == null || last.height() != height
                ? null
                : new Restored(last.round(), new Lock(last.lockedRound(), last.lockedBlockId()));
    }

    private void startHeight(@Nullable Restored restored) {
        timers.clear();
        complete.retainAll(self.candidates);
        wanted.clear();
        foundInvalid.clear();
        laterRounds.clear();
        long height = self.height();
        ValidatorSet set = world.elections.set(height);
        Parent parent =
                height == 1
                        ? new Parent(World.GENESIS, World.GENESIS_MILLIS, set, null)
                        : new Parent(
                                self.chain.getLast().id(),
                                self.chain.getLast().timeMillis(),
                                world.elections.set(height - 1),
                                self.chain.getLast().commit());
        var start =
                new Input.StartHeight(
                        height,
                        parent,
                        set,
                        world.elections.order(height),
                        world.parameters,
                        world.pacing.targetMillis(self.anchor(), height),
                        restored,
                        self.clock());
        current = start;
        world.judge.startsHeight(self, parent.commit());
        feed(start);
        if (world.now() > start.targetMillis() + world.parameters.intervalMillis()) {
            later(20, this::help);
        }
    }

    // Inputs and effects

    /**
     * Logs an input and takes it to the core, at once or after those before it. Logged on arrival:
     * when one step makes us sign twice, the first message is on disk before the second is signed.
     */
    void feed(Input input) {
        log(input);
        inbox.add(input);
        if (feeding) {
            return;
        }
        feeding = true;
        Input next;
        while ((next = inbox.poll()) != null) {
            world.trace(self.node(), Trace.of(next));
            List<Effect> effects = contradictions.step(core, next);
            if (next instanceof Input.VoteArrived(Vote vote, long at)
                    && vote.height() == core.height()) {
                laterRounds.add(vote.round());
                world.judge.follows(this, laterRounds.tailSet(core.round(), false));
            }
            if (++steps % 16 == 0) {
                world.judge.holds(self, core, current().validators().size());
            }
            effects.forEach(this::carryOut);
        }
        feeding = false;
    }

    private void log(Input input) {
        switch (input) {
            case Input.Resumed resumed -> {}
            case Input.StartHeight start -> append(start.height(), START, input);
            default -> append(current().height(), TOLD, input);
        }
    }

    private void append(long height, int kind, Input input) {
        wal.append(new WalRecord(height, kind, self.store(input)));
    }

    void later(long delayMillis, Runnable action) {
        self.later(this, delayMillis, action);
    }

    private void carryOut(Effect effect) {
        switch (effect) {
            case Effect.OpenBlock open -> {}
            case Effect.ClockBehind behind -> {}
            case Effect.StepEntered entered -> stepSinceMillis = world.now();
            case Effect.BuildBlock build -> {
                world.judge.builds(self, build);
                later(5 + world.random.nextInt(40), () -> built(build));
            }
            case Effect.JudgeBlock(Hash id) -> {
                long height = self.height();
                later(
                        executionMillis(),
                        () -> {
                            if (self.height() == height) {
                                judged(id);
                            }
                        });
            }
            case Effect.FetchBlock(Hash id) -> {
                wanted.add(id);
                if (complete.contains(id)) {
                    arrived(id);
                } else {
                    later(200, () -> fetchAgain(id));
                }
            }
            case Effect.SetTimer(Timer timer, long delay) -> {
                int number = timers.merge(timer, 1, Integer::sum);
                later(
                        delay,
                        () -> {
                            if (timers.getOrDefault(timer, 0) == number) {
                                feed(new Input.TimerFired(timer, self.clock()));
                            }
                        });
            }
            case Effect.Message message -> self.voice().say(this, message);
            case Effect.Decide decide -> {
                world.judge.decides(this, decide, foundInvalid.contains(decide.blockId()));
                long height = decide.height();
                later(
                        5 + world.random.nextInt(40),
                        () -> {
                            if (self.height() == height) {
                                commit(decide);
                            }
                        });
            }
            case Effect.FeedAgain(Input.InHeight early) -> feed(early);
            case Effect.FoundEvidence(Evidence evidence) -> world.judge.found(self, evidence);
            case Effect.Halt(String reason) -> {
                halted = true;
                world.judge.halts(self, reason);
            }
        }
    }

    private boolean servesBlock(Hash id) {
        return complete.contains(id) && !self.has(Fault.LIAR);
    }

    private void fetchAgain(Hash id) {
        if (wanted.contains(id) && !complete.contains(id)) {
            for (Validator peer : world.validators) {
                Driver other = peer.driver();
                if (other != null && other.servesBlock(id) && peer != self) {
                    world.network.send(peer, self, new Message.Body(id));
                }
            }
            later(200, () -> fetchAgain(id));
        }
    }

    // Blocks

    private long executionMillis() {
        return world.strikes(Fault.SLOW_EXECUTION, 150_000)
                ? world.random.nextInt(3_000)
                : 5 + world.random.nextInt(40);
    }

    private void built(Effect.BuildBlock build) {
        if (build.height() == self.height()) {
            World.Block block = make(build);
            keep(block.facts().id());
            feed(new Input.BlockBuilt(build.round(), block.facts(), self.clock()));
        }
    }

    private World.Block make(Effect.BuildBlock build) {
        Input.StartHeight start = current();
        List<Ledger.Payment> payments = new ArrayList<>();
        for (int account = 0; account < Ledger.ACCOUNTS; account++) {
            var sent = world.payments.get(account);
            int first = (int) ledger.nonce(account);
            payments.addAll(sent.subList(first, Math.min(first + 100, sent.size())));
        }
        Ledger after = ledger.copy();
        after.execute(self.key(), payments);
        return world.publish(
                new World.Block(
                        new BlockFacts(
                                World.hash(build.height(), self.node(), world.blocksMade()),
                                build.height(),
                                start.parent().id(),
                                build.timeMillis(),
                                world.keys.publicKey(self.key())),
                        build.lastCommit(),
                        payments,
                        after.root(),
                        true));
    }

    /** Makes a block durable, as a candidate. */
    private void keep(Hash id) {
        complete.add(id);
        self.power.around(() -> self.candidates.add(id), () -> {});
    }

    private void arrived(Hash id) {
        complete.add(id);
        feed(new Input.BlockArrived(world.block(id).facts(), self.clock()));
    }

    private void judged(Hash id) {
        boolean valid = isValid(world.block(id));
        if (self.has(Fault.DIVERGENT) && valid && world.random.nextInt(5) == 0) {
            world.count();
            valid = false;
        }
        if (valid) {
            keep(id);
        } else {
            foundInvalid.add(id);
        }
        feed(new Input.BlockJudged(id, valid ? Verdict.VALID : Verdict.INVALID, self.clock()));
    }

    private boolean isValid(World.Block block) {
        var commit = block.lastCommit();
        if (commit == null
                ? self.height() > 1
                : !(commit.blockId().equals(current().parent().id()) && world.isValid(commit))) {
            return false;
        }
        Ledger after = ledger.copy();
        return after.execute(world.elections.keyOf(block.facts().proposer()), block.payments())
                && after.root().equals(block.stateRoot());
    }

    private void commit(Effect.Decide decide) {
        World.Block block = world.block(decide.blockId());
        var next = world.pacing.next(self.anchor(), decide.height(), block.facts().timeMillis());
        self.power.around(
                () -> self.chain.add(new Validator.Final(block, decide.commit(), next)), () -> {});
        self.candidates.clear();
        ledger.execute(world.elections.keyOf(block.facts().proposer()), block.payments());
        world.judge.executed(self, ledger);
        world.judge.acknowledges(self);
        if (decide.height() % FLUSH_HEIGHTS == 0) {
            self.flush(ledger);
        }
        wal.endHeight(decide.height());
        self.forgetInputs();
        complete.clear();
        startHeight(null);
    }

    // What we say

    /** Logs, asks the signer, sends, and tells the core: in this order. */
    void sayHonestly(Effect.Message message) {
        int seat = seat();
        if (signer == null || seat < 0 || current().height() < signFrom) {
            return;
        }
        Input unsigned = Messages.unsigned(message, seat, self.clock());
        append(current().height(), SIGNING, unsigned);
        wal.force();
        var state =
                new SignerState(
                        current().height(),
                        Messages.round(message),
                        Messages.step(message),
                        Messages.blockId(message),
                        hashOf(unsigned),
                        Messages.lock(message).round(),
                        Messages.lock(message).blockId());
        switch (signer.request(state)) {
            case SignPermission.Granted granted -> spread(message, seat);
            case SignPermission.AlreadySigned again -> spread(message, seat);
            case SignPermission.Refused(String reason) ->
                    world.judge.refuses(self, state, signer.firstHeight(), reason);
        }
    }

    private void spread(Effect.Message message, int seat) {
        world.judge.signs(this, message);
        Message signed = Messages.signed(world, self.key(), message, seat);
        for (Validator peer : world.validators) {
            send(peer, signed);
            if (message instanceof Effect.Propose propose) {
                send(peer, new Message.Body(propose.blockId()));
            }
        }
        tellCore(signed);
    }

    void send(Validator peer, Message message) {
        if (peer != self) {
            world.network.send(self, peer, message);
        }
    }

    void tellCore(Message own) {
        switch (own) {
            case Message.Proposed(Proposal p) -> feed(new Input.ProposalArrived(p, self.clock()));
            case Message.Voted(Vote v) -> feed(new Input.VoteArrived(v, self.clock()));
            default -> throw new IllegalArgumentException(own.toString());
        }
    }

    /** Our index at the height in progress; -1: none. */
    int seat() {
        return current().validators().indexOf(world.keys.publicKey(self.key())).orElse(-1);
    }

    private static Hash hashOf(Input unsigned) {
        return Sha256.hash(
                Domain.HEADER,
                switch (unsigned) {
                    case Input.ProposalArrived(Proposal p, long at) -> p.signBytes(World.CHAIN);
                    case Input.VoteArrived(Vote v, long at) -> v.signBytes(World.CHAIN);
                    default -> throw new IllegalArgumentException(unsigned.toString());
                });
    }

    // What others say

    void receive(Validator from, Message message) {
        if (halted || current == null) {
            return;
        }
        switch (message) {
            case Message.Voted(Vote vote) -> received(vote);
            case Message.Proposed(Proposal proposal) -> received(proposal);
            case Message.Certified(var commit) -> {
                if (commit.height() == core.height() && world.isValid(commit)) {
                    feed(new Input.CommitArrived(commit, self.clock()));
                }
            }
            case Message.Body(Hash id) -> {
                if (world.block(id).facts().height() >= core.height()
                        && complete.add(id)
                        && wanted.contains(id)) {
                    arrived(id);
                }
            }
            case Message.Claimed(var kind, long height, int round, var id) ->
                    feed(new Input.Maj23Claimed(from.id(), kind, height, round, id, self.clock()));
        }
    }

    private void received(Vote vote) {
        long ahead = vote.height() - core.height();
        ValidatorSet set = ahead == -1 ? current().parent().validators() : current().validators();
        if (ahead < -1 || ahead > 1 || set.find(vote.validatorIndex()).isEmpty()) {
            return;
        }
        int key = world.elections.keyOf(set.get(vote.validatorIndex()).publicKey());
        if (ahead == 0 && isHeld(vote) || !world.isSigned(vote, key)) {
            return;
        }
        world.judge.hears(self, vote);
        feed(new Input.VoteArrived(vote, self.clock()));
    }

    private boolean isHeld(Vote vote) {
        return core.votes(vote.round(), vote.kind())
                .flatMap(view -> view.voteFor(vote.blockId(), vote.validatorIndex()))
                .isPresent();
    }

    private void received(Proposal proposal) {
        long ahead = proposal.height() - core.height();
        if (ahead < 0 || ahead > 1) {
            return;
        }
        var set = current().validators();
        int proposer = current().order().proposer(proposal.height(), proposal.round());
        if (world.isSigned(proposal, world.elections.keyOf(set.get(proposer).publicKey()))) {
            feed(new Input.ProposalArrived(proposal, self.clock()));
        }
    }

    // Repair: who is stuck asks all others for what it lacks.

    private void repair() {
        boolean waits = core.step() == Step.NEW_HEIGHT || core.step() == Step.DECIDED;
        if (!waits && world.now() - stepSinceMillis >= REPAIR_MILLIS) {
            help();
        }
        later(REPAIR_MILLIS, this::repair);
    }

    private void help() {
        for (Validator peer : world.validators) {
            Driver other = peer.driver();
            if (other != null && peer != self && !peer.has(Fault.LIAR)) {
                other.help(this);
            }
        }
    }

    private void help(Driver stuck) {
        long height = stuck.self.height();
        for (Hash id : stuck.wanted) {
            if (complete.contains(id) && !stuck.complete.contains(id)) {
                send(stuck.self, new Message.Body(id));
            }
        }
        if (height < self.height()) {
            Validator.Final block = self.chain.get((int) height - 1);
            send(stuck.self, new Message.Certified(block.commit()));
            send(stuck.self, new Message.Body(block.id()));
        } else if (core.height() == height && stuck.core.height() == height) {
            for (int round = 0; round <= core.round(); round++) {
                helpWithRound(stuck, round);
            }
        }
    }

    private void helpWithRound(Driver stuck, int round) {
        if (stuck.core.proposal(round).isEmpty()) {
            core.proposal(round).ifPresent(p -> send(stuck.self, new Message.Proposed(p)));
        }
        for (VoteKind kind : VoteKind.values()) {
            VoteView votes = core.votes(round, kind).orElse(null);
            if (votes != null) {
                VoteView known = stuck.core.votes(round, kind).orElse(null);
                helpWithVotes(stuck, round, kind, votes, known);
            }
        }
    }

    private void helpWithVotes(
            Driver stuck, int round, VoteKind kind, VoteView votes, @Nullable VoteView known) {
        VoteView.Majority majority = votes.majority().orElse(null);
        boolean lacksMajority = majority != null && (known == null || known.majority().isEmpty());
        if (majority != null && lacksMajority) {
            var claim = new Message.Claimed(kind, core.height(), round, majority.blockId());
            send(stuck.self, claim);
        }
        var voters = votes.voters();
        if (known != null && !lacksMajority) {
            voters.andNot(known.voters());
        }
        for (int i = voters.nextSetBit(0); i >= 0; i = voters.nextSetBit(i + 1)) {
            Vote vote = votes.vote(i).orElseThrow();
            send(stuck.self, new Message.Voted(vote));
            if (majority != null && lacksMajority) {
                votes.voteFor(majority.blockId(), i)
                        .filter(other -> !other.equals(vote))
                        .ifPresent(other -> send(stuck.self, new Message.Voted(other)));
            }
        }
    }
}
