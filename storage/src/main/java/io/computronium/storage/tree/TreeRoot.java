package io.computronium.storage.tree;

import io.computronium.primitives.Hash;
import io.computronium.primitives.crypto.StateHashing;

/**
 * Where a tree begins.
 *
 * @param version the height that made the root page; 0 in an empty tree, which has none
 */
public record TreeRoot(Hash hash, long version) {

    public static final TreeRoot EMPTY = new TreeRoot(StateHashing.EMPTY, 0);

    public boolean isEmpty() {
        return hash.equals(StateHashing.EMPTY);
    }
}
