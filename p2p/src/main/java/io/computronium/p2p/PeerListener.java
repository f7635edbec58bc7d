package io.computronium.p2p;

import io.computronium.p2p.message.PeerMessage;
import org.jspecify.annotations.Nullable;

/**
 * What a network calls. All calls come from the network's one loop thread, so they are in order and
 * never two at a time; they must not block, because every peer waits. They may come before the call
 * that starts the network returns. An exception closes the peer.
 */
public interface PeerListener {

    /**
     * What this node says of itself in the next Hello.
     *
     * @param height highest final height
     * @param capabilities bits, none of them defined yet
     * @param seatProof null: does not speak for a validator
     */
    record LocalStatus(long height, long capabilities, @Nullable SeatProof seatProof) {

        public LocalStatus(long height) {
            this(height, 0, null);
        }
    }

    LocalStatus status();

    /** The peer is there. For one id, never twice without {@link #disconnected} in between. */
    void connected(Peer peer);

    /**
     * The peer is gone; what was queued for it is lost.
     *
     * @param reason for people
     */
    void disconnected(Peer peer, String reason);

    void received(Peer peer, PeerMessage message);

    /** A {@link Peer#send} was refused for lack of room, and now there is room again. */
    default void drained(Peer peer) {}
}
