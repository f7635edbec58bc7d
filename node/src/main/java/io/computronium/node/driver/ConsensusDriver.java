package io.computronium.node.driver;

import io.computronium.consensus.BftCore;
import io.computronium.consensus.BlockFacts;
import io.computronium.consensus.Effect;
import io.computronium.consensus.Input;
import io.computronium.consensus.Lock;
import io.computronium.consensus.Parent;
import io.computronium.consensus.ProposerOrder;
import io.computronium.consensus.Restored;
import io.computronium.consensus.Step;
import io.computronium.consensus.Timer;
import io.computronium.consensus.Verdict;
import io.computronium.node.execution.BlockCommitted;
import io.computronium.node.execution.BuildRequest;
import io.computronium.node.execution.ChainSpec;
import io.computronium.node.execution.ChainTip;
import io.computronium.node.execution.ExecutionService;
import io.computronium.node.execution.Judgement;
import io.computronium.node.execution.PreparedBlock;
import io.computronium.node.network.Outbox;
import io.computronium.node.runtime.EventLoop;
import io.computronium.node.runtime.NodeClock;
import io.computronium.p2p.message.BlockGossip;
import io.computronium.p2p.message.ConsensusGossip;
import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.NodeId;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.bft.Evidence;
import io.computronium.primitives.bft.Proposal;
import io.computronium.primitives.bft.Vote;
import io.computronium.primitives.block.Block;
import io.computronium.storage.block.BlockStore;
import io.computronium.storage.signer.SignerState;
import io.computronium.storage.wal.ConsensusWal;
import io.computronium.storage.wal.WalRecord;
import io.computronium.storage.wal.WalReplay;
import io.computronium.vm.ExecutionParameters;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives the consensus core of one node. All fields belong to the consensus thread; the public
 * methods may be called from any thread and mail themselves to it.
 */
public final class ConsensusDriver {

    private static final Logger LOG = LoggerFactory.getLogger(ConsensusDriver.class);

    private static final Duration TICK = Duration.ofMillis(100);

    /** After a WAL record was lost, no signature for this height and the next (W4). */
    private static final int SILENT_HEIGHTS_AFTER_DAMAGE = 2;

    private final EventLoop loop;
    private final NodeClock clock;
    private final ChainSpec spec;
    private final ExecutionParameters limits;
    private final BlockStore blockLog;
    private final ConsensusWal wal;
    private final @Nullable ValidatorSigner signer;
    private final ExecutionService execution;
    private final TransactionPool pool;
    private final Outbox outbox;
    private final DriverEvents events;
    private final BftCore core;
    private final PeerMessages messages;
    private final EvidencePool evidence;

    private final Queue<Input> inbox = new ArrayDeque<>();
    private final Map<Timer, EventLoop.Alarm> alarms = new HashMap<>();
    private final Map<Hash, BlockAssembler.Assembled> complete = new HashMap<>();
    private Pacemaker pacemaker;
    private Input.@Nullable StartHeight current;
    private long signFrom;
    private boolean feeding;
    private boolean stopped;

    /** What a driver works with; all but {@code signer} belong to the node. */
    public record Parts(
            EventLoop loop,
            NodeClock clock,
            ChainSpec spec,
            BlockStore blockLog,
            ConsensusWal wal,
            @Nullable ValidatorSigner signer,
            ExecutionService execution,
            TransactionPool pool,
            Outbox outbox,
            DriverEvents events) {}

    public ConsensusDriver(Parts parts) {
        this.loop = parts.loop();
        this.clock = parts.clock();
        this.spec = parts.spec();
        this.limits = spec.execution();
        this.blockLog = parts.blockLog();
        this.wal = parts.wal();
        this.signer = parts.signer();
        this.execution = parts.execution();
        this.pool = parts.pool();
        this.outbox = parts.outbox();
        this.events = parts.events();
        this.core = new BftCore(signer == null ? null : signer.publicKey());
        this.evidence = new EvidencePool(spec.identity());
        this.messages = new PeerMessages(this, spec.identity(), core, outbox, blockLog, pool);
        this.pacemaker =
                new Pacemaker(
                        spec.consensus(), blockLog::header, execution.head(), clock.wallMillis());
    }

    /** Takes up the height after the head, from the write-ahead log if it is in there. */
    public void start() {
        loop.execute(this::resume);
    }

    /** A message from a peer. Dropped when too many wait. */
    public void received(NodeId peer, ConsensusGossip message) {
        loop.offer(() -> handle(peer, () -> messages.received(peer, message)));
    }

    /** A part of a proposed block from a peer. Dropped when too many wait. */
    public void received(NodeId peer, BlockGossip message) {
        loop.offer(() -> handle(peer, () -> messages.received(peer, message)));
    }

