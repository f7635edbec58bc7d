package io.computronium.vm.builtin;

import io.computronium.vm.contract.Frame;
import io.computronium.vm.contract.Shape;
import io.computronium.vm.value.Value;

/**
 * What the network takes on top of a payment for a service, from whoever pays it. The contract
 * {@code econ} knows the rate and how a fee is split; this is how other contracts ask it.
 */
final class ServiceFee {

    private ServiceFee() {}

    /** The fee on {@code amount}, both in grains. */
    static long on(Frame frame, long amount) {
        return Shape.UINT.fromValue(
                frame.callAsSelf(frame.system("econ"), "service-fee", Value.UInt.of(amount)));
    }

    /**
     * Pays a fee out of the calling contract's own coins.
     *
     * @param fee in grains; nothing happens if it is 0
     * @return the part that was burnt
     */
    static long pay(Frame frame, long fee) {
        if (fee == 0) {
            return 0;
        }
        return Shape.UINT.fromValue(
                frame.callAsSelf(frame.system("econ"), "pay-service-fee", Value.UInt.of(fee)));
    }
}
