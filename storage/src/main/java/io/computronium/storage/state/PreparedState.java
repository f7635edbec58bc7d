package io.computronium.storage.state;

import io.computronium.primitives.Hash;

/** The state that a block would lead to. Changes nothing until it is committed. */
@SuppressWarnings("DoNotCallSuggester")
public final class PreparedState {

    PreparedState() {}

    public long height() {
        throw new UnsupportedOperationException();
    }

    /** Root of the state after the block. */
    public Hash root() {
        throw new UnsupportedOperationException();
    }
}