    /** A peer that has just connected is told where we are. */
    public void connected(NodeId peer) {
        loop.offer(() -> messages.connected(peer));
    }

    public void disconnected(NodeId peer) {
        loop.offer(() -> messages.disconnected(peer));
    }

    /** Block sync has moved the head. */
    public void headMoved() {
        loop.execute(() -> advance(execution.head()));
    }

    private void handle(NodeId peer, Runnable work) {
        if (stopped) {
            return;
        }
        try {
            work.run();
        } catch (MalformedDataException e) {
            outbox.disconnect(peer, String.valueOf(e.getMessage()));
        }
    }

    // ---- start and heights

    private void resume() {
        ChainTip head = execution.head();
        long height = head.height() + 1;
        WalReplay replay = wal.replay(height);
        if (replay instanceof WalReplay.WalDamage damage) {
            signFrom = height + SILENT_HEIGHTS_AFTER_DAMAGE;
            LOG.error(
                    "write-ahead log damaged at {}; not signing before {}",
                    damage.where(),
                    signFrom);
        }
        List<WalInputs.Entry> entries = sinceStart(decode(head, replay.records()));
        if (entries.isEmpty() || !holdsLastSigned(height, entries)) {
            startHeight(head, restored(height));
        } else {
            messages.startHeight(head);
            replay(height, entries);
        }
        loop.schedule(TICK, this::tick);
    }

    private List<WalInputs.Entry> decode(ChainTip head, List<WalRecord> records) {
        return records.stream()
                .filter(logged -> logged.height() == head.height() + 1)
                .map(logged ->
                        WalInputs.decode(
                                logged,
                                (target, restored, at) -> startInput(head, target, restored, at)))
                .toList();
    }

    /** The entries from the last start of the height on; none if that is not there. */
    private static List<WalInputs.Entry> sinceStart(List<WalInputs.Entry> entries) {
        int start = entries.size() - 1;
        while (start >= 0 && !isStart(entries.get(start))) {
            start--;
        }
        return start < 0 ? List.of() : entries.subList(start, entries.size());
    }

    /**
     * Whether the log knows what was signed last. It is forced before the signer is asked, so if
     * not, more than a torn tail is gone, and only the signer's file knows the lock.
     */
    private boolean holdsLastSigned(long height, List<WalInputs.Entry> entries) {
        return restored(height) == null
                || entries.stream()
                        .anyMatch(entry ->
                                entry instanceof WalInputs.Entry.Signing signing
                                        && signedBefore(signing.unsigned()).isPresent());
    }

    private static boolean isStart(WalInputs.Entry entry) {
        return entry instanceof WalInputs.Entry.Told(Input.StartHeight start);
    }

    /**
     * Feeds the log to the core, and the message that was signed last. Effects are thrown away
     * until the core is asked for all that is still unanswered.
     */
    private void replay(long height, List<WalInputs.Entry> entries) {
        blockLog.candidates(height)
                .forEach((id, block) ->
                        complete.put(id, new BlockAssembler.Assembled(block, List.of())));
        Input lastSigned = null;
        for (WalInputs.Entry entry : entries) {
            switch (entry) {
                case WalInputs.Entry.Told told -> replay(told.input());
                case WalInputs.Entry.Signing signing ->
                        lastSigned = signedBefore(signing.unsigned()).orElse(lastSigned);
            }
        }
        if (lastSigned != null) {
            log(lastSigned);
            replay(lastSigned);
        }
        LOG.info("resumed height {} from {} log entries", height, entries.size());
        feed(new Input.Resumed(restored(height), clock.wallMillis()));
    }

    private Optional<Input> signedBefore(Input unsigned) {
        return signer == null ? Optional.empty() : signer.signedBefore(unsigned);
    }

    private void replay(Input input) {
        if (input instanceof Input.StartHeight start) {
            current = start;
        }
        if (isReplayable(input)) {
            core.step(input).stream()
                    .filter(Effect.FoundEvidence.class::isInstance)
                    .forEach(this::carryOut);
        }
    }

    /**
     * A block that was not kept as a candidate was never judged valid here: it is fetched again.
     */
    private boolean isReplayable(Input input) {
        return switch (input) {
            case Input.BlockArrived arrived -> complete.containsKey(arrived.block().id());
            case Input.BlockBuilt built -> complete.containsKey(built.block().id());
            case Input.BlockJudged judged -> complete.containsKey(judged.blockId());
            default -> true;
        };
    }

    /** What the signer's file says of a height whose log is lost. */
    private @Nullable Restored restored(long height) {
        if (signer == null) {
            return null;
        }
        SignerState last = signer.last().orElse(null);
        return last == null || last.height() != height
                ? null
                : new Restored(last.round(), new Lock(last.lockedRound(), last.lockedBlockId()));
    }

