package io.computronium.node.network;

import io.computronium.p2p.message.PeerMessage;
import io.computronium.primitives.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Peers that take what they are sent, as long as there is room, and never answer. Any thread. */
public final class SentMessages implements Outbox {

    private final List<Sent> sent = new CopyOnWriteArrayList<>();
    private final List<NodeId> disconnected = new CopyOnWriteArrayList<>();
    private final AtomicInteger room = new AtomicInteger(Integer.MAX_VALUE);

    /**
     * A message that went out.
     *
     * @param peer null: to all
     */
    public record Sent(@Nullable NodeId peer, PeerMessage message) {}

    @Override
    public void broadcast(PeerMessage message) {
        sent.add(new Sent(null, message));
    }

    @Override
    public boolean send(NodeId peer, PeerMessage message) {
        if (room.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
            return false;
        }
        sent.add(new Sent(peer, message));
        return true;
    }

    @Override
    public void disconnect(NodeId peer, String reason) {
        disconnected.add(peer);
    }

    /** How many messages to single peers are still taken. */
    public void room(int messages) {
        room.set(messages);
    }

    /** What went out since it was taken last. */
    public List<Sent> take() {
        List<Sent> taken = new ArrayList<>(sent);
        sent.removeAll(taken);
        return taken;
    }

    /** As {@link #take}, the messages of one kind alone, whoever they went to. */
    public <M extends PeerMessage> List<M> take(Class<M> kind) {
        return take().stream().map(Sent::message).filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Who broke the protocol, in the order of the offences. */
    public List<NodeId> disconnected() {
        return List.copyOf(disconnected);
    }
}
