package io.computronium.storage.memory;

import io.computronium.storage.Column;
import io.computronium.storage.Cursor;
import io.computronium.storage.Durability;
import io.computronium.storage.KeyRange;
import io.computronium.storage.KeyValueStore;
import io.computronium.storage.Schema;
import io.computronium.storage.WriteBatch;
import io.computronium.storage.WriteBatch.Change;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A {@link KeyValueStore} in memory that behaves as the real one does, for tests and simulation.
 * One that was closed can be handed to the next owner, as a folder can.
 */
public final class InMemoryStore implements KeyValueStore {

    /** By id of the column; never changed. */
    private record Contents(Map<Integer, SortedRows> columns) {

        Contents with(Iterable<Change> changes) {
            var changed = new HashMap<>(columns);
            for (var change : changes) {
                changed.compute(change.column().id(), (_, rows) -> apply(change, rows));
            }
            return new Contents(changed);
        }

        private static SortedRows apply(Change change, SortedRows rows) {
            return switch (change) {
                case Change.Put(_, var key, var value) -> rows.put(key, value);
                case Change.Delete(_, var key) -> rows.remove(key);
                case Change.DeleteRange(_, var from, var to) -> rows.removeRange(from, to);
            };
        }
    }

    /** All writes, and those of them that a loss of power leaves. */
    private record Versions(Contents latest, Contents durable) {

        Versions written(WriteBatch batch, Durability durability) {
            var next = latest.with(batch.changes());
            return switch (durability) {
                case SYNC -> new Versions(next, next);
                case BUFFERED -> new Versions(next, durable);
            };
        }
    }

    private final Schema schema;
    private final AtomicReference<Versions> versions;

    public InMemoryStore(Schema schema) {
        this.schema = schema;
        Map<Integer, SortedRows> columns = new HashMap<>();
        schema.columns().forEach(column -> columns.put(column.id(), SortedRows.EMPTY));
        var empty = new Contents(columns);
        this.versions = new AtomicReference<>(new Versions(empty, empty));
    }

    /** Loses what was not made durable. */
    public void crash() {
        versions.updateAndGet(v -> new Versions(v.durable, v.durable));
    }

    @Override
    public <K, V> Optional<V> get(Column<K, V> column, K key) {
        return Optional.ofNullable(rows(column).get(column.key().encode(key)))
                .map(value -> column.storedValue(value.clone()));
    }

    @Override
    public <K, V> Cursor<K, V> scan(Column<K, V> column, KeyRange range) {
        var rows =
                rows(column)
                        .range(
                                range.from().toArray(),
                                range.to() == null ? null : range.to().toArray());
        return new RowCursor<>(column, rows.walk(range.descending()));
    }

    @Override
    public void write(WriteBatch batch, Durability durability) {
        batch.changes().forEach(change -> rows(change.column()));
        versions.updateAndGet(v -> v.written(batch, durability));
    }

    /** Makes everything durable. */
    @Override
    public void close() {
        versions.updateAndGet(v -> new Versions(v.latest, v.latest));
    }

    private SortedRows rows(Column<?, ?> column) {
        var rows = Objects.requireNonNull(versions.get()).latest.columns.get(column.id());
        if (rows == null) {
            throw new IllegalArgumentException(column + " is no column of " + schema.name());
        }
        return rows;
    }

    private record RowCursor<K, V>(Column<K, V> column, SortedRows.Walk walk)
            implements Cursor<K, V> {

        @Override
        public boolean next() {
            return walk.next();
        }

        @Override
        public K key() {
            return column.storedKey(walk.row().key().clone());
        }

        @Override
        public V value() {
            return column.storedValue(walk.row().value().clone());
        }

        @Override
        public void close() {}
    }
}
