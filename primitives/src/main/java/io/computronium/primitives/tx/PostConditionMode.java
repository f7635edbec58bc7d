package io.computronium.primitives.tx;

/** What becomes of a movement of the sender's assets that no post-condition covers. */
public enum PostConditionMode {
    /** The transaction fails. */
    DENY,
    /** It is allowed. */
    ALLOW
}
