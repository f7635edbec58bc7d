package io.computronium.node.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.node.execution.ExecutionService;
import io.computronium.node.execution.MemoryChain;
import io.computronium.node.metrics.NodeMetrics;
import io.computronium.node.network.SentMessages;
import io.computronium.node.network.SentMessages.Sent;
import io.computronium.node.runtime.EventLoop;
import io.computronium.node.runtime.NodeClock;
import io.computronium.node.runtime.SettableClock;
import io.computronium.node.runtime.TestLoops;
import io.computronium.p2p.message.BlockSync;
import io.computronium.p2p.message.BlockSync.BlockHead;
import io.computronium.p2p.message.BlockSync.BlockRequest;
import io.computronium.p2p.message.BlockSync.BlockUnavailable;
import io.computronium.p2p.message.BlockSync.Status;
import io.computronium.p2p.message.BlockSync.StatusRequest;
import io.computronium.primitives.NodeId;
import io.computronium.primitives.bft.CommitCertificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node that is behind catches up from whoever has the blocks, and believes nobody's word. */
class BlockSynchroniserTest {

    private static final NodeId PEER = NodeId.ofHex("01".repeat(20));
    private static final NodeId OTHER = NodeId.ofHex("02".repeat(20));
    private static final Duration TICK = Duration.ofMillis(200);

    private final SettableClock clock = new SettableClock(MemoryChain.GENESIS_MILLIS);
    private final TestLoops loops = new TestLoops(clock);
    private final NodeMetrics metrics = new NodeMetrics("test");
    private final SentMessages peers = new SentMessages();
    private final AtomicInteger moves = new AtomicInteger();

    /** What the others have made. */
    private final MemoryChain theirs = MemoryChain.of(4).extended(30);

    private final MemoryChain ours = MemoryChain.of(4);
    private final ExecutionService execution =
            new ExecutionService(
                    loops.loop("execution"),
                    ours.processor(),
                    ours.spec().identity(),
                    transactions -> Optional.empty(),
                    metrics,
                    clock);
    private final BlockSynchroniser sync = synchroniser(clock, loops.loop("sync"));

    private BlockSynchroniser synchroniser(NodeClock time, EventLoop loop) {
        return new BlockSynchroniser(
                loop, time, ours.blocks(), execution, peers, moves::incrementAndGet);
    }

    @AfterEach
    void close() {
        loops.close();
        metrics.close();
        assertEquals(List.of(), loops.failures());
    }

    private List<BlockSync> frames(long height) {
        return BlockSync.framesOf(
                theirs.blocks().block(height).orElseThrow(),
                theirs.blocks().certificate(height).orElseThrow());
    }

    private void deliver(NodeId peer, long from, long to) {
        for (long height = from; height <= to; height++) {
            frames(height).forEach(frame -> sync.received(peer, frame));
        }
        loops.settle();
    }

    private void tick() {
        loops.pass(TICK);
    }

    private void start(NodeId peer, long height) {
        sync.start();
        sync.peerAt(peer, height);
        loops.settle();
        tick();
    }

    private long height() {
        return execution.head().height();
    }

    private List<Sent> requests() {
        return peers.take().stream()
                .filter(sent -> sent.message() instanceof BlockRequest)
                .toList();
    }

    private static List<Sent> request(NodeId peer, long from, int count) {
        return List.of(new Sent(peer, new BlockRequest(from, count)));
    }

    @Test
    void itCatchesUpRequestByRequest() {
        start(PEER, 30);
        assertTrue(sync.isSyncing());
        assertEquals(request(PEER, 1, 20), requests());
        deliver(PEER, 1, 20);
        assertEquals(20, height());
        tick();
        assertEquals(request(PEER, 21, 10), requests());
        deliver(PEER, 21, 30);
        assertEquals(30, height());
        assertEquals(30, moves.get());
        assertEquals(theirs.head().blockId(), execution.head().blockId());
        assertEquals(theirs.head().state().root(), execution.head().state().root());
        assertFalse(sync.isSyncing());
        tick();
        assertEquals(List.of(), requests());
        assertEquals(List.of(), peers.disconnected());
    }

    @Test
    void oneBlockBehindIsLeftToConsensusForAWhile() {
        ours.follow(
                theirs.blocks().block(1).orElseThrow(),
                theirs.blocks().certificate(1).orElseThrow());
        start(PEER, height() + 1);
        assertEquals(List.of(), requests());
        loops.pass(Duration.ofMillis(1_100));
        assertEquals(1, requests().size());
    }

