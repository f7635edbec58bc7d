package io.computronium.vm.builtin;

import io.computronium.primitives.tx.Asset;
import io.computronium.vm.contract.Amounts;
import io.computronium.vm.contract.Contract;
import io.computronium.vm.contract.Frame;
import io.computronium.vm.contract.Method;
import io.computronium.vm.contract.Parameter;
import io.computronium.vm.contract.Shape;
import java.util.List;

/** The two methods of {@code econ} that other contracts use, with 1 % of which 30 % are burnt. */
final class EconStub {

    private static final Parameter<Long> AMOUNT = Parameter.coins("amount", "");

    private EconStub() {}

    /** The stub, unless the chain has the contract itself. */
    static List<Contract> ifMissing() {
        return BuiltIns.REGISTRY.find("econ").isPresent() ? List.of() : List.of(DECLARATION);
    }

    private static long pay(Frame call) {
        long fee = call.get(AMOUNT);
        long burnt = Amounts.part(fee, 3_000);
        call.collect(Asset.COIN, fee);
        if (burnt > 0) {
            call.burn(Asset.COIN, call.self(), burnt);
        }
        return burnt;
    }

    private static final Contract DECLARATION =
            Contract.singleton("econ", 28, "")
                    .methods(
                            Method.readOnly("service-fee", "")
                                    .takes(AMOUNT)
                                    .returns(
                                            Shape.UINT,
                                            call ->
                                                    Amounts.mulDivCeil(
                                                            call.get(AMOUNT), 100, 10_000)),
                            Method.publicly("pay-service-fee", "")
                                    .takes(AMOUNT)
                                    .returns(Shape.UINT, EconStub::pay))
                    .declare();
}
