package io.computronium.storage.cache;

import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A cache of what was used lately, up to a limit of weight. It has two generations: whatever is
 * used moves to the young one, and when that weighs half of the limit, the old one is dropped and
 * the young one is old. Nearly as good as the strict order of use, at the cost of a hash map. For
 * one thread.
 */
public final class RecentlyUsed<K, V> {

    private final long generationLimit;
    private final ToIntFunction<V> weight;
    private Map<K, V> young = new HashMap<>();
    private Map<K, V> old = new HashMap<>();
    private long youngWeight;

    /**
     * @param limit of the sum of all weights
     * @param weight of one value, positive
     */
    public RecentlyUsed(long limit, ToIntFunction<V> weight) {
        this.generationLimit = limit / 2;
        this.weight = weight;
    }

    public @Nullable V get(K key) {
        var value = young.get(key);
        if (value == null) {
            value = old.get(key);
            if (value != null) {
                put(key, value);
            }
        }
        return value;
    }

    public void put(K key, V value) {
        var replaced = young.put(key, value);
        youngWeight += weight.applyAsInt(value);
        if (replaced != null) {
            youngWeight -= weight.applyAsInt(replaced);
        }
        if (youngWeight > generationLimit) {
            old = young;
            young = new HashMap<>();
            youngWeight = 0;
        }
    }

    /** Forgets a value that will not be asked for again. */
    public void remove(K key) {
        var removed = young.remove(key);
        if (removed != null) {
            youngWeight -= weight.applyAsInt(removed);
        }
        old.remove(key);
    }
}
