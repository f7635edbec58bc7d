package io.computronium.node;

import io.computronium.genesis.Devnet;
import io.computronium.genesis.GenesisDocument;
import io.computronium.p2p.PeerAddress;
import io.computronium.primitives.NodeId;
import io.computronium.primitives.crypto.KeyPair;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Real validators in this process: real sockets, real databases, real time. */
final class TestNetwork implements AutoCloseable {

    private final Path folder;
    private final GenesisDocument genesis;
    private final List<PeerAddress> addresses;
    private final List<@Nullable Node> nodes = new ArrayList<>();

    TestNetwork(Path folder, int validators) {
        this(folder, validators, Devnet.genesis(validators, System.currentTimeMillis()));
    }

    /**
     * @param validators how many nodes run, each with a consensus key, whoever has a seat
     */
    TestNetwork(Path folder, int validators, GenesisDocument genesis) {
        this.folder = folder;
        this.genesis = genesis;
        this.addresses =
                IntStream.range(0, validators)
                        .mapToObj(i ->
                                new PeerAddress(
                                        "127.0.0.1",
                                        freePort(),
                                        NodeId.ofKey(nodeKey(i).publicKey())))
                        .toList();
        for (int i = 0; i < validators; i++) {
            nodes.add(null);
        }
    }

    GenesisDocument genesis() {
        return genesis;
    }

    void startAll() {
        IntStream.range(0, nodes.size()).forEach(this::start);
    }

    Node start(int index) {
        Node node =
                Node.start(
                        new NodeConfig(
                                "node-" + (index + 1),
                                folder.resolve("node-" + (index + 1)),
                                genesis,
                                nodeKey(index),
                                Devnet.key(Devnet.validator(index)),
                                null,
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                new InetSocketAddress(
                                        InetAddress.getLoopbackAddress(),
                                        addresses.get(index).port()),
                                addresses,
                                NodeConfig.Limits.DEFAULT));
        nodes.set(index, node);
        return node;
    }

    void stop(int index) {
        Node node = nodes.set(index, null);
        if (node != null) {
            node.close();
        }
    }

    Node node(int index) {
        Node node = nodes.get(index);
        if (node == null) {
            throw new IllegalStateException("not running: " + index);
        }
        return node;
    }

    /** The nodes that run. */
    List<Node> running() {
        List<Node> running = new ArrayList<>();
        for (Node node : nodes) {
            if (node != null) {
                running.add(node);
            }
        }
        return running;
    }

    /** Waits until every running node has reached a height. */
    void awaitHeight(long height, Duration patience) {
        await(
                "height " + height,
                patience,
                () -> running().stream().allMatch(node -> node.height() >= height));
    }

    static void await(String what, Duration patience, BooleanSupplier condition) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("no " + what + " within " + patience);
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static KeyPair nodeKey(int index) {
        return Devnet.key("node-" + (index + 1));
    }

    /**
     * A port below the range that the system gives to outgoing connections: one of those could take
     * the port of a stopped node, or even connect to itself.
     */
    private static int freePort() {
        int port = 15_000 + ThreadLocalRandom.current().nextInt(10_000);
        while (!isFree(port)) {
            port++;
        }
        return port;
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        for (int i = 0; i < nodes.size(); i++) {
            stop(i);
        }
    }
}