    /** Moves on to the height after {@code head}, unless consensus is there already. */
    private void advance(ChainTip head) {
        if (stopped || head.height() < core.height()) {
            return;
        }
        wal.endHeight(head.height());
        startHeight(head, null);
    }

    private void startHeight(ChainTip head, @Nullable Restored restored) {
        alarms.values().forEach(EventLoop.Alarm::cancel);
        alarms.clear();
        complete.clear();
        messages.startHeight(head);
        var start = startInput(head, pacemaker.targetMillis(head), restored, clock.wallMillis());
        current = start;
        feed(start);
        messages.replayEarly();
    }

    /** The input that begins the height after {@code head}. */
    private Input.StartHeight startInput(
            ChainTip head, long targetMillis, @Nullable Restored restored, long atMillis) {
        long height = head.height() + 1;
        var parent =
                new Parent(
                        head.blockId(), head.timeMillis(), head.validators(), head.certificate());
        var epochs = spec.consensus().epochs();
        var order =
                ProposerOrder.of(
                        head.nextValidators(),
                        spec.identity().genesisHash(),
                        epochs,
                        epochs.epochOf(height));
        return new Input.StartHeight(
                height,
                parent,
                head.nextValidators(),
                order,
                spec.consensus(),
                targetMillis,
                restored,
                atMillis);
    }

    // ---- inputs and effects

    /**
     * Logs an input, takes it to the core, and carries out what follows, and what follows that. It
     * is logged on arrival: when one step makes us sign twice, the first message is on disk before
     * the second is signed, and a replay knows both.
     */
    void feed(Input input) {
        log(input);
        inbox.add(input);
        if (feeding) {
            return;
        }
        feeding = true;
        try {
            Input next;
            while (!stopped && (next = inbox.poll()) != null) {
                LOG.trace("<- {}", next);
                core.step(next).forEach(this::carryOut);
            }
        } finally {
            feeding = false;
        }
    }

    private void log(Input input) {
        switch (input) {
            case Input.Resumed resumed -> {}
            case Input.StartHeight start -> wal.append(WalInputs.encode(start.height(), start));
            default -> wal.append(WalInputs.encode(core.height(), input));
        }
    }

    private void carryOut(Effect effect) {
        LOG.trace("-> {}", effect);
        switch (effect) {
            case Effect.OpenBlock open -> {} // the pool fills by itself; slices come later
            case Effect.BuildBlock build -> build(build);
            case Effect.Propose propose -> propose(propose);
            case Effect.CastVote cast -> castVote(cast);
            case Effect.JudgeBlock judge -> judge(judge.blockId());
            case Effect.FetchBlock fetch -> fetch(fetch.blockId());
            case Effect.SetTimer set -> setTimer(set);
            case Effect.StepEntered entered -> entered(entered);
            case Effect.Decide decide -> decide(decide);
            case Effect.FeedAgain again -> feed(again.message());
            case Effect.FoundEvidence found -> found(found.evidence());
            case Effect.ClockBehind behind ->
                    LOG.warn("our clock is {} ms behind the chain's", behind.lagMillis());
            case Effect.Halt halt -> {
                stopped = true;
                events.halted(halt.reason());
            }
        }
    }

    private void found(Evidence found) {
        events.found(found);
        accuse(found);
    }

    /** Keeps evidence for the next block that we propose, and tells others if it is news. */
    void accuse(Evidence accusation) {
        Input.StartHeight now = current();
        if (evidence.add(accusation, now.validators())
                || evidence.add(accusation, now.parent().validators())) {
            outbox.broadcast(new ConsensusGossip.EvidenceGossip(accusation));
        }
    }

    private void setTimer(Effect.SetTimer set) {
        var alarm =
                loop.schedule(
                        Duration.ofMillis(set.delayMillis()),
                        () -> feed(new Input.TimerFired(set.timer(), clock.wallMillis())));
        EventLoop.Alarm older = alarms.put(set.timer(), alarm);
        if (older != null) {
            older.cancel();
        }
    }

    private void entered(Effect.StepEntered entered) {
        events.entered(new RoundState(entered.height(), entered.round(), entered.step()));
        messages.announce();
    }

    private void build(Effect.BuildBlock build) {
        PublicKey self = signer == null ? null : signer.publicKey();
        if (self == null) {
            return;
        }
        List<Evidence> accusations = evidence.all();
        var prepared =
                pool.proposal(
                                limits.blockGasLimit(),
                                limits.maxBlockBytes(),
                                Block.MAX_TRANSACTIONS)
                        .thenCompose(offered ->
                                execution.build(
                                        new BuildRequest(
                                                build.height(),
                                                build.timeMillis(),
                                                self,
                                                build.lastCommit(),
                                                accusations,
                                                offered)));
        loop.onAnswer(prepared, built -> built(build, accusations, built));
    }

