package io.computronium.p2p;

import io.computronium.p2p.message.PeerMessage;
import io.computronium.primitives.NodeId;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * A connection to a node that has shown its key and its chain. A node that comes back is a new peer
 * with the same id. Safe for use by many threads.
 */
public interface Peer {

    NodeId id();

    /** The other end of the connection; not necessarily where the node listens. */
    InetSocketAddress address();

    Direction direction();

    /** What the peer said first. */
    Hello hello();

    /**
     * Queues a message behind those of its urgency. Never blocks. More urgent messages overtake,
     * those of one family stay in order.
     *
     * @return false if the message was dropped, because the peer is gone or too much of its family
     *     is waiting already; in the second case {@link PeerListener#drained} will follow
     */
    boolean send(PeerMessage message);

    /** Bytes that wait to be sent. */
    long backlogBytes();

    /**
     * Stops reading from the peer for a while, so that TCP slows it down. Votes wait too: choose
     * tens of milliseconds.
     *
     * @param duration at most one second; longer is cut
     */
    void pauseReading(Duration duration);

    /**
     * Ends the connection. A static peer is dialled again after a while.
     *
     * @param reason for the log
     */
    void close(String reason);
}
