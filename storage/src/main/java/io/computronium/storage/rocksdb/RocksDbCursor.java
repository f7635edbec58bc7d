package io.computronium.storage.rocksdb;

import io.computronium.storage.Column;
import io.computronium.storage.Cursor;
import io.computronium.storage.KeyRange;
import io.computronium.storage.StorageFailureException;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/** A walk with RocksDB's iterator, which holds a view of the moment at which it was made. */
final class RocksDbCursor<K, V> implements Cursor<K, V> {

    private final Column<K, V> column;
    private final KeyRange range;
    private final NativeResources resources = new NativeResources();
    private final RocksIterator iterator;
    private boolean started;

    RocksDbCursor(RocksDB db, ColumnFamilyHandle family, Column<K, V> column, KeyRange range) {
        this.column = column;
        this.range = range;
        var options = resources.own(new ReadOptions());
        options.setIterateLowerBound(resources.own(new Slice(range.from().toArray())));
        if (range.to() != null) {
            options.setIterateUpperBound(resources.own(new Slice(range.to().toArray())));
        }
        this.iterator = resources.own(db.newIterator(family, options));
    }

    @Override
    public boolean next() {
        if (!started) {
            started = true;
            if (range.descending()) {
                iterator.seekToLast();
            } else {
                iterator.seekToFirst();
            }
        } else if (iterator.isValid()) {
            if (range.descending()) {
                iterator.prev();
            } else {
                iterator.next();
            }
        }
        if (!iterator.isValid()) {
            checkStatus();
        }
        return iterator.isValid();
    }

    /** An iterator that met a bad block ends as if there were nothing more. */
    private void checkStatus() {
        try {
            iterator.status();
        } catch (RocksDBException e) {
            throw new StorageFailureException("cannot read column " + column, e);
        }
    }

    @Override
    public K key() {
        return column.storedKey(iterator.key());
    }

    @Override
    public V value() {
        return column.storedValue(iterator.value());
    }

    @Override
    public void close() {
        resources.close();
    }
}