    private void built(
            Effect.BuildBlock build, List<Evidence> accusations, Optional<PreparedBlock> built) {
        if (built.isEmpty() || core.height() != build.height()) {
            return;
        }
        PreparedBlock block = built.get();
        evidence.built(build.height(), accusations, block.block().evidence());
        complete.put(block.id(), new BlockAssembler.Assembled(block.block(), List.of()));
        var facts = BlockFacts.of(block.id(), block.block().header());
        feed(new Input.BlockBuilt(build.round(), facts, clock.wallMillis()));
    }

    private void propose(Effect.Propose propose) {
        BlockAssembler.Assembled chosen = complete.get(propose.blockId());
        if (signer == null || chosen == null || propose.height() < signFrom) {
            return;
        }
        Proposal unsigned = ValidatorSigner.unsigned(propose);
        noteSigning(new Input.ProposalArrived(unsigned, clock.wallMillis()));
        signer.sign(unsigned, propose.lock())
                .ifPresent(proposal -> {
                    outbox.broadcast(new ConsensusGossip.ProposalGossip(proposal));
                    BlockGossip.CompactBlock.framesOf(propose.blockId(), chosen.block())
                            .forEach(outbox::broadcast);
                    feed(new Input.ProposalArrived(proposal, clock.wallMillis()));
                });
    }

    private void castVote(Effect.CastVote cast) {
        OptionalInt seat = seat();
        if (signer == null || seat.isEmpty() || cast.height() < signFrom) {
            return;
        }
        Vote unsigned = ValidatorSigner.unsigned(cast, seat.getAsInt());
        noteSigning(new Input.VoteArrived(unsigned, clock.wallMillis()));
        signer.sign(unsigned, cast.lock())
                .ifPresent(vote -> {
                    outbox.broadcast(new ConsensusGossip.VoteGossip(vote));
                    feed(new Input.VoteArrived(vote, clock.wallMillis()));
                });
    }

    /** Makes the inputs so far durable, and what is to be signed because of them (W2). */
    private void noteSigning(Input unsigned) {
        wal.append(WalInputs.signing(core.height(), unsigned));
        wal.force();
    }

    private OptionalInt seat() {
        return signer == null || current == null
                ? OptionalInt.empty()
                : current.validators().indexOf(signer.publicKey());
    }

    private void judge(Hash blockId) {
        BlockAssembler.Assembled assembled = complete.get(blockId);
        if (assembled == null) {
            return;
        }
        long height = core.height();
        loop.onAnswer(
                execution.judge(assembled.block(), assembled.unverified()),
                found -> judged(height, blockId, found));
    }

    private void judged(long height, Hash blockId, Judgement found) {
        if (core.height() != height) {
            return;
        }
        switch (found) {
            case Judgement.Valid valid ->
                    feed(new Input.BlockJudged(blockId, Verdict.VALID, clock.wallMillis()));
            case Judgement.Invalid invalid -> {
                LOG.warn("block {} of height {} is invalid: {}", blockId, height, invalid.reason());
                feed(new Input.BlockJudged(blockId, Verdict.INVALID, clock.wallMillis()));
            }
            case Judgement.OffHeight off -> {}
        }
    }

    private void fetch(Hash blockId) {
        BlockAssembler.Assembled here = complete.get(blockId);
        if (here == null) {
            messages.want(blockId);
        } else {
            blockArrived(blockId, here);
        }
    }

    /** A block of this height is here as a whole. */
    void blockArrived(Hash blockId, BlockAssembler.Assembled assembled) {
        complete.put(blockId, assembled);
        var facts = BlockFacts.of(blockId, assembled.block().header());
        feed(new Input.BlockArrived(facts, clock.wallMillis()));
    }

    /** A block of this height, if it is here as a whole. */
    Optional<Block> block(Hash blockId) {
        return Optional.ofNullable(complete.get(blockId)).map(BlockAssembler.Assembled::block);
    }

    private void decide(Effect.Decide decide) {
        loop.onAnswer(execution.commit(decide.commit()), this::committed);
    }

    private void committed(Optional<BlockCommitted> committed) {
        committed.ifPresent(done -> evidence.committed(done.block().evidence()));
        advance(committed.map(BlockCommitted::head).orElseGet(execution::head));
    }

    private void tick() {
        if (!stopped) {
            messages.tick();
            loop.schedule(TICK, this::tick);
        }
    }

    Input.StartHeight current() {
        if (current == null) {
            throw new IllegalStateException("no height has begun");
        }
        return current;
    }

    boolean hasBegun() {
        return current != null;
    }

    boolean isWaiting() {
        return core.step() == Step.NEW_HEIGHT || core.step() == Step.DECIDED;
    }

    long wallMillis() {
        return clock.wallMillis();
    }

    long monotonicMillis() {
        return clock.monotonicNanos() / 1_000_000;
    }
}
