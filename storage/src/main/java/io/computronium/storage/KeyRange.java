package io.computronium.storage;

import io.computronium.primitives.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A range of encoded keys and the direction to walk it in.
 *
 * @param from first key, included
 * @param to end of the range, excluded; null for the end of the column
 * @param descending whether a walk starts at the end
 */
public record KeyRange(Bytes from, @Nullable Bytes to, boolean descending) {

    private static final KeyRange ALL = new KeyRange(Bytes.EMPTY, null, false);

    /** The whole column. */
    public static KeyRange all() {
        return ALL;
    }

    /** From {@code from}, included, on. */
    public static KeyRange from(Bytes from) {
        return new KeyRange(from, null, false);
    }

    /** From {@code from}, included, to {@code to}, excluded. */
    public static KeyRange between(Bytes from, Bytes to) {
        return new KeyRange(from, to, false);
    }

    /** All keys that start with {@code prefix}. */
    public static KeyRange prefix(Bytes prefix) {
        return new KeyRange(prefix, successor(prefix), false);
    }

    /** Whether {@code key} is in the range. */
    public boolean contains(Bytes key) {
        return from.compareTo(key) <= 0 && (to == null || key.compareTo(to) < 0);
    }

    /** The same keys, last one first. */
    public KeyRange reversed() {
        return new KeyRange(from, to, !descending);
    }

    /** The smallest key above all that start with {@code prefix}; null if there is none. */
    private static @Nullable Bytes successor(Bytes prefix) {
        int size = prefix.size();
        while (size > 0 && prefix.at(size - 1) == (byte) 0xff) {
            size--;
        }
        if (size == 0) {
            return null;
        }
        var end = new byte[size];
        System.arraycopy(prefix.toArray(), 0, end, 0, size);
        end[size - 1]++;
        return Bytes.owned(end);
    }
}
