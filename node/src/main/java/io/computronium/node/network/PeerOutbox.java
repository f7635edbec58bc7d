package io.computronium.node.network;

import io.computronium.p2p.Peer;
import io.computronium.p2p.PeerNetwork;
import io.computronium.p2p.message.PeerMessage;
import io.computronium.primitives.NodeId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The way out to peers. It exists before the network does, since the parts that speak through it
 * are also what the network speaks to; what they say before {@link #open} goes nowhere.
 */
public final class PeerOutbox implements Outbox {

    private final CompletableFuture<PeerNetwork> network = new CompletableFuture<>();

    /** From now on messages go out. */
    public void open(PeerNetwork started) {
        network.complete(started);
    }

    @Override
    public void broadcast(PeerMessage message) {
        network().ifPresent(open -> open.broadcast(message));
    }

    @Override
    public boolean send(NodeId peer, PeerMessage message) {
        return find(peer).map(found -> found.send(message)).orElse(false);
    }

    @Override
    public void disconnect(NodeId peer, String reason) {
        find(peer).ifPresent(found -> found.close(reason));
    }

    private Optional<Peer> find(NodeId peer) {
        return network().flatMap(open -> open.peer(peer));
    }

    private Optional<PeerNetwork> network() {
        return Optional.ofNullable(network.getNow(null));
    }
}
