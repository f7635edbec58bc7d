package io.computronium.p2p.transport;

import io.computronium.p2p.PeerAddress;
import io.computronium.p2p.PeerLimits;
import io.computronium.primitives.NodeId;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps static peers connected: dials each one that has no connection, after a wait that doubles
 * from dial to dial up to a limit and shrinks to the first again once a connection has held. Waits
 * are scattered over their second half, so that nodes that lost each other at once do not return at
 * once. For the loop alone.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what is planned is not cancelled
final class Dialler {

    private static final Logger LOG = LoggerFactory.getLogger(Dialler.class);

    /** Starts a connection to a node at an address. */
    @FunctionalInterface
    interface Connector {
        ChannelFuture connect(InetSocketAddress address, NodeId expected);
    }

    private static final class Target {
        final PeerAddress address;

        /** A dial is planned or under way, or its connection still open. */
        boolean busy;

        int dials;
        long connectedNanos;

        Target(PeerAddress address) {
            this.address = address;
        }
    }

    private final String node;
    private final PeerLimits.Timing timing;
    private final EventLoop loop;
    private final Predicate<NodeId> connected;
    private final Connector connector;
    private final Map<NodeId, Target> targets = new LinkedHashMap<>();
    private boolean stopped;

    Dialler(Local local, EventLoop loop, Predicate<NodeId> connected, Connector connector) {
        this.node = local.config().name();
        this.timing = local.config().limits().timing();
        this.loop = loop;
        this.connected = connected;
        this.connector = connector;
        for (PeerAddress address : local.config().staticPeers()) {
            if (!address.id().equals(local.id())) {
                targets.put(address.id(), new Target(address));
            }
        }
    }

    /** Dials every peer. The node with the greater id lets the other one go first. */
    void start(NodeId self) {
        for (Target target : targets.values()) {
            boolean first = self.compareTo(target.address.id()) < 0;
            plan(target, first ? 0 : timing.redialFirst().toNanos());
        }
    }

    void stop() {
        stopped = true;
    }

    /** A peer has connected, whoever dialled. */
    void opened(NodeId id) {
        Target target = targets.get(id);
        if (target != null) {
            target.connectedNanos = System.nanoTime();
        }
    }

    /** A peer has no connection any more. */
    void gone(NodeId id) {
        Target target = targets.get(id);
        if (target != null) {
            long held = System.nanoTime() - target.connectedNanos;
            if (held >= timing.redialLast().toNanos()) {
                target.dials = 0;
            }
            plan(target);
        }
    }

    private void plan(Target target) {
        plan(target, wait(target.dials));
    }

    private void plan(Target target, long nanos) {
        if (!target.busy && !stopped) {
            target.busy = true;
            loop.schedule(() -> dial(target), nanos, TimeUnit.NANOSECONDS);
        }
    }

    private long wait(int dials) {
        long first = timing.redialFirst().toNanos();
        long doubled = first << Math.min(dials, Long.numberOfLeadingZeros(first) - 1);
        long whole = Math.min(doubled, timing.redialLast().toNanos());
        return whole / 2 + ThreadLocalRandom.current().nextLong(whole / 2 + 1);
    }

    private void dial(Target target) {
        if (stopped || connected.test(target.address.id())) {
            target.busy = false;
            return;
        }
        target.dials++;
        String host = target.address.host();
        try {
            connect(target, InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            // A name. Resolving it may take seconds, which the loop does not have.
            Thread.ofVirtual().name("p2p-" + node + "-resolve").start(() -> resolve(target));
        }
    }

    private void resolve(Target target) {
        try {
            try {
                InetAddress address = InetAddress.getByName(target.address.host());
                loop.execute(() -> connect(target, address));
            } catch (UnknownHostException e) {
                loop.execute(() -> ended(target, "unknown host"));
            }
        } catch (RejectedExecutionException e) {
            // The network was closed meanwhile.
        }
    }

    private void connect(Target target, InetAddress address) {
        if (stopped) {
            return;
        }
        var to = new InetSocketAddress(address, target.address.port());
        ChannelFuture connection = connector.connect(to, target.address.id());
        connection.addListener(attempt -> {
            if (attempt.isSuccess()) {
                connection.channel().closeFuture().addListener(x -> ended(target, "closed"));
            } else {
                ended(target, String.valueOf(attempt.cause()));
            }
        });
    }

    private void ended(Target target, String reason) {
        LOG.debug("[{}] dial of {} ended: {}", node, target.address, reason);
        target.busy = false;
        plan(target);
    }
}
