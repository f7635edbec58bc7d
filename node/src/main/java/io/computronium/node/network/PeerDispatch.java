package io.computronium.node.network;

import io.computronium.node.driver.ConsensusDriver;
import io.computronium.node.pipeline.Origin;
import io.computronium.node.pipeline.TransactionPipeline;
import io.computronium.node.rpc.NodeReads.PeerView;
import io.computronium.node.runtime.NodeClock;
import io.computronium.node.sync.BlockSynchroniser;
import io.computronium.p2p.Direction;
import io.computronium.p2p.Peer;
import io.computronium.p2p.PeerListener;
import io.computronium.p2p.message.BlockGossip;
import io.computronium.p2p.message.BlockSync;
import io.computronium.p2p.message.ConsensusGossip;
import io.computronium.p2p.message.PeerMessage;
import io.computronium.p2p.message.TransactionBatch;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.NodeId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The way in from peers: each message to the part that answers for it. On the network's thread. */
public final class PeerDispatch implements PeerListener {

    private final ConsensusDriver driver;
    private final BlockSynchroniser sync;
    private final TransactionPipeline pipeline;
    private final LongSupplier height;
    private final NodeClock clock;
    private final Map<NodeId, Acquaintance> peers = new ConcurrentHashMap<>();

    /** A connected peer. */
    private record Acquaintance(Peer peer, long sinceNanos, long height) {}

    /**
     * @param height of the last committed block
     */
    public PeerDispatch(
            ConsensusDriver driver,
            BlockSynchroniser sync,
            TransactionPipeline pipeline,
            LongSupplier height,
            NodeClock clock) {
        this.driver = driver;
        this.sync = sync;
        this.pipeline = pipeline;
        this.height = height;
        this.clock = clock;
    }

    @Override
    public LocalStatus status() {
        return new LocalStatus(height.getAsLong());
    }

    @Override
    public void connected(Peer peer) {
        long said = peer.hello().height();
        peers.put(peer.id(), new Acquaintance(peer, clock.monotonicNanos(), said));
        sync.peerAt(peer.id(), said);
        driver.connected(peer.id());
    }

    @Override
    public void disconnected(Peer peer, String reason) {
        peers.remove(peer.id());
        sync.disconnected(peer.id());
        driver.disconnected(peer.id());
    }

    @Override
    public void drained(Peer peer) {
        sync.drained(peer.id());
    }

    @Override
    public void received(Peer peer, PeerMessage message) {
        switch (message) {
            case ConsensusGossip gossip -> {
                if (gossip instanceof ConsensusGossip.NewStep step) {
                    stands(peer, step.height() - 1);
                }
                driver.received(peer.id(), gossip);
            }
            case BlockGossip gossip -> driver.received(peer.id(), gossip);
            case BlockSync block -> sync.received(peer.id(), block);
            case TransactionBatch batch -> offer(peer, batch);
        }
    }

    private void stands(Peer peer, long finalHeight) {
        peers.computeIfPresent(
                peer.id(), (_, known) -> new Acquaintance(peer, known.sinceNanos, finalHeight));
        sync.peerAt(peer.id(), finalHeight);
    }

    /** Who is connected, and what they said last. Any thread. */
    public List<PeerView> peers() {
        long now = clock.monotonicNanos();
        return peers.values().stream()
                .map(known ->
                        new PeerView(
                                known.peer.id(),
                                known.peer.address().getAddress().getHostAddress()
                                        + ":"
                                        + known.peer.address().getPort(),
                                known.peer.direction() == Direction.INBOUND,
                                known.height,
                                (now - known.sinceNanos) / 1_000_000))
                .toList();
    }

    /**
     * What finds no room is dropped: the sender of a transaction resends it, or another peer does.
     */
    private void offer(Peer peer, TransactionBatch batch) {
        var origin = new Origin.Peer(peer.id());
        for (Bytes transaction : batch.transactions()) {
            pipeline.offer(transaction.toArray(), origin);
        }
    }
}
