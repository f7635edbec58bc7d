package io.computronium.storage.state;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.primitives.block.ExecutionStatus;
import io.computronium.primitives.block.Receipt;
import io.computronium.primitives.crypto.StateHashing;
import io.computronium.storage.KeyRange;
import io.computronium.storage.KeyValueStore;
import io.computronium.storage.memory.InMemoryStore;
import io.computronium.storage.rocksdb.RocksDbOptions;
import io.computronium.storage.rocksdb.RocksDbStore;
import io.computronium.storage.tree.NaiveTree;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StateStoreTest {

    private static final StateOptions SMALL = new StateOptions(4, 12, 4_000, 20_000);

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    /** What the state must be after each height. */
    private final List<SortedMap<Bytes, Bytes>> model = new ArrayList<>();

    private static Bytes key(int number) {
        return bytes("key-" + number);
    }

    private static Bytes bytes(String text) {
        return Bytes.owned(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Receipt receipt(long fee) {
        return new Receipt(new ExecutionStatus.Succeeded(), List.of(), List.of(), 1, fee);
    }

    private static Hash transactionId(long height, int index) {
        return StateHashing.keyHash(new byte[] {(byte) height, (byte) (height >> 8), (byte) index});
    }

    private static Hash naiveRoot(SortedMap<Bytes, Bytes> state) {
        SortedMap<Hash, Hash> leaves = new TreeMap<>();
        state.forEach((key, value) ->
                leaves.put(
                        StateHashing.keyHash(key.toArray()),
                        StateHashing.valueHash(value.toArray())));
        return NaiveTree.root(leaves);
    }

    private StateStore genesis(KeyValueStore store, StateOptions options) {
        var state = StateStore.open(store, options);
        assertFalse(state.isInitialised());
        SortedMap<Bytes, Bytes> values = new TreeMap<>();
        for (int i = 0; i < 50; i++) {
            values.put(key(i), bytes("genesis-" + i));
        }
        state.initialise(values);
        model.add(values);
        return state;
    }

    private SortedMap<Bytes, Optional<Bytes>> randomWrites() {
        SortedMap<Bytes, Optional<Bytes>> writes = new TreeMap<>();
        int count = random.nextInt(30);
        for (int i = 0; i < count; i++) {
            var value = bytes("value-" + random.nextInt(1_000));
            writes.put(
                    key(random.nextInt(120)),
                    random.nextInt(3) == 0 ? Optional.empty() : Optional.of(value));
        }
        return writes;
    }

    /** Commits a random block with as many transactions as its height, modulo 5. */
    private void commitBlock(StateStore state) {
        long height = state.appliedHeight() + 1;
        var writes = randomWrites();
        SortedMap<Bytes, Bytes> after = new TreeMap<>(model.get((int) height - 1));
        writes.forEach((key, value) ->
                value.ifPresentOrElse(v -> after.put(key, v), () -> after.remove(key)));
        var other = state.prepare(height, randomWrites());
        var prepared = state.prepare(height, writes);
        assertEquals(height - 1, state.appliedHeight());
        assertEquals(naiveRoot(after), prepared.root(), where(height));
        assertEquals(height, other.height());
        List<Receipt> receipts = new ArrayList<>();
        List<Hash> ids = new ArrayList<>();
        for (int i = 0; i < height % 5; i++) {
            receipts.add(receipt(height * 10 + i));
            ids.add(transactionId(height, i));
        }
        state.commit(prepared, receipts, ids);
        assertEquals(height, state.appliedHeight());
        assertEquals(prepared.root(), state.root());
        while (model.size() > height) {
            model.removeLast();
        }
        model.add(after);
    }

    private String where(long height) {
        return "seed " + seed + ", height " + height;
    }

    private void assertLatest(StateStore state) {
        var expected = model.get((int) state.appliedHeight());
        for (int i = 0; i < 120; i++) {
            assertEquals(
                    Optional.ofNullable(expected.get(key(i))),
                    state.get(key(i)),
                    where(state.appliedHeight()) + ", key " + i);
        }
    }

    private void assertWalks(StateStore state) {
        var expected = model.get((int) state.appliedHeight());
        for (var prefix : List.of(Bytes.EMPTY, bytes("key-1"), bytes("key-99"), bytes("none"))) {
            SortedMap<Bytes, Bytes> found = new TreeMap<>();
            state.forEach(prefix, (key, value) -> assertNull(found.put(key, value)));
            SortedMap<Bytes, Bytes> matching = new TreeMap<>(expected);
            matching.keySet().removeIf(key -> !key.toHex().startsWith(prefix.toHex()));
            assertEquals(matching, found, where(state.appliedHeight()));
        }
    }

    private void assertSnapshot(StateSnapshot snapshot) {
        var expected = model.get((int) snapshot.height());
        assertEquals(naiveRoot(expected), snapshot.root(), where(snapshot.height()));
        for (int i = 0; i < 120; i++) {
            var key = key(i);
            var value = snapshot.get(key);
            String what = where(snapshot.height()) + ", key " + i;
            assertEquals(Optional.ofNullable(expected.get(key)), value, what);
            var proof = snapshot.prove(key);
            assertTrue(
                    value.isPresent()
                            ? proof.verifyPresence(
                                    snapshot.root(), key.toArray(), value.get().toArray())
                            : proof.verifyAbsence(snapshot.root(), key.toArray()),
                    what);
        }
    }

    private void assertReceipts(StateStore state) {
        for (long height = 1; height <= state.appliedHeight(); height++) {
            var receipts = state.receipts(height).orElseThrow();
            assertEquals(height % 5, receipts.size());
            for (int i = 0; i < receipts.size(); i++) {
                var location = new TransactionLocation(height, i);
                assertEquals(receipt(height * 10 + i), receipts.get(i));
                assertEquals(Optional.of(receipts.get(i)), state.receipt(location));
                assertEquals(Optional.of(location), state.transaction(transactionId(height, i)));
            }
            var beyond = new TransactionLocation(height, receipts.size());
            assertEquals(Optional.empty(), state.receipt(beyond));
        }
        assertEquals(Optional.empty(), state.receipts(state.appliedHeight() + 1));
        assertEquals(Optional.empty(), state.transaction(transactionId(9_999, 0)));
    }

    /** Which heights are served: those since the last flush, and flushes not too far back. */
    private void assertServed(StateStore state) {
        long applied = state.appliedHeight();
        for (long height = 0; height <= applied + 1; height++) {
            boolean unflushed = height >= state.flushedHeight() && height <= applied;
            boolean keptFlush = height % 4 == 0 && height >= state.flushedHeight() - 12;
            if (unflushed || keptFlush && height <= applied) {
                assertSnapshot(state.snapshot(height));
            } else {
                long asked = height;
                var pruned = assertThrows(PrunedException.class, () -> state.snapshot(asked));
                assertEquals(asked, pruned.height());
                assertEquals(pruned.nearest(), state.snapshot(pruned.nearest()).height());
                assertTrue(Math.abs(pruned.nearest() - asked) <= Math.max(4, applied - 12));
            }
        }
    }

    private void runThrough(KeyValueStore store, int heights) {
        var state = genesis(store, SMALL);
        Deque<StateSnapshot> held = new ArrayDeque<>();
        for (int i = 0; i < heights; i++) {
            held.add(state.snapshot());
            commitBlock(state);
            assertLatest(state);
            assertWalks(state);
            // A reader may hold a snapshot while groups of later heights are flushed.
            if (held.size() > 9) {
                assertSnapshot(held.remove());
            }
        }
        assertServed(state);
        assertReceipts(state);
        state.close();
    }

    @Test
    void followsTheModelInMemory() {
        runThrough(new InMemoryStore(StateSchema.SCHEMA), 60);
    }

    @Test
    void followsTheModelOnRocksDbAndAfterReopening(@TempDir Path folder) {
        runThrough(RocksDbStore.open(folder, StateSchema.SCHEMA, RocksDbOptions.DEFAULT), 30);
        var store = RocksDbStore.open(folder, StateSchema.SCHEMA, RocksDbOptions.DEFAULT);
        try (var state = StateStore.open(store, SMALL)) {
            assertEquals(30, state.appliedHeight());
            assertEquals(30, state.flushedHeight());
            assertLatest(state);
            assertReceipts(state);
            commitBlock(state);
            assertSnapshot(state.snapshot());
        }
    }

    @Test
    void crashGoesBackToTheLastFlushAndTheSameBlocksLeadOn() {
        var store = new InMemoryStore(StateSchema.SCHEMA);
        var state = genesis(store, SMALL);
        for (int round = 0; round < 20; round++) {
            int more = random.nextInt(7);
            for (int i = 0; i < more; i++) {
                commitBlock(state);
            }
            long flushed = state.flushedHeight();
            assertTrue(state.appliedHeight() - flushed < 4);
            store.crash();
            state = StateStore.open(store, SMALL);
            assertEquals(flushed, state.appliedHeight());
            assertSnapshot(state.snapshot());
        }
    }

    @Test
    void prunesWhatNoServedHeightNeeds() {
        var store = new InMemoryStore(StateSchema.SCHEMA);
        var state = genesis(store, SMALL);
        for (int i = 0; i < 80; i++) {
            commitBlock(state);
        }
        long oldest = state.flushedHeight() - 12;
        assertEquals(Stream.iterate(oldest, h -> h + 4).limit(4).toList(), roots(store));
        try (var replaced = store.scan(StateSchema.REPLACED, KeyRange.all())) {
            assertTrue(replaced.next());
            assertTrue(replaced.key().flushHeight() > oldest);
        }
        try (var stale = store.scan(StateSchema.STALE, KeyRange.all())) {
            assertTrue(stale.next());
            assertTrue(stale.key().flushHeight() > oldest);
        }
        // With everything removed and all else given up, nothing of the tree may be left.
        SortedMap<Bytes, Optional<Bytes>> removals = new TreeMap<>();
        model.getLast().keySet().forEach(key -> removals.put(key, Optional.empty()));
        for (int i = 0; i < 24; i++) {
            var prepared = state.prepare(state.appliedHeight() + 1, removals);
            state.commit(prepared, List.of(), List.of());
        }
        for (var column : List.of(StateSchema.PAGES, StateSchema.VALUES, StateSchema.REPLACED)) {
            try (var left = store.scan(column, KeyRange.all())) {
                assertFalse(left.next(), column + " seed " + seed);
            }
        }
        assertEquals(StateHashing.EMPTY, state.root());
    }

    private static List<Long> roots(KeyValueStore store) {
        List<Long> heights = new ArrayList<>();
        try (var cursor = store.scan(StateSchema.ROOTS, KeyRange.all())) {
            while (cursor.next()) {
                heights.add(cursor.key());
            }
        }
        return heights;
    }

    @Test
    void slowFlushStopsTheChainOnlyAtTheLimitAndReadersNeverNotice() {
        Deque<Runnable> waiting = new ArrayDeque<>();
        var store = new InMemoryStore(StateSchema.SCHEMA);
        genesis(store, SMALL).close();
        var state = StateStore.open(store, SMALL, waiting::add);
        for (int i = 1; i < StateOptions.MAX_UNFLUSHED; i++) {
            commitBlock(state);
        }
        assertEquals(1, waiting.size());
        assertEquals(0, state.flushedHeight());
        var duringFlush = state.snapshot(2);
        requireNonNull(waiting.poll()).run();
        assertSnapshot(duringFlush);
        assertSnapshot(state.snapshot());
        commitBlock(state);
        assertEquals(4, state.flushedHeight());
        assertEquals(1, waiting.size(), "the next group follows at once");
        assertSnapshot(duringFlush);
        assertLatest(state);
    }

    /** Readers on other threads hold snapshots while groups are flushed and heights given up. */
    @Test
    void readersOnOtherThreadsSeeTheirHeight(@TempDir Path folder) throws Exception {
        var store = RocksDbStore.open(folder, StateSchema.SCHEMA, RocksDbOptions.DEFAULT);
        try (var threads = Executors.newFixedThreadPool(3);
                var state = genesisOn(store, threads)) {
            var published = new AtomicReference<>(state.snapshot());
            var stop = new AtomicBoolean();
            List<Future<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                readers.add(threads.submit(() -> readUntil(stop, published)));
            }
            for (int height = 1; height <= 300; height++) {
                var value = bytes("height-" + height);
                SortedMap<Bytes, Optional<Bytes>> writes = new TreeMap<>();
                // Keys come and go, and one stays as it is.
                for (int i = 0; i < 20; i++) {
                    writes.put(
                            key(i), (i + height) % 7 == 0 ? Optional.empty() : Optional.of(value));
                }
                state.commit(state.prepare(height, writes), List.of(), List.of());
                published.set(state.snapshot());
            }
            stop.set(true);
            for (var reader : readers) {
                assertTrue(reader.get() > 0);
            }
        }
    }

    private StateStore genesisOn(KeyValueStore store, Executor executor) {
        var state = StateStore.open(store, SMALL, executor);
        state.initialise(new TreeMap<>(Map.of(key(50), bytes("never changed"))));
        return state;
    }

    private static int readUntil(AtomicBoolean stop, AtomicReference<StateSnapshot> published) {
        int read = 0;
        while (!stop.get()) {
            var snapshot = requireNonNull(published.get());
            try {
                for (int round = 0; round < 3; round++) {
                    readAll(snapshot);
                }
                read++;
            } catch (PrunedException slow) {
                assertTrue(
                        requireNonNull(published.get()).height() - slow.height() > 4,
                        slow.toString());
            }
        }
        return read;
    }

    private static void readAll(StateSnapshot snapshot) {
        long height = snapshot.height();
        for (int i = 0; i < 20 && height > 0; i++) {
            Optional<Bytes> expected =
                    (i + height) % 7 == 0
                            ? Optional.empty()
                            : Optional.of(bytes("height-" + height));
            assertEquals(expected, snapshot.get(key(i)), "height " + height + ", key " + i);
            var proof = snapshot.prove(key(i));
            var key = key(i).toArray();
            assertTrue(
                    expected.isPresent()
                            ? proof.verifyPresence(snapshot.root(), key, expected.get().toArray())
                            : proof.verifyAbsence(snapshot.root(), key));
        }
        assertEquals(Optional.of(bytes("never changed")), snapshot.get(key(50)));
    }

    @Test
    void preparedStateIsForTheStateThatItStandsOn() {
        var state = genesis(new InMemoryStore(StateSchema.SCHEMA), SMALL);
        var one = state.prepare(1, new TreeMap<>(Map.of(key(1), Optional.of(bytes("one")))));
        var two = state.prepare(1, new TreeMap<>(Map.of(key(1), Optional.of(bytes("two")))));
        assertFalse(one.root().equals(two.root()));
        state.commit(two, List.of(), List.of());
        assertEquals(Optional.of(bytes("two")), state.get(key(1)));
        assertThrows(RuntimeException.class, () -> state.commit(one, List.of(), List.of()));
        assertThrows(RuntimeException.class, () -> state.prepare(1, new TreeMap<>()));
        assertThrows(RuntimeException.class, () -> state.prepare(3, new TreeMap<>()));
    }
}
