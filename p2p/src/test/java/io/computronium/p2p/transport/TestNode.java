package io.computronium.p2p.transport;

import static org.junit.jupiter.api.Assertions.fail;

import io.computronium.p2p.Peer;
import io.computronium.p2p.PeerAddress;
import io.computronium.p2p.PeerLimits;
import io.computronium.p2p.PeerListener;
import io.computronium.p2p.PeerNetwork;
import io.computronium.p2p.PeerNetworkConfig;
import io.computronium.p2p.Rejection;
import io.computronium.p2p.Samples;
import io.computronium.p2p.message.PeerMessage;
import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.NodeId;
import io.computronium.primitives.crypto.KeyPair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A node of which only the network is there: it notes what the network tells it. */
final class TestNode implements PeerListener, AutoCloseable {

    /** Far longer than anything takes; waits end as soon as what they wait for is there. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    sealed interface Event {
        record Connected(Peer peer) implements Event {}

        record Disconnected(Peer peer, String reason) implements Event {}

        record Received(Peer peer, PeerMessage message) implements Event {}

        record Drained(Peer peer) implements Event {}
    }

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final PeerNetwork network;

    private TestNode(PeerNetworkConfig config) {
        try {
            network = TlsPeerNetwork.start(config, this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static PeerNetworkConfig config(int key, int port, PeerAddress... peers) {
        return new PeerNetworkConfig(
                "n" + key, loopback(port), Samples.key(key), Samples.CHAIN, List.of(peers));
    }

    static PeerNetworkConfig with(PeerNetworkConfig config, PeerLimits limits) {
        return new PeerNetworkConfig(
                config.name(),
                config.listen(),
                config.nodeKey(),
                config.chain(),
                config.staticPeers(),
                limits);
    }

    static PeerNetworkConfig with(PeerNetworkConfig config, ChainIdentity chain) {
        return new PeerNetworkConfig(
                config.name(), config.listen(), config.nodeKey(), chain, config.staticPeers());
    }

    static TestNode start(PeerNetworkConfig config) {
        return new TestNode(config);
    }

    static NodeId id(int key) {
        return id(Samples.key(key));
    }

    static NodeId id(KeyPair key) {
        return NodeId.ofKey(key.publicKey());
    }

    static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    static PeerAddress address(int key, int port) {
        return new PeerAddress("127.0.0.1", port, id(key));
    }

    /** Ports that were free a moment ago. */
    static List<Integer> freePorts(int count) {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            List<Integer> ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
            for (ServerSocket socket : sockets) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    PeerNetwork network() {
        return network;
    }

    PeerAddress address() {
        return new PeerAddress("127.0.0.1", network.localAddress().getPort(), network.id());
    }

    long rejected(Rejection rejection) {
        return network.rejected().getOrDefault(rejection, 0L);
    }

    /** The next event of this kind; others before it are passed over. */
    <E extends Event> E await(Class<E> kind) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (true) {
                Event event = events.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (event == null) {
                    return fail("no " + kind.getSimpleName() + ", rejected " + network.rejected());
                }
                if (kind.isInstance(event)) {
                    return kind.cast(event);
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Peer awaitPeer() {
        return await(Event.Connected.class).peer();
    }

    PeerMessage awaitMessage() {
        return await(Event.Received.class).message();
    }

    void awaitRejected(Rejection rejection) {
        await(rejection + " expected, is ", () -> rejected(rejection) > 0);
    }

    void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                fail(what + network.rejected());
            }
            sleep(Duration.ofMillis(5));
        }
    }

    static void sleep(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What has come and was not awaited. */
    List<Event> pending() {
        return List.copyOf(events);
    }

    @Override
    public LocalStatus status() {
        return new LocalStatus(42);
    }

    @Override
    public void connected(Peer peer) {
        events.add(new Event.Connected(peer));
    }

    @Override
    public void disconnected(Peer peer, String reason) {
        events.add(new Event.Disconnected(peer, reason));
    }

    @Override
    public void received(Peer peer, PeerMessage message) {
        events.add(new Event.Received(peer, message));
    }

    @Override
    public void drained(Peer peer) {
        events.add(new Event.Drained(peer));
    }

    @Override
    public void close() {
        network.close();
    }
}
