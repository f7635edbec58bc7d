package io.computronium.vm;

import io.computronium.primitives.Address;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.Principal;
import io.computronium.primitives.block.KernelFailure;
import io.computronium.primitives.state.StateKey;
import io.computronium.vm.contract.Access;
import io.computronium.vm.contract.Contract;
import io.computronium.vm.contract.ContractFailure;
import io.computronium.vm.contract.Fault;
import io.computronium.vm.contract.Method;
import io.computronium.vm.contract.Parameter;
import io.computronium.vm.contract.Shape;
import io.computronium.vm.value.Value;
import io.computronium.vm.value.ValueCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Calls of contracts: finds the code, checks the arguments against the declaration, and runs the
 * method in a frame whose changes an error answer takes back.
 */
final class Dispatch {

    /** The most frames inside one another. */
    static final int MAX_DEPTH = 16;

    /** The map of an instance that has its template's name; contracts' own maps start at 1. */
    private static final int INSTANCE = 0;

    /** The record of an instance that says which template it is of. */
    static final Shape<String> TEMPLATE = Shape.ascii(Principal.MAX_NAME_LENGTH);

    private final Execution execution;
    private int depth;

    Dispatch(Execution execution) {
        this.execution = execution;
    }

    /** Who calls what, and for whom. */
    record Caller(Principal sender, Principal contract) {}

    /**
     * A call that the transaction itself makes.
     *
     * @return a response, or the value of a read-only method
     */
    Value enter(Principal sender, Principal target, String function, List<Bytes> arguments) {
        List<Value> values = new ArrayList<>(arguments.size());
        for (Bytes argument : arguments) {
            execution.charge(argument.size() * execution.rules().gas().argumentByte());
            try {
                values.add(resolve(ValueCodec.decode(argument)));
            } catch (MalformedDataException e) {
                throw new KernelStop(KernelFailure.WRONG_ARGUMENT);
            }
        }
        return call(
                new Caller(sender, sender), execution.rules().resolve(target), function, values);
    }

    /**
     * With the running network's literal of the system account where there is another's: else one
     * contract would have several names.
     */
    private Value resolve(Value value) {
        return switch (value) {
            case Value.PrincipalValue principal -> {
                Principal resolved = execution.rules().resolve(principal.principal());
                yield resolved.equals(principal.principal())
                        ? value
                        : new Value.PrincipalValue(resolved);
            }
            case Value.Some some -> new Value.Some(resolve(some.value()));
            case Value.Ok ok -> new Value.Ok(resolve(ok.value()));
            case Value.Err err -> new Value.Err(resolve(err.value()));
            case Value.ListValue list ->
                    new Value.ListValue(list.elements().stream().map(this::resolve).toList());
            case Value.Tuple tuple ->
                    new Value.Tuple(
                            tuple.fields().stream()
                                    .map(f -> new Value.Field(f.name(), resolve(f.value())))
                                    .toList());
            case Value.Int _,
                    Value.UInt _,
                    Value.Bool _,
                    Value.Buffer _,
                    Value.Ascii _,
                    Value.Utf8 _,
                    Value.None _ ->
                    value;
        };
    }

    /** As {@link #enter}, from a frame or from the transaction. */
    Value call(Caller caller, Principal target, String function, List<Value> arguments) {
        Contract contract =
                find(target).orElseThrow(() -> new KernelStop(KernelFailure.UNKNOWN_CONTRACT));
        boolean onTemplate = contract.isTemplate() && execution.rules().isSystem(target.address());
        Method<?> method =
                (onTemplate ? contract.constructor(function) : contract.method(function))
                        .orElseThrow(() -> new KernelStop(KernelFailure.UNKNOWN_FUNCTION));
        return onTemplate
                ? construct(caller, contract, method, arguments)
                : run(caller, target, contract, method, arguments);
    }

    /** Makes an instance beside another. */
    Value create(Caller caller, String template, String constructor, List<Value> arguments) {
        Contract contract = execution.rules().contracts().find(template).orElseThrow();
        return construct(
                caller, contract, contract.constructor(constructor).orElseThrow(), arguments);
    }

