package io.computronium.storage.state;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.primitives.crypto.StateHashing;
import io.computronium.storage.KeyRange;
import io.computronium.storage.KeyValueStore;
import io.computronium.storage.WriteBatch;
import io.computronium.storage.codec.FixedCodec;
import io.computronium.storage.codec.ReceiptList;
import io.computronium.storage.tree.NodeKey;
import io.computronium.storage.tree.Page;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the batch of one flush. What a later height of the group undid is left out, and rows are in
 * the order of their keys, which RocksDB takes at half the price.
 */
final class Flush {

    private static final int NODE_KEYS_PER_ROW = 4_096;

    /** What one flush deletes at most; leftovers are for the next one. */
    private static final int MAX_ROWS_GIVEN_UP = 256;

    private static final Comparator<NodeKey> NODE_KEY_ORDER =
            Comparator.comparingLong(NodeKey::version).thenComparing(NodeKey::path);

    private final FlushGroup group;
    private final WriteBatch batch = new WriteBatch();
    private final List<Map.Entry<NodeKey, Page>> pages;

    Flush(FlushGroup group) {
        this.group = group;
        putValues();
        this.pages = putPages();
        group.layers().forEach(this::putReceipts);
        putTransactions();
        batch.put(StateSchema.ROOTS, group.height(), group.layers().getLast().tree().root());
    }

    WriteBatch batch() {
        return batch;
    }

    /** The pages that the batch puts, in order. */
    List<Map.Entry<NodeKey, Page>> pages() {
        return pages;
    }

    private void putValues() {
        Map<Bytes, Optional<Bytes>> after = new HashMap<>();
        for (var layer : group.layers().reversed()) {
            layer.values().forEach(after::putIfAbsent);
        }
        after.entrySet().removeIf(entry -> entry.getValue().equals(before(entry.getKey())));
        for (var entry : sorted(after.entrySet())) {
            entry.getValue()
                    .ifPresentOrElse(
                            value -> batch.put(StateSchema.VALUES, entry.getKey(), value),
                            () -> batch.delete(StateSchema.VALUES, entry.getKey()));
        }
        List<Map.Entry<Hash, Optional<Bytes>>> replaced = new ArrayList<>(after.size());
        for (var key : after.keySet()) {
            replaced.add(Map.entry(StateHashing.keyHash(key.toArray()), before(key)));
        }
        for (var entry : sorted(replaced)) {
            var key = new ReplacedKey(group.height(), entry.getKey());
            batch.put(StateSchema.REPLACED, key, entry.getValue());
        }
    }

    private Optional<Bytes> before(Bytes key) {
        return group.before().getOrDefault(key, Optional.empty());
    }

    private static <K extends Comparable<K>, V> List<Map.Entry<K, V>> sorted(
            Collection<Map.Entry<K, V>> entries) {
        List<Map.Entry<K, V>> sorted = new ArrayList<>(entries);
        sorted.sort(Map.Entry.comparingByKey());
        return sorted;
    }

    private List<Map.Entry<NodeKey, Page>> putPages() {
        List<NodeKey> stale = new ArrayList<>();
        var live = livePages(stale);
        for (var page : live) {
            batch.put(StateSchema.PAGES, page.getKey(), page.getValue());
        }
        for (int part = 0; part * NODE_KEYS_PER_ROW < stale.size(); part++) {
            int from = part * NODE_KEYS_PER_ROW;
            int to = Math.min(from + NODE_KEYS_PER_ROW, stale.size());
            batch.put(
                    StateSchema.STALE, new StaleKey(group.height(), part), stale.subList(from, to));
        }
        return live;
    }

    /**
     * The pages that the group made and did not make stale again.
     *
     * @param staleOnDisk receives the others that it made stale
     */
    private List<Map.Entry<NodeKey, Page>> livePages(List<NodeKey> staleOnDisk) {
        Set<NodeKey> neverWritten = new HashSet<>();
        for (var layer : group.layers()) {
            for (var key : layer.tree().stale()) {
                if (key.version() > group.base()) {
                    neverWritten.add(key);
                } else {
                    staleOnDisk.add(key);
                }
            }
        }
        List<Map.Entry<NodeKey, Page>> live = new ArrayList<>();
        for (var layer : group.layers()) {
            for (var page : layer.tree().created().entrySet()) {
                if (!neverWritten.contains(page.getKey())) {
                    live.add(page);
                }
            }
        }
        live.sort(Map.Entry.comparingByKey(NODE_KEY_ORDER));
        return live;
    }

    private void putReceipts(Layer layer) {
        batch.put(StateSchema.RECEIPTS, layer.height(), ReceiptList.encode(layer.receipts()));
    }

    private void putTransactions() {
        List<Map.Entry<Hash, TransactionLocation>> locations = new ArrayList<>();
        for (var layer : group.layers()) {
            layer.transactions()
                    .forEach((id, index) ->
                            locations.add(
                                    Map.entry(id, new TransactionLocation(layer.height(), index))));
        }
        for (var entry : sorted(locations)) {
            batch.put(StateSchema.TRANSACTIONS, entry.getKey(), entry.getValue());
        }
    }

    /**
     * Deletes what only states before {@code oldest} need: the oldest state itself reads what later
     * flushes replaced, not what its own did.
     *
     * @param from the oldest state so far. Ranges start there and not at 0, because RocksDB keeps
     *     every pair of overlapping ones until it compacts them
     */
    void giveUp(long from, long oldest, KeyValueStore store) {
        if (from < oldest) {
            batch.deleteRange(StateSchema.ROOTS, height(from), height(oldest));
            batch.deleteRange(StateSchema.REPLACED, height(from), height(oldest + 1));
        }
        var stale = KeyRange.between(height(0), height(oldest + 1));
        try (var cursor = store.scan(StateSchema.STALE, stale)) {
            for (int rows = 0; rows < MAX_ROWS_GIVEN_UP && cursor.next(); rows++) {
                cursor.value().forEach(page -> batch.delete(StateSchema.PAGES, page));
                batch.delete(StateSchema.STALE, cursor.key());
            }
        }
    }

    private static Bytes height(long height) {
        return Bytes.owned(FixedCodec.HEIGHT.encode(height));
    }
}
