package io.computronium.p2p.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.p2p.Direction;
import io.computronium.p2p.Peer;
import io.computronium.p2p.PeerAddress;
import io.computronium.p2p.PeerLimits;
import io.computronium.p2p.PeerNetworkConfig;
import io.computronium.p2p.Rejection;
import io.computronium.p2p.Samples;
import io.computronium.p2p.message.BlockSync;
import io.computronium.p2p.message.PeerMessage;
import io.computronium.p2p.transport.TestNode.Event;
import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.Hash;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whole networks over loopback, with real sockets and TLS. */
final class TlsPeerNetworkTest {

    private final List<TestNode> started = new ArrayList<>();

    private TestNode start(PeerNetworkConfig config) {
        TestNode node = TestNode.start(config);
        started.add(node);
        return node;
    }

    @AfterEach
    void closeAll() {
        started.forEach(TestNode::close);
    }

    @Test
    void twoNodesExchangeEveryMessage() {
        TestNode server = start(TestNode.config(1, 0));
        TestNode client = start(TestNode.config(2, 0, server.address()));
        Peer there = client.awaitPeer();
        Peer here = server.awaitPeer();
        assertEquals(server.network().id(), there.id());
        assertEquals(client.network().id(), here.id());
        assertEquals(Direction.OUTBOUND, there.direction());
        assertEquals(Direction.INBOUND, here.direction());
        assertEquals(42, here.hello().height());
        assertEquals(server.network().localAddress(), there.address());

        for (PeerMessage message : new Samples(new Random(1)).messages()) {
            assertTrue(there.send(message));
            assertEquals(message, server.awaitMessage());
            assertTrue(here.send(message));
            assertEquals(message, client.awaitMessage());
        }
        assertEquals(Map.of(), server.network().rejected());
        assertEquals(Map.of(), client.network().rejected());
    }

    @Test
    void oneFamilyStaysInOrder() {
        TestNode server = start(TestNode.config(1, 0));
        TestNode client = start(TestNode.config(2, 0, server.address()));
        Peer peer = client.awaitPeer();
        for (int i = 1; i <= 5_000; i++) {
            assertTrue(peer.send(new BlockSync.BlockUnavailable(i)));
        }
        for (int i = 1; i <= 5_000; i++) {
            assertEquals(new BlockSync.BlockUnavailable(i), server.awaitMessage());
        }
    }

    @Test
    void fourNodesThatDialOneAnotherMakeAFullMesh() {
        List<Integer> ports = TestNode.freePorts(4);
        PeerAddress[] all =
                IntStream.range(0, 4)
                        .mapToObj(i -> TestNode.address(i, ports.get(i)))
                        .toArray(PeerAddress[]::new);
        List<TestNode> nodes =
                IntStream.range(0, 4)
                        .mapToObj(i -> start(TestNode.config(i, ports.get(i), all)))
                        .toList();
        nodes.forEach(n -> n.await("full mesh", () -> n.network().peers().size() == 3));
        // Connections that lose against a simultaneous one may still be on their way out.
        nodes.getFirst()
                .await("both ends agree", () -> nodes.stream().allMatch(n -> agrees(n, nodes)));

        var forAll = new BlockSync.Status(1, 9);
        nodes.getFirst()
                .await(
                        "a message at all",
                        () -> {
                            nodes.get(0).network().broadcast(forAll);
                            return IntStream.range(1, 4)
                                    .allMatch(n -> hasReceived(nodes.get(n), forAll));
                        });
        var notForTheThird = new BlockSync.Status(2, 9);
        nodes.getFirst()
                .await(
                        "a message at all but one",
                        () -> {
                            nodes.get(1)
                                    .network()
                                    .broadcast(notForTheThird, nodes.get(2).network().id());
                            return hasReceived(nodes.get(0), notForTheThird)
                                    && hasReceived(nodes.get(3), notForTheThird);
                        });
        assertFalse(hasReceived(nodes.get(2), notForTheThird));
    }

    /**
     * What a message needs to be sent again for: a connection that loses against a simultaneous one
     * takes along what it carries, and under load that may be late.
     */
    private static boolean hasReceived(TestNode node, PeerMessage message) {
        return node.pending().stream()
                .anyMatch(e ->
                        e instanceof Event.Received(Peer _, PeerMessage m) && m.equals(message));
    }

    /** Whether the other end of each connection of {@code node} is that peer's one to it. */
    private static boolean agrees(TestNode node, List<TestNode> nodes) {
        return nodes.stream()
                .filter(other -> other != node)
                .allMatch(other -> {
                    Peer there = node.network().peers().get(other.network().id());
                    Peer back = other.network().peers().get(node.network().id());
                    return there != null && back != null && there.direction() != back.direction();
                });
    }

    @Test
    void simultaneousDialsEndInOneConnectionAgainAndAgain() {
        // Nobody lets the other one go first here.
        var eager =
                PeerLimits.DEFAULT.withTiming(
                        new PeerLimits.Timing(
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(30),
                                Duration.ofMillis(1),
                                Duration.ofMillis(200)));
        for (int round = 0; round < 10; round++) {
            List<Integer> ports = TestNode.freePorts(2);
            PeerAddress first = TestNode.address(1, ports.get(0));
            PeerAddress second = TestNode.address(2, ports.get(1));
            var config = TestNode.config(1, ports.get(0), second);
            var other = TestNode.config(2, ports.get(1), first);
            try (TestNode one = TestNode.start(TestNode.with(config, eager));
                    TestNode two = TestNode.start(TestNode.with(other, eager))) {
                one.awaitPeer();
                two.awaitPeer();
                one.await("agreement", () -> agrees(one, List.of(two)));
                TestNode.sleep(Duration.ofMillis(100));
                assertTrue(agrees(one, List.of(two)), "and it lasts");
            }
        }
    }

