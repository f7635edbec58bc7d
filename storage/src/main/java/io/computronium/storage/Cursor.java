package io.computronium.storage;

/**
 * A walk over a range of one column, as the column was when the walk began. For one thread; must be
 * closed, and before its store is. Starts in front of the first entry:
 *
 * {@snippet :
 * try (var cursor = store.scan(column, KeyRange.all())) {
 *     while (cursor.next()) {
 *         use(cursor.key(), cursor.value());
 *     }
 * }
 * }
 */
public interface Cursor<K, V> extends AutoCloseable {

    /** Moves to the next entry; false when there is none left. */
    boolean next();

    /** The key of the entry at hand, decoded anew by each call. */
    K key();

    /** The value of the entry at hand, decoded anew by each call. */
    V value();

    @Override
    void close();
}
