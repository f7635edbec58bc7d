package io.computronium.node.network;

import io.computronium.p2p.message.PeerMessage;
import io.computronium.primitives.NodeId;

/** The peers, as the parts of a node see them. Methods never block; any thread. */
public interface Outbox {

    /** To every peer. What cannot be queued is lost; repair makes up for it. */
    void broadcast(PeerMessage message);

    /**
     * To one peer.
     *
     * @return false if it was dropped, because the peer is gone or too much waits for it
     */
    boolean send(NodeId peer, PeerMessage message);

    /** Ends the connection to a peer that broke the protocol. */
    void disconnect(NodeId peer, String reason);
}
