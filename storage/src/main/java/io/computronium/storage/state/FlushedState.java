package io.computronium.storage.state;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.block.Receipt;
import io.computronium.primitives.crypto.StateHashing;
import io.computronium.storage.Durability;
import io.computronium.storage.KeyRange;
import io.computronium.storage.KeyValueStore;
import io.computronium.storage.StorageFailureException;
import io.computronium.storage.codec.ReceiptList;
import io.computronium.storage.tree.NodeKey;
import io.computronium.storage.tree.Page;
import io.computronium.storage.tree.TreeRoot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The part of the state that is on disk: the state after the last flush, and enough to read the
 * ones after some flushes before it.
 *
 * <p>The values column holds the newest state only. To read an older one, whoever reads takes the
 * value there and then looks whether a later flush has replaced it; the first one that did kept
 * what it replaced. Readers hold no lock against the flush. They need none because of the order:
 * {@link #kept} names a flush before it is written, and loses a height before the height's rows go.
 * So a value that was read from a newer state is always found out, and so is a row that was missing
 * because its height was given up meanwhile.
 *
 * <p>{@link #write} is for one thread at a time, everything else for any.
 */
final class FlushedState {

    private final KeyValueStore store;
    private final int keepHeights;

    /** Flush heights that can be read, ascending; the last one is perhaps being written. */
    private volatile List<Long> kept;

    FlushedState(KeyValueStore store, int keepHeights) {
        this.store = store;
        this.keepHeights = keepHeights;
        List<Long> heights = new ArrayList<>();
        try (var cursor = store.scan(StateSchema.ROOTS, KeyRange.all())) {
            while (cursor.next()) {
                heights.add(cursor.key());
            }
        }
        this.kept = List.copyOf(heights);
    }

    List<Long> kept() {
        return kept;
    }

    /** Root after a flush; empty if it is not on disk. */
    Optional<TreeRoot> root(long flushHeight) {
        return store.get(StateSchema.ROOTS, flushHeight);
    }

    /** The value in the newest state on disk. */
    Optional<Bytes> value(Bytes key) {
        return store.get(StateSchema.VALUES, key);
    }

    /** Walks the newest state on disk. */
    void forEach(KeyRange range, BiConsumer<Bytes, Bytes> action) {
        try (var cursor = store.scan(StateSchema.VALUES, range)) {
            while (cursor.next()) {
                action.accept(cursor.key(), cursor.value());
            }
        }
    }

    /**
     * The value in the state after {@code flushHeight}.
     *
     * @throws PrunedException if that is given up
     */
    Optional<Bytes> value(long flushHeight, Bytes key) {
        var value = store.get(StateSchema.VALUES, key);
        var heights = kept;
        if (heights.getLast() > flushHeight) {
            var keyHash = StateHashing.keyHash(key.toArray());
            for (long later : heights) {
                if (later > flushHeight) {
                    var old = store.get(StateSchema.REPLACED, new ReplacedKey(later, keyHash));
                    if (old.isPresent()) {
                        value = old.get();
                        break;
                    }
                }
            }
        }
        checkKept(flushHeight);
        return value;
    }

    /**
     * A page of the state after {@code flushHeight}.
     *
     * @throws PrunedException if that is given up
     */
    Page page(long flushHeight, NodeKey key) {
        var page = store.get(StateSchema.PAGES, key);
        checkKept(flushHeight);
        return page.orElseThrow(
                () -> new StorageFailureException("the state tree lacks its page " + key));
    }

    private void checkKept(long flushHeight) {
        long oldest = kept.getFirst();
        if (flushHeight < oldest) {
            throw new PrunedException(flushHeight, oldest);
        }
    }

    Optional<List<Receipt>> receipts(long height) {
        return store.get(StateSchema.RECEIPTS, height)
                .map(bytes -> stored(bytes, ReceiptList::decode));
    }

    Optional<Receipt> receipt(TransactionLocation location) {
        return store.get(StateSchema.RECEIPTS, location.height())
                .flatMap(
                        bytes -> stored(bytes, list -> ReceiptList.decode(list, location.index())));
    }

    private static <T> T stored(Bytes bytes, Function<Bytes, T> decode) {
        try {
            return decode.apply(bytes);
        } catch (MalformedDataException e) {
            throw new StorageFailureException("the state holds bytes that we never wrote", e);
        }
    }

    Optional<TransactionLocation> transaction(Hash transactionId) {
        return store.get(StateSchema.TRANSACTIONS, transactionId);
    }

    /**
     * Writes a group of heights, durably and at once, and gives up the states that are too old. The
     * one that the group stands on is never too old: while the flush is under way, readers of the
     * group's heights need it.
     *
     * @return the pages that were written
     */
    List<Map.Entry<NodeKey, Page>> write(FlushGroup group) {
        var before = kept;
        List<Long> heights = new ArrayList<>(before);
        long oldest = Math.min(group.base(), group.height() - keepHeights);
        heights.removeIf(height -> height < oldest);
        heights.add(group.height());
        kept = List.copyOf(heights);
        var flush = new Flush(group);
        if (!before.isEmpty()) {
            flush.giveUp(before.getFirst(), heights.getFirst(), store);
        }
        store.write(flush.batch(), Durability.SYNC);
        return flush.pages();
    }

    void close() {
        store.close();
    }
}
