package io.computronium.primitives.tx;

import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.PublicKey;
import java.util.List;

/**
 * The keys, weights and threshold that a multi-key address commits to. Order matters: another order
 * is another address.
 *
 * @param version {@link #VERSION}
 * @param keys 1 to 16
 * @param threshold the weight that must sign, at most the sum of the weights
 */
public record KeySet(int version, List<WeightedKey> keys, int threshold) {

    public static final int VERSION = 1;
    public static final int MAX_KEYS = 16;
    public static final int MAX_WEIGHT = 65_535;

    public KeySet {
        keys = List.copyOf(keys);
        MalformedDataException.unless(version == VERSION, "keySet.version: 1 expected");
        MalformedDataException.unless(
                !keys.isEmpty() && keys.size() <= MAX_KEYS, "keySet.keys: 1 to 16 expected");
        int sum = keys.stream().mapToInt(WeightedKey::weight).sum();
        MalformedDataException.unless(
                threshold > 0 && threshold <= sum,
                "keySet.threshold: 1 to the sum of weights expected");
        MalformedDataException.unless(
                keys.stream().map(WeightedKey::key).distinct().count() == keys.size(),
                "keySet.keys: one occurs twice");
    }

    /** A member of the set; weight 1 to {@link #MAX_WEIGHT}. */
    public record WeightedKey(PublicKey key, int weight) {
        public WeightedKey {
            MalformedDataException.unless(
                    weight > 0 && weight <= MAX_WEIGHT, "keySet.weight: 1 to 65,535 expected");
        }
    }
}
