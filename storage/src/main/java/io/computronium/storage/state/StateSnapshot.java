package io.computronium.storage.state;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.primitives.crypto.StateProof;
import java.util.Optional;

/**
 * The state as it was after one height, whatever is committed later. Safe for use by many threads,
 * needs no closing, and is meant to be held for one request: once its height is pruned every read
 * throws {@link PrunedException}.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class StateSnapshot {

    StateSnapshot() {}

    public long height() {
        throw new UnsupportedOperationException();
    }

    public Hash root() {
        throw new UnsupportedOperationException();
    }

    public Optional<Bytes> get(Bytes key) {
        throw new UnsupportedOperationException();
    }

    /** Proof of presence or absence of {@code key} under {@link #root}. */
    public StateProof prove(Bytes key) {
        throw new UnsupportedOperationException();
    }
}
