package io.computronium.storage.state;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.storage.tree.TreeChange;
import java.util.Map;
import java.util.Optional;

/** The state that a block would lead to. Changes nothing until it is committed. */
public final class PreparedState {

    private final View before;
    private final Map<Bytes, Optional<Bytes>> writes;
    private final TreeChange tree;

    PreparedState(View before, Map<Bytes, Optional<Bytes>> writes, TreeChange tree) {
        this.before = before;
        this.writes = writes;
        this.tree = tree;
    }

    public long height() {
        return before.height() + 1;
    }

    /** Root of the state after the block. */
    public Hash root() {
        return tree.root().hash();
    }

    View before() {
        return before;
    }

    Map<Bytes, Optional<Bytes>> writes() {
        return writes;
    }

    TreeChange tree() {
        return tree;
    }
}
