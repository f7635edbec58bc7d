package io.computronium.storage.tree;

import io.computronium.primitives.Hash;

/** What stands in one of the sixteen slots of a page. */
sealed interface Child {

    Child EMPTY = new Empty();

    /** No key. */
    record Empty() implements Child {}

    /** Exactly one key. */
    record Leaf(Hash keyHash, Hash valueHash) implements Child {}

    /**
     * Two keys or more, in a page of their own.
     *
     * @param version the height that made the page
     */
    record Link(Hash hash, long version) implements Child {}
}