    /** The code behind a principal. */
    Optional<Contract> find(Principal target) {
        String name = target.contract();
        if (name == null) {
            return Optional.empty();
        }
        if (execution.rules().isSystem(target.address())) {
            return execution.rules().contracts().find(name);
        }
        execution.charge(execution.rules().gas().read());
        return execution
                .state()
                .records()
                .find(instanceKey(target), TEMPLATE)
                .flatMap(execution.rules().contracts()::find);
    }

    private Value construct(
            Caller caller, Contract template, Method<?> constructor, List<Value> arguments) {
        Value name = arguments.isEmpty() ? new Value.None() : arguments.getFirst();
        if (!Contract.INSTANCE.shape().type().admits(name)) {
            throw new KernelStop(KernelFailure.WRONG_ARGUMENT);
        }
        String text = Contract.INSTANCE.shape().fromValue(name);
        if (caller.sender().isContract() || !Principal.isContractName(text)) {
            return error(template, Fault.Common.INVALID_PARAMS);
        }
        Principal instance = Principal.of(caller.sender().address(), text);
        Bytes key = instanceKey(instance);
        Records records = execution.state().records();
        if (records.exists(key)) {
            return error(template, Fault.Common.EXISTS);
        }
        int mark = execution.state().journal().mark();
        long growth = records.put(key, TEMPLATE, template.name());
        execution.charge(execution.rules().gas().write());
        execution.chargeGrowth(growth);
        Value answer = run(caller, instance, template, constructor, arguments);
        if (answer instanceof Value.Err) {
            execution.state().journal().rollback(mark);
        }
        return answer;
    }

    private Value run(
            Caller caller,
            Principal self,
            Contract contract,
            Method<?> method,
            List<Value> arguments) {
        if (depth == MAX_DEPTH) {
            throw new KernelStop(KernelFailure.CALL_DEPTH);
        }
        execution.charge(execution.rules().gas().call() + method.gas());
        requireTypes(method, arguments);
        boolean readOnly = method.access() == Access.READ_ONLY;
        int mark = execution.state().journal().mark();
        depth++;
        try {
            if (caller.sender().equals(execution.account())) {
                execution.mandate().call(self, method, depth == 1);
            }
            var frame = new CallFrame(execution, this, caller, self, contract, method, arguments);
            if (method.access() == Access.DIRECT && !frame.isDirect()) {
                throw frame.failure(Fault.Common.UNAUTHORIZED);
            }
            Value result = method.run(frame);
            return readOnly ? result : new Value.Ok(result);
        } catch (ContractFailure failure) {
            execution.state().journal().rollback(mark);
            return new Value.Err(Value.UInt.of(failure.code()));
        } catch (ArithmeticException | MalformedDataException e) {
            // An amount left 63 bits, or a value its type: the arguments asked for too much.
            execution.state().journal().rollback(mark);
            return error(contract, Fault.Common.INVALID_PARAMS);
        } finally {
            depth--;
        }
    }

    private static void requireTypes(Method<?> method, List<Value> arguments) {
        List<Parameter<?>> parameters = method.parameters();
        if (parameters.size() != arguments.size()) {
            throw new KernelStop(KernelFailure.WRONG_ARGUMENT);
        }
        for (int i = 0; i < arguments.size(); i++) {
            if (!parameters.get(i).shape().type().admits(arguments.get(i))) {
                throw new KernelStop(KernelFailure.WRONG_ARGUMENT);
            }
        }
    }

    private static Value error(Contract contract, Fault fault) {
        return new Value.Err(Value.UInt.of(fault.code(contract.module())));
    }

    /** The instance of which {@code key} is that of the record that says its template. */
    static Optional<Principal> instanceOf(Bytes key) {
        int size = key.at(0);
        if (key.size() != size + 2 || size <= Address.SIZE || key.at(size + 1) != INSTANCE) {
            return Optional.empty();
        }
        byte[] contract = Arrays.copyOfRange(key.toArray(), 1, 1 + size);
        // The system account, whose singletons are no instances, is under version 0 and 20 zeros.
        boolean system = Bytes.copyOf(contract).startsWith(Bytes.owned(new byte[Address.SIZE]));
        return system ? Optional.empty() : Optional.of(Principal.fromBytes(contract));
    }

    private static Bytes instanceKey(Principal instance) {
        return StateKey.record(StateKey.contract(instance), INSTANCE, Bytes.EMPTY);
    }
}
