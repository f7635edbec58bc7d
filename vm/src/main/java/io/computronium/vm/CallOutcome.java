package io.computronium.vm;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.block.KernelFailure;
import io.computronium.vm.contract.Fault;
import io.computronium.vm.value.Value;
import io.computronium.vm.value.ValueCodec;

/** How one call ended. */
sealed interface CallOutcome {

    /**
     * With a response, or with the value of a read-only method.
     *
     * @param value in SIP-005 encoding
     * @param ok unless it is an error
     */
    record Answered(Bytes value, boolean ok) implements CallOutcome {}

    static CallOutcome of(Value answer) {
        return new Answered(ValueCodec.encode(answer), !(answer instanceof Value.Err));
    }

    /** With an error that a standard prescribes. */
    static CallOutcome error(Fault fault) {
        return of(new Value.Err(Value.UInt.of(fault.code(0))));
    }

    /** By the kernel. */
    record Stopped(KernelFailure failure) implements CallOutcome {}

    CallOutcome OK_TRUE = of(new Value.Ok(new Value.Bool(true)));
    CallOutcome OUT_OF_GAS = new Stopped(KernelFailure.OUT_OF_GAS);
}
