package io.computronium.storage.rocksdb;

import io.computronium.storage.Column;
import io.computronium.storage.Cursor;
import io.computronium.storage.Durability;
import io.computronium.storage.KeyRange;
import io.computronium.storage.KeyValueStore;
import io.computronium.storage.Schema;
import io.computronium.storage.StorageFailureException;
import io.computronium.storage.WriteBatch.Change;
import io.computronium.storage.disk.FolderLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** A {@link KeyValueStore} over one RocksDB, whose column families are the columns. */
public final class RocksDbStore implements KeyValueStore {

    private final Schema schema;
    private final NativeResources resources;
    private final RocksDB db;
    private final Map<Integer, ColumnFamilyHandle> families;
    private final WriteOptions sync;
    private final WriteOptions buffered;

    /** After the first failure nothing is written any more (W5). */
    private volatile boolean failed;

    private volatile boolean closed;

    private RocksDbStore(
            Schema schema,
            NativeResources resources,
            RocksDB db,
            Map<Integer, ColumnFamilyHandle> families) {
        this.schema = schema;
        this.resources = resources;
        this.db = db;
        this.families = families;
        this.sync = resources.own(new WriteOptions().setSync(true));
        this.buffered = resources.own(new WriteOptions());
    }

    /**
     * Opens the database in {@code folder}, and makes both if they are not there.
     *
     * @throws io.computronium.storage.FolderInUseException if someone else has it open
     */
    public static RocksDbStore open(Path folder, Schema schema, RocksDbOptions options) {
        RocksDB.loadLibrary();
        var resources = new NativeResources();
        try {
            resources.own(FolderLock.acquire(folder));
            var settings = new RocksDbSettings(options, resources);
            var descriptors = descriptors(schema, settings);
            List<ColumnFamilyHandle> handles = new ArrayList<>();
            var db =
                    resources.own(
                            RocksDB.open(
                                    settings.database(), folder.toString(), descriptors, handles));
            Map<Integer, ColumnFamilyHandle> families = new HashMap<>();
            handles.forEach(resources::own);
            for (int i = 0; i < schema.columns().size(); i++) {
                families.put(schema.columns().get(i).id(), handles.get(i + 1));
            }
            return new RocksDbStore(schema, resources, db, families);
        } catch (RocksDBException e) {
            resources.close();
            throw new StorageFailureException("cannot open " + folder, e);
        } catch (RuntimeException e) {
            resources.close();
            throw e;
        }
    }

    /** RocksDB's own default family, which stays empty, and then the columns in their order. */
    private static List<ColumnFamilyDescriptor> descriptors(
            Schema schema, RocksDbSettings settings) {
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        descriptors.add(
                new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, settings.columnFamily()));
        for (var column : schema.columns()) {
            descriptors.add(
                    new ColumnFamilyDescriptor(
                            Integer.toString(column.id()).getBytes(StandardCharsets.US_ASCII),
                            settings.columnFamily()));
        }
        return descriptors;
    }

    @Override
    public <K, V> Optional<V> get(Column<K, V> column, K key) {
        checkOpen();
        try {
            var value = db.get(family(column), column.key().encode(key));
            return value == null ? Optional.empty() : Optional.of(column.storedValue(value));
        } catch (RocksDBException e) {
            throw failure("cannot read", e);
        }
    }

    @Override
    public <K, V> Cursor<K, V> scan(Column<K, V> column, KeyRange range) {
        checkOpen();
        return new RocksDbCursor<>(db, family(column), column, range);
    }

    @Override
    public void write(io.computronium.storage.WriteBatch batch, Durability durability) {
        checkOpen();
        if (failed) {
            throw new StorageFailureException(schema.name() + ": failed before, writes nothing");
        }
        try (var nativeBatch = new WriteBatch()) {
            for (var change : batch.changes()) {
                add(change, nativeBatch);
            }
            switch (durability) {
                case SYNC -> db.write(sync, nativeBatch);
                case BUFFERED -> db.write(buffered, nativeBatch);
            }
        } catch (RocksDBException e) {
            throw failure("cannot write", e);
        }
    }

    private void add(Change change, WriteBatch batch) throws RocksDBException {
        var family = family(change.column());
        switch (change) {
            case Change.Put(_, var key, var value) -> batch.put(family, key, value);
            case Change.Delete(_, var key) -> batch.delete(family, key);
            case Change.DeleteRange(_, var from, var to) -> batch.deleteRange(family, from, to);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            db.syncWal();
        } catch (RocksDBException e) {
            throw failure("cannot sync", e);
        } finally {
            resources.close();
        }
    }

    /** A call into a closed RocksDB would end the process. */
    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException(schema.name() + " is closed");
        }
    }

    private ColumnFamilyHandle family(Column<?, ?> column) {
        var family = families.get(column.id());
        if (family == null) {
            throw new IllegalArgumentException(column + " is no column of " + schema.name());
        }
        return family;
    }

    private StorageFailureException failure(String what, RocksDBException cause) {
        failed = true;
        return new StorageFailureException(schema.name() + ": " + what, cause);
    }
}
