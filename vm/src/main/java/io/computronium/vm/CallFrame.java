package io.computronium.vm;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.Hash;
import io.computronium.primitives.Invariants;
import io.computronium.primitives.Principal;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.Signature;
import io.computronium.primitives.Uint128;
import io.computronium.primitives.block.Event;
import io.computronium.primitives.crypto.Ed25519;
import io.computronium.primitives.state.CoinSupply;
import io.computronium.primitives.state.StateKey;
import io.computronium.primitives.tx.Asset;
import io.computronium.vm.contract.Access;
import io.computronium.vm.contract.Contract;
import io.computronium.vm.contract.ContractFailure;
import io.computronium.vm.contract.Dated;
import io.computronium.vm.contract.EventType;
import io.computronium.vm.contract.Fault;
import io.computronium.vm.contract.Frame;
import io.computronium.vm.contract.HistorySlot;
import io.computronium.vm.contract.MapSlot;
import io.computronium.vm.contract.Method;
import io.computronium.vm.contract.Parameter;
import io.computronium.vm.contract.Shape;
import io.computronium.vm.contract.Variable;
import io.computronium.vm.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One call of a method of a built-in contract. */
final class CallFrame implements Frame {

    /** Added to the id of a slot with a past: the map of what its values were. */
    private static final int PAST = MapSlot.MAX_ID + 1;

    /** What a hook runs as. */
    private static final Method<Boolean> HOOK =
            Method.publicly("balance-changed", "The contract's own").returns(Shape.BOOL, _ -> true);

    private final Execution execution;
    private final Dispatch dispatch;
    private final Dispatch.Caller caller;
    private final Principal self;
    private final Contract contract;
    private final Method<?> method;
    private final List<Value> arguments;
    private final Bytes stateOfSelf;

    CallFrame(
            Execution execution,
            Dispatch dispatch,
            Dispatch.Caller caller,
            Principal self,
            Contract contract,
            Method<?> method,
            List<Value> arguments) {
        this.execution = execution;
        this.dispatch = dispatch;
        this.caller = caller;
        this.self = self;
        this.contract = contract;
        this.method = method;
        this.arguments = arguments;
        this.stateOfSelf = StateKey.contract(self);
    }

    /** Whether no contract stands between the account and this call. */
    boolean isDirect() {
        return caller.sender().equals(caller.contract());
    }

    @Override
    public Principal self() {
        return self;
    }

    @Override
    public Principal sender() {
        return caller.sender();
    }

    @Override
    public Principal caller() {
        return caller.contract();
    }

    @Override
    public Principal system(String name) {
        return execution.rules().builtIn(name);
    }

    @Override
    public Optional<String> builtIn(Principal other) {
        return dispatch.find(execution.rules().resolve(other)).map(Contract::name);
    }

    @Override
    public long height() {
        return execution.block().height();
    }

    @Override
    public long timeMillis() {
        return execution.block().timeMillis();
    }

    @Override
    public Hash transactionId() {
        return execution.origin().transactionId();
    }

    @Override
    public int transactionIndex() {
        return execution.origin().index();
    }

    @Override
    public ChainIdentity chain() {
        return execution.rules().chain();
    }

    @Override
    public Optional<Long> session() {
        return caller.sender().equals(execution.account())
                ? execution.mandate().session()
                : Optional.empty();
    }

    @Override
    public void manage(Principal account) {
        Invariants.check(
                self.equals(system("account")), "only the contract account manages accounts");
        Ledger.Account record = execution.state().accounts().account(account);
        if (!record.state().managed()) {
            execution.state().accounts().put(record, record.state().withManaged());
        }
    }

    @Override
    public <T> T get(Parameter<T> parameter) {
        int index = method.parameters().indexOf(parameter);
        Invariants.check(index >= 0, "a body asks for declared parameters");
        T value = parameter.shape().fromValue(arguments.get(index));
        return value;
    }

    @Override
    public <V> Optional<V> find(Variable<V> variable) {
        return find(variable.id(), Bytes.EMPTY, variable.value());
    }

    @Override
    public <K, V> Optional<V> find(MapSlot<K, V> map, K key) {
        return find(map.id(), map.key().encode(key), map.value());
    }

    private <V> Optional<V> find(int slot, Bytes key, Shape<V> shape) {
        execution.charge(gas().read());
        return execution.state().records().find(StateKey.record(stateOfSelf, slot, key), shape);
    }

