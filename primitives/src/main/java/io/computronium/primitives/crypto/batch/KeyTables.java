package io.computronium.primitives.crypto.batch;

import io.computronium.primitives.PublicKey;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Tables of keys that a good signature was seen of, so that the next one costs neither a square
 * root nor a table.
 *
 * <p>There are two generations. New and used keys go into the young one; when that is full it
 * becomes the old one, and what was not used since is forgotten. So at most twice {@code
 * generation} tables of 1.3 KiB are held, and keys that sign once cannot drive out those that sign
 * all the time. Thread-safe: racing threads may at worst forget early.
 */
final class KeyTables {

    private record Generations(
            ConcurrentMap<PublicKey, long[]> young, ConcurrentMap<PublicKey, long[]> old) {}

    private final int generation;
    private volatile Generations tables =
            new Generations(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());

    KeyTables(int generation) {
        this.generation = generation;
    }

    long @Nullable [] get(PublicKey key) {
        var now = tables;
        long[] table = now.young.get(key);
        if (table == null) {
            table = now.old.get(key);
            if (table != null) {
                put(key, table);
            }
        }
        return table;
    }

    void put(PublicKey key, long[] table) {
        var now = tables;
        if (now.young.size() >= generation) {
            now = new Generations(new ConcurrentHashMap<>(), now.young);
            tables = now;
        }
        now.young.putIfAbsent(key, table);
    }

    int size() {
        var now = tables;
        return now.young.size() + now.old.size();
    }
}