    @Test
    void aPeerThatRestartsIsConnectedAgain() {
        List<Integer> ports = TestNode.freePorts(2);
        PeerAddress first = TestNode.address(1, ports.get(0));
        PeerAddress second = TestNode.address(2, ports.get(1));
        TestNode one = start(TestNode.config(1, ports.get(0), second));
        TestNode two = start(TestNode.config(2, ports.get(1), first));
        one.awaitPeer();
        two.close();
        one.await(Event.Disconnected.class);
        assertEquals(Map.of(), one.network().peers());

        TestNode again = start(TestNode.config(2, ports.get(1), first));
        assertEquals(again.network().id(), one.awaitPeer().id());
        again.awaitPeer();
    }

    @Test
    void aPeerThatOnlyListensIsDialledUntilItIsThere() {
        int port = TestNode.freePorts(1).getFirst();
        TestNode client = start(TestNode.config(2, 0, TestNode.address(1, port)));
        TestNode.sleep(Duration.ofMillis(700));
        TestNode server = start(TestNode.config(1, port));
        assertEquals(server.network().id(), client.awaitPeer().id());
    }

    /** As after a power cut: the old connection is still there and says nothing. */
    @Test
    void aRestartedNodeReplacesItsOldConnection() {
        TestNode server = start(TestNode.config(1, 0));
        start(TestNode.config(2, 0, server.address()));
        Peer old = server.awaitPeer();
        start(TestNode.config(2, 0, server.address()));
        assertEquals(old, server.await(Event.Disconnected.class).peer());
        Peer fresh = server.awaitPeer();
        assertEquals(old.id(), fresh.id());
        assertFalse(old.send(new BlockSync.StatusRequest()));
    }

    @Test
    void anotherGenesisIsRefusedByBothSides() {
        TestNode server = start(TestNode.config(1, 0));
        var other = new ChainIdentity(Samples.CHAIN.chainId(), Hash.ofHex("11".repeat(32)));
        TestNode client = start(TestNode.with(TestNode.config(2, 0, server.address()), other));
        server.awaitRejected(Rejection.WRONG_CHAIN);
        client.awaitRejected(Rejection.WRONG_CHAIN);
        assertEquals(List.of(), server.pending());
        assertEquals(List.of(), client.pending());
    }

    @Test
    void anotherChainIdIsRefused() {
        TestNode server = start(TestNode.config(1, 0));
        var other = new ChainIdentity("samples-2", Samples.CHAIN.genesisHash());
        start(TestNode.with(TestNode.config(2, 0, server.address()), other));
        server.awaitRejected(Rejection.WRONG_CHAIN);
        assertEquals(List.of(), server.pending());
    }

    @Test
    void aStrangerAtADialledAddressIsRefused() {
        TestNode server = start(TestNode.config(1, 0));
        var wrong = new PeerAddress("127.0.0.1", server.address().port(), TestNode.id(3));
        TestNode client = start(TestNode.config(2, 0, wrong));
        client.awaitRejected(Rejection.WRONG_NODE);
        assertEquals(List.of(), client.pending());
        assertEquals(List.of(), server.pending());
    }

    @Test
    void aNodeDoesNotConnectToItself() {
        int port = TestNode.freePorts(1).getFirst();
        TestNode node =
                start(
                        TestNode.config(
                                1,
                                port,
                                TestNode.address(1, port),
                                new PeerAddress("127.0.0.1", port, TestNode.id(2))));
        node.awaitRejected(Rejection.WRONG_NODE);
        assertEquals(List.of(), node.pending());
    }

    @Test
    void aNameIsResolved() {
        TestNode server = start(TestNode.config(1, 0));
        var byName = new PeerAddress("localhost", server.address().port(), server.network().id());
        TestNode client = start(TestNode.config(2, 0, byName));
        assertEquals(server.network().id(), client.awaitPeer().id());
    }

    @Test
    void theListenerCanCloseAPeerWhichIsDialledAgain() {
        TestNode server = start(TestNode.config(1, 0));
        TestNode client = start(TestNode.config(2, 0, server.address()));
        server.awaitPeer().close("a test");
        assertEquals("LISTENER: a test", server.await(Event.Disconnected.class).reason());
        client.await(Event.Disconnected.class);
        client.awaitPeer();
        assertEquals(1, server.rejected(Rejection.LISTENER));
    }

    @Test
    void closingEndsEverythingAndMayBeRepeated() {
        TestNode server = start(TestNode.config(1, 0));
        TestNode client = start(TestNode.config(2, 0, server.address()));
        Peer peer = client.awaitPeer();
        client.close();
        client.close();
        assertEquals(Map.of(), client.network().peers());
        assertEquals("the node stops", client.await(Event.Disconnected.class).reason());
        server.await(Event.Disconnected.class);
        assertFalse(peer.send(new BlockSync.StatusRequest()));
        client.network().broadcast(new BlockSync.StatusRequest());
        server.await("threads of a closed network", () -> threadsOf("n2").isEmpty());
    }

    private static Set<String> threadsOf(String node) {
        Set<String> names = new java.util.TreeSet<>();
        Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("p2p-" + node))
                .forEach(names::add);
        return names;
    }

    @Test
    void aTakenPortIsAnError() {
        TestNode server = start(TestNode.config(1, 0));
        var config = TestNode.config(2, server.address().port());
        assertThrows(IOException.class, () -> TlsPeerNetwork.start(config, server));
    }
}