    @Override
    public <V> void put(Variable<V> variable, V value) {
        put(variable.id(), Bytes.EMPTY, variable.value(), value);
    }

    @Override
    public <K, V> void put(MapSlot<K, V> map, K key, V value) {
        put(map.id(), map.key().encode(key), map.value(), value);
    }

    private <V> void put(int slot, Bytes key, Shape<V> shape, V value) {
        requireWriting();
        Bytes stateKey = StateKey.record(stateOfSelf, slot, key);
        execution.charge(gas().write());
        execution.chargeGrowth(execution.state().records().put(stateKey, shape, value));
    }

    @Override
    public <K, V> void delete(MapSlot<K, V> map, K key) {
        requireWriting();
        execution.charge(gas().write());
        execution
                .state()
                .records()
                .delete(StateKey.record(stateOfSelf, map.id(), map.key().encode(key)));
    }

    @Override
    public <K, V> Optional<V> find(HistorySlot<K, V> slot, K key) {
        execution.charge(gas().read());
        return history(slot).newest(stateOfSelf, slot.key().encode(key)).map(Dated::value);
    }

    @Override
    public <K, V> Optional<V> findAt(HistorySlot<K, V> slot, K key, long height) {
        Invariants.check(height < height(), "only what was can be asked for");
        History<V> history = history(slot);
        Bytes encoded = slot.key().encode(key);
        execution.charge(gas().read() * history.reads(stateOfSelf, encoded));
        return history.at(stateOfSelf, encoded, height).map(Dated::value);
    }

    @Override
    public <K, V> void put(HistorySlot<K, V> slot, K key, V value) {
        requireWriting();
        execution.charge(2 * gas().write());
        execution.chargeGrowth(
                history(slot).put(stateOfSelf, slot.key().encode(key), height(), value));
    }

    private <V> History<V> history(HistorySlot<?, V> slot) {
        Records records = execution.state().records();
        return new History<>(records, slot.record(), slot.id(), PAST + slot.id());
    }

    @Override
    public long balance(Asset asset, Principal holder) {
        execution.charge(gas().read());
        return execution.state().balance(asset, holder);
    }

    @Override
    public long supply(Asset asset) {
        execution.charge(gas().read());
        return execution.state().supply(asset);
    }

    @Override
    public CoinSupply coins() {
        execution.charge(gas().read());
        return execution.state().coinSupply();
    }

    @Override
    public void move(Asset asset, Principal from, Principal to, long amount) {
        requireWriting();
        require(amount > 0 && !from.equals(to), Fault.Common.INVALID_PARAMS);
        require(execution.state().balance(asset, from) >= amount, Fault.Common.INSUFFICIENT);
        execution.charge(gas().movement());
        if (from.equals(execution.account())) {
            execution.mandate().debit(asset, to, amount);
        }
        chargeOpening(asset, to);
        execution.chargeGrowth(execution.state().move(asset, from, to, amount));
        execution.movements().addByContract(asset, from, to, amount);
        changed(asset, from, -amount);
        changed(asset, to, amount);
    }

    @Override
    public void mint(Asset asset, Principal to, long amount) {
        requireWriting();
        requireOwn(asset);
        require(amount > 0, Fault.Common.INVALID_PARAMS);
        execution.charge(gas().movement());
        chargeOpening(asset, to);
        execution.chargeGrowth(execution.state().mint(asset, to, amount));
        execution.movements().addMinted(asset, to, amount);
        changed(asset, to, amount);
    }

    @Override
    public void burn(Asset asset, Principal from, long amount) {
        requireWriting();
        require(amount > 0, Fault.Common.INVALID_PARAMS);
        require(execution.state().balance(asset, from) >= amount, Fault.Common.INSUFFICIENT);
        execution.charge(gas().movement());
        if (from.equals(execution.account())) {
            execution.mandate().debit(asset, self, amount);
        }
        execution.chargeGrowth(execution.state().burn(asset, from, amount));
        execution.movements().addBurntByContract(asset, from, amount);
        changed(asset, from, -amount);
    }

    /** Tells the contract that defined the token, if it wants to know. */
    private void changed(Asset asset, Principal holder, long delta) {
        if (asset instanceof Asset.Token token) {
            dispatch.find(token.contract())
                    .ifPresent(issuer ->
                            issuer.balanceHook()
                                    .ifPresent(hook ->
                                            hook.changed(
                                                    of(token.contract(), issuer),
                                                    token,
                                                    holder,
                                                    delta)));
        }
    }

