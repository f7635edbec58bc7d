package io.computronium.node.rpc;

/** The answer to a search in history. */
public sealed interface Lookup<T> {

    record Found<T>(T value) implements Lookup<T> {}

    /** There is no such thing, or not yet. */
    record NotFound<T>() implements Lookup<T> {}

    /** This node does not keep it any more. */
    record Pruned<T>() implements Lookup<T> {}
}
