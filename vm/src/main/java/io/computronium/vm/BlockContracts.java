package io.computronium.vm;

import io.computronium.primitives.Principal;
import io.computronium.primitives.block.Event;
import io.computronium.primitives.tx.PostConditionMode;
import io.computronium.vm.contract.Contract;
import io.computronium.vm.contract.Frame;
import io.computronium.vm.contract.Method;
import io.computronium.vm.contract.Shape;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What the block itself, or genesis, does with the contracts of the system account: not a call that
 * anyone makes, and not for gas. An error answer there is a bug, and nothing goes on.
 */
final class BlockContracts {

    private static final Method<Boolean> STEP =
            Method.publicly("block", "a step of the block").returns(Shape.BOOL, frame -> true);

    private final Execution execution;
    private final Dispatch dispatch;

    BlockContracts(Rules rules, BlockContext block, WorkingState state) {
        Principal nobody = Principal.of(rules.addresses().systemAccount());
        var movements =
                new Movements(rules, state.journal(), nobody, List.of(), PostConditionMode.ALLOW);
        this.execution =
                new Execution(
                        rules,
                        block,
                        state,
                        Execution.Origin.BLOCK,
                        new GasMeter(Long.MAX_VALUE),
                        movements,
                        nobody,
                        Mandate.OWNER,
                        new Execution.Events(state.journal()));
        this.dispatch = new Dispatch(execution);
    }

    /** Runs {@code step} as the singleton that goes by {@code name}. */
    <T> T as(String name, Function<Frame, T> step) {
        Principal self = execution.rules().builtIn(name);
        Contract contract = execution.rules().contracts().find(name).orElseThrow();
        var frame =
                new CallFrame(
                        execution,
                        dispatch,
                        new Dispatch.Caller(self, self),
                        self,
                        contract,
                        STEP,
                        List.of());
        T result = step.apply(frame);
        execution.state().journal().forget();
        return result;
    }

    /** As {@link #as}, without a result. */
    void run(String name, Consumer<Frame> step) {
        as(
                name,
                frame -> {
                    step.accept(frame);
                    return true;
                });
    }

    /** What the steps so far have announced. */
    List<Event> events() {
        return execution.events().all();
    }
}
