package io.computronium.storage.rocksdb;

import io.computronium.storage.Column;
import io.computronium.storage.Cursor;
import io.computronium.storage.Durability;
import io.computronium.storage.KeyRange;
import io.computronium.storage.KeyValueStore;
import io.computronium.storage.Schema;
import io.computronium.storage.WriteBatch;
import java.nio.file.Path;
import java.util.Optional;

/** A {@link KeyValueStore} over one RocksDB, whose column families are the columns. */
public final class RocksDbStore implements KeyValueStore {

    private RocksDbStore() {}

    /**
     * Opens the database in {@code folder}, and makes both if they are not there.
     *
     * @throws io.computronium.storage.FolderInUseException if someone else has it open
     */
    public static RocksDbStore open(Path folder, Schema schema, RocksDbOptions options) {
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

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
