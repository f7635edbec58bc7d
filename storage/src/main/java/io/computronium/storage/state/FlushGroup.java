package io.computronium.storage.state;

import io.computronium.primitives.Bytes;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Heights that go to disk together. Never changed.
 *
 * @param layers one or more, ascending
 * @param before what each key that they write held before the first of them
 */
record FlushGroup(List<Layer> layers, Map<Bytes, Optional<Bytes>> before) {

    /** The height of the state before the group. */
    long base() {
        return layers.getFirst().height() - 1;
    }

    /** The height of the state after the group. */
    long height() {
        return layers.getLast().height();
    }
}
