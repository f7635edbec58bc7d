package io.computronium.node.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.computronium.node.execution.MemoryChain;
import io.computronium.node.network.SentMessages;
import io.computronium.node.network.SentMessages.Sent;
import io.computronium.p2p.message.BlockSync;
import io.computronium.p2p.message.BlockSync.BlockRequest;
import io.computronium.p2p.message.BlockSync.BlockUnavailable;
import io.computronium.primitives.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Peers get what they ask for, as fast as they read. */
class BlockServerTest {

    private static final NodeId PEER = NodeId.ofHex("01".repeat(20));
    private static final NodeId OTHER = NodeId.ofHex("02".repeat(20));

    private final MemoryChain chain = MemoryChain.of(4);
    private final SentMessages peers = new SentMessages();
    private final BlockServer server;

    BlockServerTest() {
        for (int height = 1; height <= 5; height++) {
            int sequence = height - 1;
            chain.extend(List.of(chain.transfer("alice", "bob", sequence, 1)));
        }
        server = new BlockServer(chain.blocks(), peers);
    }

    private List<Sent> frames(NodeId peer, int from, int to) {
        List<Sent> frames = new ArrayList<>();
        IntStream.rangeClosed(from, to)
                .forEach(height ->
                        BlockSync.framesOf(
                                        chain.blocks().block(height).orElseThrow(),
                                        chain.blocks().certificate(height).orElseThrow())
                                .forEach(frame -> frames.add(new Sent(peer, frame))));
        return frames;
    }

    @Test
    void allThatWasAskedForComesInOrder() {
        server.request(PEER, new BlockRequest(2, 3));
        assertEquals(frames(PEER, 2, 4), peers.take());
    }

    @Test
    void whatIsNotThereEndsTheAnswer() {
        server.request(PEER, new BlockRequest(5, 20));
        var expected = frames(PEER, 5, 5);
        expected.add(new Sent(PEER, new BlockUnavailable(6)));
        assertEquals(expected, peers.take());
        server.drained(PEER);
        assertEquals(List.of(), peers.take(), "the answer has ended");
    }

    @Test
    void absurdHeightsAreUnavailable() {
        long height = Long.MAX_VALUE - BlockRequest.MAX_COUNT;
        server.request(PEER, new BlockRequest(height, 20));
        assertEquals(List.of(new Sent(PEER, new BlockUnavailable(height))), peers.take());
    }

    @Test
    void aPeerThatDoesNotReadIsWaitedForAndLosesNothing() {
        List<Sent> expected = frames(PEER, 1, 5);
        List<Sent> got = new ArrayList<>();
        peers.room(0);
        server.request(PEER, new BlockRequest(1, 5));
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(i, got.size());
            peers.room(1);
            server.drained(PEER);
            got.addAll(peers.take());
        }
        assertEquals(expected, got);
    }

    @Test
    void aNewerRequestReplacesTheOlder() {
        peers.room(1);
        server.request(PEER, new BlockRequest(1, 5));
        assertEquals(frames(PEER, 1, 1).subList(0, 1), peers.take());
        peers.room(100);
        server.request(PEER, new BlockRequest(4, 1));
        server.drained(PEER);
        assertEquals(frames(PEER, 4, 4), peers.take());
    }

    @Test
    void onePeersSlownessIsNotAnothers() {
        peers.room(0);
        server.request(PEER, new BlockRequest(1, 2));
        peers.room(100);
        server.request(OTHER, new BlockRequest(3, 1));
        assertEquals(frames(OTHER, 3, 3), peers.take());
        server.drained(PEER);
        assertEquals(frames(PEER, 1, 2), peers.take());
    }

    @Test
    void whoIsGoneIsForgotten() {
        peers.room(0);
        server.request(PEER, new BlockRequest(1, 2));
        server.disconnected(PEER);
        peers.room(100);
        server.drained(PEER);
        assertEquals(List.of(), peers.take());
    }
}
