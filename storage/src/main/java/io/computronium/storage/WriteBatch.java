package io.computronium.storage;

import io.computronium.primitives.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Changes that a store applies together or not at all, in the order in which they were added. Holds
 * encoded bytes only. For one thread; may be written once.
 */
public final class WriteBatch {

    /** One change. The arrays belong to the batch and are only read. */
    @SuppressWarnings("ArrayRecordComponent") // carried to the store, never compared
    public sealed interface Change {

        Column<?, ?> column();

        /** Sets a key. */
        record Put(Column<?, ?> column, byte[] key, byte[] value) implements Change {}

        /** Removes a key, which need not be there. */
        record Delete(Column<?, ?> column, byte[] key) implements Change {}

        /** Removes all keys from {@code from}, included, to {@code to}, excluded. */
        record DeleteRange(Column<?, ?> column, byte[] from, byte[] to) implements Change {}
    }

    private final List<Change> changes = new ArrayList<>();

    /** Sets a key. */
    public <K, V> WriteBatch put(Column<K, V> column, K key, V value) {
        changes.add(new Change.Put(column, column.key().encode(key), column.value().encode(value)));
        return this;
    }

    /** Removes a key, which need not be there. */
    public <K> WriteBatch delete(Column<K, ?> column, K key) {
        changes.add(new Change.Delete(column, column.key().encode(key)));
        return this;
    }

    /** Removes the keys whose encodings are in {@code [from, to)}. */
    public WriteBatch deleteRange(Column<?, ?> column, Bytes from, Bytes to) {
        if (from.compareTo(to) > 0) {
            throw new IllegalArgumentException(column + ": range ends before it starts");
        }
        changes.add(new Change.DeleteRange(column, from.toArray(), to.toArray()));
        return this;
    }

    public List<Change> changes() {
        return Collections.unmodifiableList(changes);
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }
}
