package io.computronium.vm;

/** Whether evidence and transactions make a block. */
public sealed interface BlockVerdict {

    /** It does, and this is what it did. */
    record Executed(BlockOutcome outcome) implements BlockVerdict {}

    /** It does not, since the transaction at {@code index} cannot be in it. */
    record Invalid(int index, Inclusion.Excluded reason) implements BlockVerdict {}

    /** It does not, since the evidence at {@code index} convicts nobody. */
    record InvalidEvidence(int index, String reason) implements BlockVerdict {}
}
