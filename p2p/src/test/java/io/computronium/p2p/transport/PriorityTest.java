package io.computronium.p2p.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.p2p.Peer;
import io.computronium.p2p.Samples;
import io.computronium.p2p.codec.FrameType;
import io.computronium.p2p.message.ConsensusGossip.VoteGossip;
import io.computronium.p2p.message.TransactionBatch;
import io.computronium.p2p.transport.TestNode.Event;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PriorityTest {

    /** Half of what may wait: the vote passes at least that many batches. */
    private static final int BATCHES_OVERTAKEN = 8;

    @Test
    void aVoteOvertakesTheTransactionsThatAPeerIsTooSlowFor() throws IOException {
        var samples = new Samples(new Random(1));
        var batch = new TransactionBatch(samples.transactions(2, 128 << 10));
        try (TestNode node = TestNode.start(TestNode.config(1, 0));
                RawPeer slow = RawPeer.greeted(node.network().localAddress(), 2)) {
            Peer peer = node.awaitPeer();
            int sent = 0;
            // Full means that the sockets' own buffers take nothing any more either.
            for (int refused = 0; refused < 10; refused++) {
                while (peer.send(batch)) {
                    sent++;
                    refused = 0;
                }
                TestNode.sleep(Duration.ofMillis(20));
            }
            assertTrue(peer.backlogBytes() > Priority.TRANSACTION.maxQueuedBytes() / 2);
            assertTrue(peer.send(new VoteGossip(samples.vote(null))));

            int before = 0;
            while (slow.read().type() != FrameType.VOTE) {
                before++;
            }
            int after = sent - before;
            assertTrue(after >= BATCHES_OVERTAKEN, "the vote overtook " + after + " of " + sent);
            for (int i = 0; i < after; i++) {
                assertEquals(FrameType.TRANSACTION_BATCH, slow.read().type());
            }
            assertEquals(peer, node.await(Event.Drained.class).peer());
            assertTrue(peer.send(batch));
        }
    }
}