    @Test
    void theClocksZeroDoesNotMatter() {
        var before =
                new NodeClock() {
                    @Override
                    public long wallMillis() {
                        return clock.wallMillis();
                    }

                    @Override
                    public long monotonicNanos() {
                        return clock.monotonicNanos() - Duration.ofDays(1).toNanos();
                    }
                };
        BlockSynchroniser other = synchroniser(before, loops.loop("other"));
        other.start();
        other.peerAt(PEER, 1);
        loops.settle();
        loops.pass(Duration.ofMillis(1_500));
        loops.pass(Duration.ofMillis(1_500));
        assertEquals(request(PEER, 1, 1), requests());
    }

    @Test
    void oneRequestAtATime() {
        start(PEER, 30);
        assertEquals(1, requests().size());
        sync.peerAt(OTHER, 30);
        for (int i = 0; i < 10; i++) {
            tick();
        }
        deliver(PEER, 1, 5);
        tick();
        assertEquals(List.of(), requests());
    }

    @Test
    void aPeerThatHasNotWhatItClaimedIsNotAskedAgain() {
        start(PEER, 30);
        sync.peerAt(OTHER, 25);
        requests();
        sync.received(PEER, new BlockUnavailable(1));
        loops.settle();
        tick();
        assertEquals(request(OTHER, 1, 20), requests());
    }

    @Test
    void aPeerThatIsGoneIsReplaced() {
        start(PEER, 30);
        sync.peerAt(OTHER, 30);
        requests();
        deliver(PEER, 1, 3);
        sync.disconnected(PEER);
        loops.settle();
        tick();
        assertEquals(request(OTHER, 4, 20), requests());
        deliver(OTHER, 4, 23);
        assertEquals(23, height());
    }

    @Test
    void aPeerThatStallsIsLetGo() {
        start(PEER, 30);
        deliver(PEER, 1, 2);
        tick();
        requests();
        loops.pass(Duration.ofMillis(14_900));
        assertEquals(List.of(), peers.disconnected());
        loops.pass(Duration.ofMillis(400));
        assertEquals(List.of(PEER), peers.disconnected());
    }

    @Test
    void aRequestThatFindsNoRoomIsMadeAgain() {
        peers.room(0);
        start(PEER, 30);
        assertEquals(List.of(), requests());
        peers.room(10);
        tick();
        assertEquals(request(PEER, 1, 20), requests());
    }

    @Test
    void aBlockWithoutAQuorumIsRefused() {
        start(PEER, 30);
        var head = (BlockHead) frames(1).getFirst();
        CommitCertificate two = theirs.certificate(1, 0, head.certificate().blockId(), 0, 1);
        sync.received(
                PEER,
                new BlockHead(
                        head.header(),
                        two,
                        head.lastCommit(),
                        head.evidence(),
                        head.transactionCount()));
        loops.settle();
        assertEquals(0, height());
        assertEquals(0, moves.get());
        assertEquals(List.of(PEER), peers.disconnected());
    }

    @Test
    void framesOutOfOrderEndTheConnection() {
        start(PEER, 30);
        sync.received(PEER, frames(2).getFirst());
        loops.settle();
        assertEquals(List.of(PEER), peers.disconnected());
        assertEquals(0, height());
    }

    @Test
    void whatNobodyAskedForIsPassedOver() {
        sync.start();
        deliver(PEER, 1, 3);
        assertEquals(0, height());
        assertEquals(List.of(), peers.disconnected());
        start(PEER, 30);
        deliver(OTHER, 1, 3);
        assertEquals(0, height());
        assertEquals(List.of(), peers.disconnected());
    }

    @Test
    void claimsEndWithTheirPeer() {
        start(PEER, Long.MAX_VALUE);
        assertEquals(request(PEER, 1, 20), requests());
        assertEquals(Long.MAX_VALUE, sync.bestHeight());
        sync.peerAt(OTHER, 1);
        sync.disconnected(PEER);
        loops.settle();
        assertEquals(1, sync.bestHeight());
        assertFalse(sync.isSyncing());
    }

    @Test
    void aLiarDoesNotKeepTheOthersFromBeingAsked() {
        start(PEER, Long.MAX_VALUE);
        sync.peerAt(OTHER, 30);
        List<NodeId> asked = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            peers.take().forEach(sent -> asked.add(sent.peer()));
            sync.received(PEER, new BlockUnavailable(1)); // and claims it again at once
            sync.peerAt(PEER, Long.MAX_VALUE);
            loops.settle();
            tick();
        }
        assertTrue(asked.contains(OTHER), asked.toString());
    }

    @Test
    void itSaysWhatItHas() {
        sync.received(PEER, new StatusRequest());
        loops.settle();
        start(PEER, 2);
        deliver(PEER, 1, 2);
        sync.received(OTHER, new StatusRequest());
        loops.settle();
        assertEquals(List.of(new Status(0, 0), new Status(1, 2)), peers.take(Status.class));
    }
}
