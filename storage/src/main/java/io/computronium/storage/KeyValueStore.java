package io.computronium.storage;

import java.util.Optional;

/**
 * An ordered database of typed columns. Safe for use by many threads; {@link #close} only when no
 * other call is under way.
 *
 * <p>Every method throws {@link StorageFailureException} when the disk fails; the store then
 * refuses all further writes. Stored bytes that do not decode count as a failed disk.
 */
public interface KeyValueStore extends AutoCloseable {

    <K, V> Optional<V> get(Column<K, V> column, K key);

    /** A walk over a range of {@code column}, which sees no later writes. */
    <K, V> Cursor<K, V> scan(Column<K, V> column, KeyRange range);

    /** Applies all changes of {@code batch} or none; readers see all or none, too. */
    void write(WriteBatch batch, Durability durability);

    /** Frees everything; what was written {@link Durability#BUFFERED} is made durable first. */
    @Override
    void close();
}
