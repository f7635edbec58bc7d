package io.computronium.node.sync;

import io.computronium.node.execution.ExecutionService;
import io.computronium.node.execution.ExecutionService.Import;
import io.computronium.node.network.Outbox;
import io.computronium.node.runtime.EventLoop;
import io.computronium.node.runtime.NodeClock;
import io.computronium.p2p.message.BlockSync;
import io.computronium.p2p.message.BlockSync.BlockHead;
import io.computronium.p2p.message.BlockSync.BlockPart;
import io.computronium.p2p.message.BlockSync.BlockRequest;
import io.computronium.p2p.message.BlockSync.BlockUnavailable;
import io.computronium.p2p.message.BlockSync.Status;
import io.computronium.p2p.message.BlockSync.StatusRequest;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.NodeId;
import io.computronium.storage.block.BlockStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches the blocks that peers have and this node lacks, and serves those that it has. Owns the
 * thread "sync"; public methods mail themselves to it.
 */
public final class BlockSynchroniser {

    private static final Logger LOG = LoggerFactory.getLogger(BlockSynchroniser.class);

    private static final Duration TICK = Duration.ofMillis(200);

    /** Consensus itself closes a gap of one block, if it is only a matter of moments. */
    private static final long PATIENCE_MILLIS = 1_000;

    /** No block for so long ends a request. */
    private static final long STALLED_MILLIS = 15_000;

    /** Peers with a height further ahead than this are behind which readiness counts. */
    private static final long NEAR = 2;

    private final EventLoop loop;
    private final NodeClock clock;
    private final ExecutionService execution;
    private final Outbox outbox;
    private final Runnable headMoved;
    private final BlockServer server;

    /** What connected peers claim. Who was asked goes to the end, so that a liar costs its turn. */
    private final Map<NodeId, Long> peerHeights = new LinkedHashMap<>();

    private @Nullable BlockDownload download;
    private int importing;
    private long progressAtMillis;
    private long headHeight;
    private volatile long bestHeight;

    /**
     * A synchroniser on a thread of its own.
     *
     * @param headMoved told after each import
     */
    public BlockSynchroniser(
            EventLoop loop,
            NodeClock clock,
            BlockStore blocks,
            ExecutionService execution,
            Outbox outbox,
            Runnable headMoved) {
        this.loop = loop;
        this.clock = clock;
        this.execution = execution;
        this.outbox = outbox;
        this.headMoved = headMoved;
        this.server = new BlockServer(blocks, outbox);
        this.headHeight = execution.head().height();
        this.progressAtMillis = nowMillis();
    }

    public void start() {
        loop.schedule(TICK, this::tick);
    }

    /** The greatest height that a connected peer claims; a hint. Any thread. */
    public long bestHeight() {
        return bestHeight;
    }

    /** Whether peers claim to be further than a block or two ahead. Any thread. */
    public boolean isSyncing() {
        return bestHeight > execution.head().height() + NEAR;
    }

    /** A peer says that this height is final there. */
    public void peerAt(NodeId peer, long height) {
        loop.offer(() -> noteHeight(peer, height));
    }

    public void disconnected(NodeId peer) {
        loop.execute(() -> {
            server.disconnected(peer);
            peerHeights.remove(peer);
            updateBest();
            if (download != null && download.peer.equals(peer)) {
                download = null;
            }
        });
    }

    /** There is room again in the queue for this peer. */
    public void drained(NodeId peer) {
        loop.execute(() -> server.drained(peer));
    }

    public void received(NodeId peer, BlockSync message) {
        loop.offer(() -> {
            try {
                handle(peer, message);
            } catch (MalformedDataException e) {
                outbox.disconnect(peer, String.valueOf(e.getMessage()));
            }
        });
    }

    private void handle(NodeId peer, BlockSync message) {
        switch (message) {
            case StatusRequest request ->
                    outbox.send(
                            peer,
                            new Status(
                                    Math.min(1, execution.head().height()),
                                    execution.head().height()));
            case Status status -> noteHeight(peer, status.height());
            case BlockRequest request -> server.request(peer, request);
            case BlockHead head -> ifAsked(peer, asked -> downloaded(asked, asked.onHead(head)));
            case BlockPart part -> ifAsked(peer, asked -> downloaded(asked, asked.onPart(part)));
            case BlockUnavailable unavailable ->
                    ifAsked(
                            peer,
                            asked -> {
                                noteHeight(peer, unavailable.height() - 1);
                                download = null;
                            });
        }
    }

    /** What nobody asked for, or not any more, is passed over. */
    private void ifAsked(NodeId peer, Consumer<BlockDownload> work) {
        BlockDownload asked = download;
        if (asked != null && asked.peer.equals(peer)) {
            work.accept(asked);
        }
    }

    private void noteHeight(NodeId peer, long height) {
        peerHeights.put(peer, height);
        updateBest();
    }

    private void updateBest() {
        bestHeight = peerHeights.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    private void downloaded(BlockDownload asked, Optional<BlockDownload.Downloaded> downloaded) {
        if (downloaded.isEmpty()) {
            return;
        }
        NodeId peer = asked.peer;
        if (asked.isDone()) {
            download = null;
        }
        progressAtMillis = nowMillis();
        importing++;
        loop.onAnswer(
                execution.importBlock(downloaded.get().block(), downloaded.get().certificate()),
                outcome -> imported(peer, outcome));
    }

    private void imported(NodeId peer, Import outcome) {
        importing--;
        switch (outcome) {
            case Import.Imported imported -> headMoved.run();
            case Import.Known known -> {}
            case Import.Ahead ahead -> {}
            case Import.Refused refused -> {
                LOG.warn("block from peer {} refused: {}", peer, refused.reason());
                outbox.disconnect(peer, refused.reason());
            }
        }
    }

    private void tick() {
        long height = execution.head().height();
        if (height != headHeight) {
            headHeight = height;
            progressAtMillis = nowMillis();
        }
        long waited = nowMillis() - progressAtMillis;
        if (download != null && waited > STALLED_MILLIS) {
            outbox.disconnect(download.peer, "block sync stalled");
            download = null;
        }
        if (download == null
                && importing == 0
                && (bestHeight > height + 1
                        || (bestHeight == height + 1 && waited > PATIENCE_MILLIS))) {
            request(height + 1);
        }
        loop.schedule(TICK, this::tick);
    }

    private void request(long fromHeight) {
        peerHeights.entrySet().stream()
                .filter(claim -> claim.getValue() >= fromHeight)
                .findFirst()
                .ifPresent(claim -> request(claim.getKey(), claim.getValue(), fromHeight));
    }

    private void request(NodeId peer, long height, long fromHeight) {
        peerHeights.remove(peer);
        peerHeights.put(peer, height);
        int count = (int) Math.min(BlockRequest.MAX_COUNT, height - fromHeight + 1);
        if (outbox.send(peer, new BlockRequest(fromHeight, count))) {
            download = new BlockDownload(peer, fromHeight, count);
            progressAtMillis = nowMillis();
        }
    }

    private long nowMillis() {
        return clock.monotonicNanos() / 1_000_000;
    }
}
