package io.computronium.p2p.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.p2p.Samples;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.tx.Transaction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is too much for one frame is cut into several and is whole again at the other end. */
final class FramesTest {

    @Test
    void transactionsKeepTheirOrderAndFramesTheirLimits() {
        for (long seed = 0; seed < 30; seed++) {
            List<Bytes> transactions = transactions(new Random(seed));
            List<Bytes> received = new ArrayList<>();
            for (TransactionBatch batch : TransactionBatch.framesOf(transactions)) {
                assertTrue(sum(batch.transactions()) <= Batches.MAX_BYTES, "seed " + seed);
                received.addAll(batch.transactions());
            }
            assertEquals(transactions, received, "seed " + seed);
        }
    }

    @Test
    void bodiesKeepTheirPlaces() {
        for (long seed = 0; seed < 30; seed++) {
            var random = new Random(seed);
            List<Bytes> bodies = transactions(random);
            BitSet places = new BitSet();
            while (places.cardinality() < bodies.size()) {
                places.set(random.nextInt(65_536));
            }
            BitSet received = new BitSet();
            List<Bytes> inOrder = new ArrayList<>();
            Hash id = new Samples(random).hash();
            for (var frame : BlockGossip.BodiesResponse.framesOf(id, IndexSet.of(places), bodies)) {
                received.or(frame.indexes().toBitSet());
                inOrder.addAll(frame.transactions());
            }
            assertEquals(places, received, "seed " + seed);
            assertEquals(bodies, inOrder, "seed " + seed);
        }
    }

    @Test
    void nothingToSendIsNoBatchButOneEmptyAnswer() {
        Hash id = Hash.of(new byte[Hash.SIZE]);
        assertEquals(List.of(), TransactionBatch.framesOf(List.of()));
        assertEquals(
                List.of(new BlockGossip.BodiesResponse(id, IndexSet.EMPTY, List.of())),
                BlockGossip.BodiesResponse.framesOf(id, IndexSet.EMPTY, List.of()));
    }

    @Test
    void aCompactBlockHoldsAllHashesThatFit() {
        var samples = new Samples(new Random(3));
        var header = samples.header(1);
        List<Hash> hashes = samples.hashes(3);
        new BlockGossip.CompactBlock(header, null, List.of(), 3, hashes);
        assertThrows(
                MalformedDataException.class,
                () ->
                        new BlockGossip.CompactBlock(
                                header, null, List.of(), 3, hashes.subList(0, 2)));
        assertThrows(
                MalformedDataException.class,
                () -> new BlockGossip.CompactBlock(header, null, List.of(), 2, hashes));
    }

    @Test
    void placesEndWhereABlockEnds() {
        BitSet highest = new BitSet();
        highest.set(65_535);
        assertEquals(65_536, IndexSet.of(highest).length());
        BitSet beyond = new BitSet();
        beyond.set(65_536);
        assertThrows(MalformedDataException.class, () -> IndexSet.of(beyond));
    }

    private static List<Bytes> transactions(Random random) {
        var samples = new Samples(random);
        List<Bytes> transactions = new ArrayList<>();
        for (int run = random.nextInt(6); run >= 0; run--) {
            int size = random.nextInt(4) == 0 ? Transaction.MAX_BYTES : 1 + random.nextInt(400);
            int count = size == Transaction.MAX_BYTES ? 3 : 1 + random.nextInt(3_000);
            transactions.addAll(samples.transactions(count, size));
        }
        return transactions;
    }

    private static int sum(List<Bytes> transactions) {
        return transactions.stream().mapToInt(Bytes::size).sum();
    }
}
