package io.computronium.storage.state;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.primitives.crypto.StateHashing;
import io.computronium.primitives.crypto.StateProof;
import io.computronium.storage.tree.NodeKey;
import io.computronium.storage.tree.Page;
import io.computronium.storage.tree.StateTree;
import java.util.Objects;
import java.util.Optional;

/**
 * The state as it was after one height, whatever is committed later. Safe for use by many threads,
 * needs no closing, and is meant to be held for one request: once its height is given up every read
 * that needs the disk throws {@link PrunedException}.
 */
public final class StateSnapshot {

    private final FlushedState flushed;
    private final View view;

    StateSnapshot(FlushedState flushed, View view) {
        this.flushed = flushed;
        this.view = view;
    }

    public long height() {
        return view.height();
    }

    /** Root of the state tree. */
    public Hash root() {
        return view.root().hash();
    }

    /** The value of {@code key}, if the state has one. */
    public Optional<Bytes> get(Bytes key) {
        var unflushed = view.unflushed(key);
        return unflushed != null ? unflushed : flushed.value(view.flushedHeight(), key);
    }

    /** Proof of presence or absence of {@code key} under {@link #root}. */
    public StateProof prove(Bytes key) {
        return new StateTree(this::page).prove(view.root(), StateHashing.keyHash(key.toArray()));
    }

    private Page page(NodeKey key) {
        var layer = view.layer(key.version());
        return layer == null
                ? flushed.page(view.flushedHeight(), key)
                : Objects.requireNonNull(layer.tree().created().get(key));
    }
}
