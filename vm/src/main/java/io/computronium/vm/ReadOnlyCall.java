package io.computronium.vm;

import io.computronium.primitives.Principal;
import io.computronium.primitives.block.KernelFailure;
import io.computronium.primitives.tx.PostConditionMode;
import io.computronium.vm.contract.Access;
import io.computronium.vm.contract.Contract;
import io.computronium.vm.value.Value;
import java.util.List;
import java.util.Optional;

/**
 * Reads of contracts outside of blocks: a read-only method on the state after some block, or what a
 * contract is.
 *
 * <p>Not thread-safe; make one for each read.
 */
public final class ReadOnlyCall {

    private final Dispatch dispatch;
    private final Rules rules;
    private final Principal reader;

    /**
     * @param state after a block
     * @param block what a call in the next block would see
     * @param gasLimit the most work, as in a transaction
     */
    public ReadOnlyCall(Rules rules, StateReader state, BlockContext block, long gasLimit) {
        this.rules = rules;
        this.reader = Principal.of(rules.addresses().systemAccount());
        var working = new WorkingState(state, block.height());
        var movements =
                new Movements(rules, working.journal(), reader, List.of(), PostConditionMode.ALLOW);
        var execution =
                new Execution(
                        rules,
                        block,
                        working,
                        Execution.Origin.BLOCK,
                        new GasMeter(gasLimit),
                        movements,
                        reader,
                        Mandate.OWNER,
                        new Execution.Events(working.journal()));
        this.dispatch = new Dispatch(execution);
    }

    /** How a read ended. */
    public sealed interface Answer {

        /** With a value. */
        record Value(io.computronium.vm.value.Value value) implements Answer {}

        /** By the kernel. */
        record Stopped(KernelFailure failure) implements Answer {}

        /** Because the method changes something. */
        record NotReadOnly() implements Answer {}
    }

    /** All built-in singletons and templates. */
    public List<Contract> builtIns() {
        return rules.contracts().all();
    }

    /** Where the built-in contract {@code name} is called. */
    public Principal builtIn(String name) {
        return rules.builtIn(name);
    }

    /** Whether {@code contract}, which runs the code of a template, is the template itself. */
    public boolean isTemplate(Principal contract) {
        return rules.isSystem(contract.address());
    }

    /** The code of a contract, if it is one. */
    public Optional<Contract> find(Principal contract) {
        try {
            return dispatch.find(rules.resolve(contract));
        } catch (KernelStop stop) {
            return Optional.empty();
        }
    }

    /** Calls a read-only method. */
    public Answer call(Principal contract, String function, List<Value> arguments) {
        Principal target = rules.resolve(contract);
        boolean changes =
                find(target)
                        .flatMap(code -> code.method(function))
                        .filter(method -> method.access() != Access.READ_ONLY)
                        .isPresent();
        if (changes) {
            return new Answer.NotReadOnly();
        }
        try {
            return new Answer.Value(
                    dispatch.call(
                            new Dispatch.Caller(reader, reader), target, function, arguments));
        } catch (KernelStop stop) {
            return new Answer.Stopped(stop.failure());
        }
    }
}
