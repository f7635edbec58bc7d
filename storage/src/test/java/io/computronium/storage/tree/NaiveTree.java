package io.computronium.storage.tree;

import io.computronium.primitives.Hash;
import io.computronium.primitives.crypto.StateHashing;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** The root of a state by its definition: slow, and too plain to be wrong. */
public final class NaiveTree {

    private NaiveTree() {}

    /**
     * @param leaves hashes of values by hashes of keys
     */
    public static Hash root(SortedMap<Hash, Hash> leaves) {
        return root(List.copyOf(leaves.entrySet()), 0);
    }

    private static Hash root(List<Map.Entry<Hash, Hash>> leaves, int depth) {
        if (leaves.isEmpty()) {
            return StateHashing.EMPTY;
        }
        if (leaves.size() == 1) {
            return StateHashing.leaf(leaves.getFirst().getKey(), leaves.getFirst().getValue());
        }
        int middle = 0;
        while (middle < leaves.size()
                && !StateHashing.goesRight(leaves.get(middle).getKey(), depth)) {
            middle++;
        }
        return StateHashing.inner(
                root(leaves.subList(0, middle), depth + 1),
                root(leaves.subList(middle, leaves.size()), depth + 1));
    }
}
