package io.computronium.storage;

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

    @Override
    public String toString() {
        return name;
    }
}
