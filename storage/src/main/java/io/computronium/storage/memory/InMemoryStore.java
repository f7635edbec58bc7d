package io.computronium.storage.memory;

import io.computronium.storage.Column;
import io.computronium.storage.Cursor;
import io.computronium.storage.Durability;
import io.computronium.storage.KeyRange;
import io.computronium.storage.KeyValueStore;
import io.computronium.storage.Schema;
import io.computronium.storage.WriteBatch;
import java.util.Optional;

/** A {@link KeyValueStore} in memory that behaves as the real one does, for tests and simulation. */
public final class InMemoryStore implements KeyValueStore {

    public InMemoryStore(Schema schema) {
        throw new UnsupportedOperationException(schema.name());
    }

    /** Loses what was not written {@link Durability#SYNC}; what is left can be used at once. */
    public void crash() {
        throw new UnsupportedOperationException();
    }

    @Override
    public <K, V> Optional<V> get(Column<K, V> column, K key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <K, V> Cursor<K, V> scan(Column<K, V> column, KeyRange range) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void write(WriteBatch batch, Durability durability) {
        throw new UnsupportedOperationException();
    }

    /** Makes everything durable; a new {@code InMemoryStore} is not needed to open it again. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
