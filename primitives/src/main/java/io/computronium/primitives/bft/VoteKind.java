package io.computronium.primitives.bft;

/** The two votes of a round, in their order. */
public enum VoteKind {
    PREVOTE,
    PRECOMMIT
}
