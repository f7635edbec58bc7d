package io.computronium.vm;

/** Whether a list of transactions makes a block. */
public sealed interface BlockVerdict {

    /** It does, and this is what it did. */
    record Executed(BlockOutcome outcome) implements BlockVerdict {}

    /** It does not, since the transaction at {@code index} cannot be in it. */
    record Invalid(int index, Inclusion.Excluded reason) implements BlockVerdict {}
}