    /** A frame in which a hook of another contract runs. */
    private Frame of(Principal other, Contract code) {
        var here = new Dispatch.Caller(caller.sender(), self);
        return new CallFrame(execution, dispatch, here, other, code, HOOK, List.of());
    }

    @Override
    public Asset.Token define(String name, boolean checkpointed) {
        requireWriting();
        var token = new Asset.Token(self, name);
        Invariants.check(
                execution.state().tokens().find(token).isEmpty(), "a token is defined once");
        execution.charge(gas().write());
        execution.chargeGrowth(execution.state().tokens().define(token, checkpointed));
        return token;
    }

    @Override
    public long balanceAt(Asset.Token token, Principal holder, long height) {
        Invariants.check(height < height(), "only what was can be asked for");
        execution.charge(gas().read() * execution.state().tokens().reads(token, holder));
        return execution.state().tokens().balanceAt(token, holder, height);
    }

    @Override
    public Uint128 cumulative(Asset.Token token, Principal holder, long height) {
        Invariants.check(height <= height(), "only what was can be asked for");
        execution.charge(gas().read() * execution.state().tokens().reads(token, holder));
        return execution.state().tokens().cumulative(token, holder, height);
    }

    @Override
    public Uint128 cumulativeSupply(Asset.Token token, long height) {
        Invariants.check(height <= height(), "only what was can be asked for");
        execution.charge(gas().read() * execution.state().tokens().readsOfSupply(token));
        return execution.state().tokens().cumulativeSupply(token, height);
    }

    @Override
    public Value call(Principal target, String function, Value... values) {
        return answered(dispatch(caller.sender(), target, function, values));
    }

    @Override
    public Value callAsSelf(Principal target, String function, Value... values) {
        return answered(dispatch(self, target, function, values));
    }

    @Override
    public Value.Response tryCall(Principal target, String function, Value... values) {
        Value answer = dispatch(caller.sender(), target, function, values);
        return answer instanceof Value.Response response ? response : new Value.Ok(answer);
    }

    @Override
    public Principal create(String template, String constructor, String name, Value... values) {
        requireWriting();
        List<Value> all = new ArrayList<>(values.length + 1);
        all.add(Value.Ascii.of(name));
        all.addAll(List.of(values));
        answered(
                dispatch.create(
                        new Dispatch.Caller(caller.sender(), caller.sender()),
                        template,
                        constructor,
                        all));
        return Principal.of(caller.sender().address(), name);
    }

    private Value dispatch(Principal sender, Principal target, String function, Value[] values) {
        return dispatch.call(
                new Dispatch.Caller(sender, self),
                execution.rules().resolve(target),
                function,
                List.of(values));
    }

    private static Value answered(Value answer) {
        return switch (answer) {
            case Value.Ok ok -> ok.value();
            case Value.Err(Value.UInt code) -> throw new ContractFailure((int) code.low());
            default -> answer;
        };
    }

    @Override
    public void emit(EventType type, Object... fields) {
        requireWriting();
        Invariants.check(contract.events().contains(type), "events are declared");
        EventType.Content content = type.content(fields);
        execution.charge(gas().event() + content.data().size() * gas().wireByte());
        execution.events().add(new Event(self, type.name(), content.keys(), content.data()));
    }

    @Override
    public boolean verifies(PublicKey key, Bytes message, Signature signature) {
        execution.charge(gas().verification());
        return Ed25519.isValidAccountKey(key) && Ed25519.verify(key, message.toArray(), signature);
    }

    @Override
    public void charge(long amount) {
        execution.charge(amount);
    }

    @Override
    public ContractFailure failure(Fault fault) {
        return new ContractFailure(fault.code(contract.module()));
    }

    private void chargeOpening(Asset asset, Principal to) {
        if (asset instanceof Asset.Coin && execution.state().accounts().account(to).isNew()) {
            execution.charge(gas().newAccount());
        }
    }

    /** A contract makes its own tokens, and {@code econ} the coin. */
    private void requireOwn(Asset asset) {
        Principal issuer =
                switch (asset) {
                    case Asset.Coin coin -> system("econ");
                    case Asset.Token token -> token.contract();
                };
        Invariants.check(issuer.equals(self), "only the issuer mints");
    }

    private void requireWriting() {
        Invariants.check(method.access() != Access.READ_ONLY, "a read-only method changes nothing");
    }

    private GasTable gas() {
        return execution.rules().gas();
    }
}
