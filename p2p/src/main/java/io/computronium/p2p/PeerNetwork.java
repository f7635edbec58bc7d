package io.computronium.p2p;

import io.computronium.p2p.message.PeerMessage;
import io.computronium.primitives.NodeId;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;

/** A running network of one node. Safe for use by many threads. */
public interface PeerNetwork extends AutoCloseable {

    NodeId id();

    /** Where this node listens: the configured address, with the port that was free if it was 0. */
    InetSocketAddress localAddress();

    /** The peers that are connected now, by id. Immutable, in no particular order. */
    Map<NodeId, Peer> peers();

    default Optional<Peer> peer(NodeId id) {
        return Optional.ofNullable(peers().get(id));
    }

    /** Sends a message to every peer, encoding it once. As {@link Peer#send}, never blocks. */
    void broadcast(PeerMessage message);

    /** As {@link #broadcast(PeerMessage)}, but not to {@code except}. */
    void broadcast(PeerMessage message, NodeId except);

    /**
     * How often this side ended a connection, by reason, since the start; reasons never met are
     * left out.
     */
    Map<Rejection, Long> rejected();

    /** Ends all connections and the thread, within one second. May be called again. */
    @Override
    void close();
}
