package io.computronium.storage;

import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.codec.Codec;

/**
 * One typed table of a database, ordered by the unsigned bytes of its encoded keys.
 *
 * @param id names the column on disk, from 1; never used again, not even after the column is gone
 * @param name for people only
 */
public record Column<K, V>(int id, String name, Codec<K> key, Codec<V> value) {

    public Column {
        if (id < 1) {
            throw new IllegalArgumentException("column " + name + ": ids start at 1");
        }
    }

    /**
     * The key that was stored as {@code bytes}.
     *
     * @throws StorageFailureException if it never was
     */
    public K storedKey(byte[] bytes) {
        return decode(key, bytes);
    }

    /**
     * The value that was stored as {@code bytes}.
     *
     * @throws StorageFailureException if it never was
     */
    public V storedValue(byte[] bytes) {
        return decode(value, bytes);
    }

    private <T> T decode(Codec<T> codec, byte[] bytes) {
        try {
            return codec.decode(bytes);
        } catch (MalformedDataException e) {
            throw new StorageFailureException(
                    "column " + name + " holds bytes that we never wrote", e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
