package io.computronium.node.execution;

/** What every honest node finds of a block on the same head. */
public sealed interface Judgement {

    record Valid(PreparedBlock prepared) implements Judgement {}

    /**
     * @param reason for the log
     */
    record Invalid(String reason) implements Judgement {}

    /** The block is not for the height after the head, so nothing can be said of it. */
    record OffHeight(long headHeight) implements Judgement {}
}
