package io.computronium.primitives.block;

/** How a transaction ended. Only {@link Succeeded} left effects beyond the fee and the sequence. */
public sealed interface ExecutionStatus {

    record Succeeded() implements ExecutionStatus {}

    /** A call answered with an error value, which is the last of the results. */
    record CallFailed(int callIndex) implements ExecutionStatus {}

    /** The kernel stopped a call or, with the index of the last call, the whole transaction. */
    record KernelFailed(int callIndex, KernelFailure failure) implements ExecutionStatus {}
}
