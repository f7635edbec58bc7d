package io.computronium.vm;

import io.computronium.primitives.Bytes;
import java.util.Optional;

/**
 * The state at one height. Whoever implements it answers alike for as long as an execution reads
 * from it, and throws only what stops the node.
 */
@FunctionalInterface
public interface StateReader {

    /** The value under {@code key}, a key as {@code primitives.state.StateKey} makes it. */
    Optional<Bytes> get(Bytes key);
}
