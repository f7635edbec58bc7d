package io.computronium.vm;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.block.KernelFailure;
import io.computronium.vm.value.Value;
import io.computronium.vm.value.ValueCodec;

/** How one call ended. */
sealed interface CallOutcome {

    /**
     * With a response.
     *
     * @param value in SIP-005 encoding
     */
    record Answered(Bytes value, boolean ok) implements CallOutcome {
        static Answered of(Value.Response response) {
            return new Answered(
                    ValueCodec.encode(response),
                    switch (response) {
                        case Value.Ok ok -> true;
                        case Value.Err err -> false;
                    });
        }
    }

    /** By the kernel. */
    record Stopped(KernelFailure failure) implements CallOutcome {}

    CallOutcome OK_TRUE = Answered.of(new Value.Ok(new Value.Bool(true)));
    CallOutcome OUT_OF_GAS = new Stopped(KernelFailure.OUT_OF_GAS);
}
