package io.computronium.vm;

import io.computronium.primitives.block.KernelFailure;

/**
 * Ends a whole transaction: no contract between can answer it. Without a stack trace, since it is
 * control flow and not a defect.
 */
final class KernelStop extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final KernelFailure failure;

    KernelStop(KernelFailure failure) {
        super(failure.name(), null, false, false);
        this.failure = failure;
    }

    KernelFailure failure() {
        return failure;
    }
}
