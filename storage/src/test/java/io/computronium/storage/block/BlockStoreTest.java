package io.computronium.storage.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.block.Block;
import io.computronium.primitives.codec.BlockCodec;
import io.computronium.storage.Durability;
import io.computronium.storage.StorageFailureException;
import io.computronium.storage.WriteBatch;
import io.computronium.storage.memory.InMemoryStore;
import io.computronium.storage.rocksdb.RocksDbOptions;
import io.computronium.storage.rocksdb.RocksDbStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BlockStoreTest {

    private final InMemoryStore rows = new InMemoryStore(BlockSchema.SCHEMA);
    private BlockStore store = BlockStore.open(rows);

    /** A loss of power and a restart. */
    private void crash() {
        rows.crash();
        store = BlockStore.open(rows);
    }

    private static void assertDecided(BlockStore store, Block block) {
        long height = block.header().height();
        var id = Blocks.idOf(block);
        assertEquals(Optional.of(id), store.blockId(height));
        assertEquals(OptionalLong.of(height), store.heightOf(id));
        assertEquals(Optional.of(block.header()), store.header(height));
        assertEquals(Optional.of(block), store.block(height));
        assertEquals(
                Optional.of(Bytes.owned(BlockCodec.BLOCK.encode(block))), store.blockBytes(height));
        assertEquals(Optional.of(Blocks.certificate(block)), store.certificate(height));
        int count = block.transactions().size();
        for (int i = 0; i < count; i++) {
            assertEquals(
                    block.transactions().get(i).bytes(),
                    store.transaction(height, i).orElseThrow().bytes());
        }
        assertEquals(Optional.empty(), store.transaction(height, count));
        assertEquals(Optional.empty(), store.transaction(height, -1));
        assertEquals(Optional.empty(), store.candidate(id));
        assertEquals(Map.of(), store.candidates(height));
    }

    private static void assertUnknown(BlockStore store, Block block) {
        var id = Blocks.idOf(block);
        assertEquals(OptionalLong.empty(), store.heightOf(id));
        assertEquals(Optional.empty(), store.candidate(id));
    }

    @Test
    void emptyStoreKnowsNothing() {
        assertEquals(OptionalLong.empty(), store.lastHeight());
        assertEquals(Optional.empty(), store.block(1));
        assertEquals(Optional.empty(), store.header(1));
        assertEquals(Optional.empty(), store.certificate(1));
        assertEquals(Map.of(), store.candidates(1));
        assertUnknown(store, Blocks.block(1, 0, 0));
    }

    @Test
    void candidateBecomesTheBlockAndOthersAreForgotten() {
        var one = Blocks.block(1, 0, 3);
        var other = Blocks.block(1, 1, 0);
        var next = Blocks.block(2, 0, 0);
        for (var block : new Block[] {one, other, next, one}) {
            store.putCandidate(Blocks.idOf(block), block);
            crash();
        }
        assertEquals(Map.of(Blocks.idOf(one), one, Blocks.idOf(other), other), store.candidates(1));
        assertEquals(Optional.of(one), store.candidate(Blocks.idOf(one)));
        assertEquals(OptionalLong.empty(), store.heightOf(Blocks.idOf(one)));
        assertEquals(Optional.empty(), store.header(1));

        store.commit(Blocks.certificate(one));
        crash();
        assertEquals(OptionalLong.of(1), store.lastHeight());
        assertDecided(store, one);
        assertUnknown(store, other);
        assertEquals(Map.of(Blocks.idOf(next), next), store.candidates(2));

        // One that comes too late leaves no trace.
        store.putCandidate(Blocks.idOf(other), other);
        assertUnknown(store, other);
    }

    @Test
    void blocksFromPeersFollowOneAnother() {
        for (long height = 1; height <= 5; height++) {
            var rival = Blocks.block(height, 1, 0);
            store.putCandidate(Blocks.idOf(rival), rival);
            var block = Blocks.block(height, 0, (int) height % 3);
            store.put(block, Blocks.certificate(block));
            crash();
            assertDecided(store, block);
            assertUnknown(store, rival);
        }
        assertEquals(OptionalLong.of(5), store.lastHeight());
    }

    @Test
    void chainMayBeginAtAnyHeightButHasNoGaps() {
        var first = Blocks.block(100, 0, 1);
        store.put(first, Blocks.certificate(first));
        assertDecided(store, first);
        for (long height : new long[] {99, 100, 102}) {
            var block = Blocks.block(height, 0, 0);
            var certificate = Blocks.certificate(block);
            assertThrows(RuntimeException.class, () -> store.put(block, certificate));
        }
        assertEquals(OptionalLong.of(100), store.lastHeight());
        assertDecided(store, first);
    }

    @Test
    void certificateNeedsItsOwnBlock() {
        var block = Blocks.block(1, 0, 0);
        var other = Blocks.certificate(Blocks.block(1, 1, 0));
        assertThrows(RuntimeException.class, () -> store.put(block, other));
        assertThrows(RuntimeException.class, () -> store.commit(other));
        assertEquals(OptionalLong.empty(), store.lastHeight());
    }

    @Test
    void headerIsReadWithoutTheBody() {
        var block = Blocks.block(1, 0, 1);
        store.put(block, Blocks.certificate(block));
        var key = new BlockKey(1, Blocks.idOf(block));
        rows.write(
                new WriteBatch().put(BlockSchema.BLOCKS, key, Bytes.ofHex("ff")), Durability.SYNC);
        assertEquals(Optional.of(block.header()), store.header(1));
        assertThrows(StorageFailureException.class, () -> store.block(1));
        assertThrows(StorageFailureException.class, () -> store.transaction(1, 0));
    }

    @Test
    void largeBlocksSurviveOnRocksDb(@TempDir Path folder) {
        var one = Blocks.block(1, 0, 200);
        var two = Blocks.block(2, 0, 0);
        try (var blocks = BlockStore.open(openFolder(folder))) {
            blocks.putCandidate(Blocks.idOf(one), one);
            blocks.commit(Blocks.certificate(one));
            blocks.putCandidate(Blocks.idOf(two), two);
        }
        try (var blocks = BlockStore.open(openFolder(folder))) {
            assertEquals(OptionalLong.of(1), blocks.lastHeight());
            assertDecided(blocks, one);
            assertTrue(blocks.candidate(Blocks.idOf(two)).isPresent());
            assertFalse(blocks.blockBytes(2).isPresent());
        }
    }

    private static RocksDbStore openFolder(Path folder) {
        return RocksDbStore.open(folder, BlockSchema.SCHEMA, RocksDbOptions.DEFAULT);
    }
}
