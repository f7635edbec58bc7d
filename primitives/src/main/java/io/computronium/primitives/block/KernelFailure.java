package io.computronium.primitives.block;

import io.computronium.primitives.MalformedDataException;

/** Failures that are not values of a contract. Codes are consensus: 1 to 99, never reused. */
public enum KernelFailure {
    OUT_OF_GAS(1),
    POST_CONDITION(2),
    CALL_DEPTH(3),
    ABORT(4),
    UNKNOWN_CONTRACT(5),
    UNKNOWN_FUNCTION(6),
    WRONG_ARGUMENT(7);

    private final int code;

    KernelFailure(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /**
     * @throws MalformedDataException if no failure has this code
     */
    public static KernelFailure ofCode(int code) {
        for (KernelFailure failure : values()) {
            if (failure.code == code) {
                return failure;
            }
        }
        throw new MalformedDataException("receipt.code: unknown kernel failure " + code);
    }
}
