package io.computronium.primitives.crypto;

import io.computronium.primitives.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The state tree by its definition: recursion over a sorted map, nothing kept. */
final class ReferenceStateTree {

    private final TreeMap<Hash, Hash> leaves = new TreeMap<>();

    ReferenceStateTree put(byte[] key, byte[] value) {
        return putHashes(StateHashing.keyHash(key), StateHashing.valueHash(value));
    }

    ReferenceStateTree putHashes(Hash keyHash, Hash valueHash) {
        leaves.put(keyHash, valueHash);
        return this;
    }

    Hash root() {
        return root(leaves, 0);
    }

    /** What stands on the path of {@code keyHash}, be it that key or not. */
    StateProof prove(Hash keyHash) {
        var siblings = new ArrayList<Hash>();
        SortedMap<Hash, Hash> subtree = leaves;
        while (subtree.size() > 1) {
            int depth = siblings.size();
            boolean right = StateHashing.goesRight(keyHash, depth);
            siblings.add(root(half(subtree, depth, !right), depth + 1));
            subtree = half(subtree, depth, right);
        }
        return new StateProof(
                siblings, subtree.isEmpty() ? new StateProof.End.Empty() : only(subtree));
    }

    private static Hash root(SortedMap<Hash, Hash> subtree, int depth) {
        return switch (subtree.size()) {
            case 0 -> StateHashing.EMPTY;
            case 1 -> {
                var leaf = only(subtree);
                yield StateHashing.leaf(leaf.keyHash(), leaf.valueHash());
            }
            default ->
                    StateHashing.inner(
                            root(half(subtree, depth, false), depth + 1),
                            root(half(subtree, depth, true), depth + 1));
        };
    }

    private static StateProof.End.Leaf only(SortedMap<Hash, Hash> subtree) {
        var entry = List.copyOf(subtree.entrySet()).getFirst();
        return new StateProof.End.Leaf(entry.getKey(), entry.getValue());
    }

    private static SortedMap<Hash, Hash> half(
            SortedMap<Hash, Hash> subtree, int depth, boolean right) {
        var half = new TreeMap<Hash, Hash>();
        for (Map.Entry<Hash, Hash> entry : subtree.entrySet()) {
            if (StateHashing.goesRight(entry.getKey(), depth) == right) {
                half.put(entry.getKey(), entry.getValue());
            }
        }
        return half;
    }
}
