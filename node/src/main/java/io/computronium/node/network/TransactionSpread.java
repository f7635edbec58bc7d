package io.computronium.node.network;

import io.computronium.node.pipeline.Origin;
import io.computronium.node.pipeline.TransactionGossip;
import io.computronium.p2p.message.TransactionBatch;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.NodeId;
import java.util.List;
import java.util.Set;

/**
 * Spreads transactions over a full mesh: each goes one hop, from the node that a user gave it to.
 * So every link carries every body once. What a stranger sends, who is connected to few, is spread
 * as a user's is.
 */
public final class TransactionSpread implements TransactionGossip {

    private final Outbox outbox;
    private final Set<NodeId> mesh;

    /**
     * @param mesh the peers that are all connected to one another
     */
    public TransactionSpread(Outbox outbox, Set<NodeId> mesh) {
        this.outbox = outbox;
        this.mesh = Set.copyOf(mesh);
    }

    @Override
    public void spread(List<Item> batch) {
        List<Bytes> fresh =
                batch.stream()
                        .filter(item -> isFromOutside(item.origin()))
                        .map(item -> item.transaction().bytes())
                        .toList();
        TransactionBatch.framesOf(fresh).forEach(outbox::broadcast);
    }

    private boolean isFromOutside(Origin origin) {
        return switch (origin) {
            case Origin.Local local -> true;
            case Origin.Peer peer -> !mesh.contains(peer.id());
        };
    }
}
