package io.computronium.vm;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.primitives.Uint128;
import io.computronium.primitives.state.StateKey;
import io.computronium.primitives.tx.Asset;
import io.computronium.vm.contract.Contract;
import io.computronium.vm.contract.Dated;
import io.computronium.vm.contract.HistorySlot;
import io.computronium.vm.contract.MapSlot;
import io.computronium.vm.contract.Shape;
import io.computronium.vm.contract.StateView;
import io.computronium.vm.contract.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The whole state after some block, as audits look at it: every record can be visited, which no
 * contract can do.
 */
public final class StateScan {

    private final Rules rules;
    private final SortedMap<Bytes, Bytes> state;
    private final long height;
    private final WorkingState working;

    /**
     * @param state every record; not changed while the scan is in use
     * @param height of the block after which the state is
     */
    public StateScan(Rules rules, SortedMap<Bytes, Bytes> state, long height) {
        this.rules = rules;
        this.state = state;
        this.height = height;
        this.working = new WorkingState(key -> Optional.ofNullable(state.get(key)), height + 1);
    }

    /** What of the contracts' invariants does not hold, a line each. */
    public List<String> violations() {
        List<String> violations = new ArrayList<>();
        for (Contract contract : rules.contracts().all()) {
            if (!contract.isTemplate()) {
                check(rules.builtIn(contract.name()), contract, violations);
            }
        }
        instances().forEach((instance, contract) -> check(instance, contract, violations));
        return List.copyOf(violations);
    }

    private void check(Principal self, Contract contract, List<String> violations) {
        StateView view = view(self);
        for (Contract.Invariant invariant : contract.invariants()) {
            String fault = invariant.check().fault(view);
            if (fault != null) {
                violations.add(self + ": " + invariant.name() + ": " + fault);
            }
        }
    }

    /** The instances of templates, with their code. */
    public SortedMap<Principal, Contract> instances() {
        SortedMap<Principal, Contract> instances = new TreeMap<>();
        state.forEach((key, value) ->
                Dispatch.instanceOf(key)
                        .ifPresent(instance ->
                                instances.put(
                                        instance,
                                        rules.contracts()
                                                .find(Dispatch.TEMPLATE.decode(value))
                                                .orElseThrow())));
        return instances;
    }

    /** The state of one contract. */
    public StateView view(Principal contract) {
        return new View(contract);
    }

    /** The records whose keys start with {@code prefix}, by the rest of the key. */
    private <V> SortedMap<Bytes, V> startingWith(Bytes prefix, Function<Bytes, V> decode) {
        SortedMap<Bytes, V> found = new TreeMap<>();
        state.tailMap(prefix).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(prefix))
                .forEach(entry ->
                        found.put(
                                entry.getKey().from(prefix.size()),
                                decode.apply(entry.getValue())));
        return found;
    }

    private final class View implements StateView {
        private final Principal self;

        private View(Principal self) {
            this.self = self;
        }

        @Override
        public Principal self() {
            return self;
        }

        @Override
        public long height() {
            return height;
        }

        @Override
        public <V> Optional<V> find(Variable<V> variable) {
            return working.records().find(map(variable.id()), variable.value());
        }

        @Override
        public <K, V> SortedMap<Bytes, V> all(MapSlot<K, V> map) {
            return startingWith(map(map.id()), map.value()::decode);
        }

        @Override
        public <K, V> SortedMap<Bytes, V> all(HistorySlot<K, V> history) {
            Shape<Dated<V>> shape = history.record();
            return startingWith(map(history.id()), bytes -> shape.decode(bytes).value());
        }

        @Override
        public long balance(Asset asset, Principal holder) {
            return working.balance(asset, holder);
        }

        @Override
        public long supply(Asset asset) {
            return working.supply(asset);
        }

        @Override
        public List<Principal> holders(Asset.Token token) {
            var holders = new TreeSet<Principal>();
            for (Bytes prefix : TokenLedger.prefixesOfHolders(token)) {
                for (Bytes rest : startingWith(prefix, Function.identity()).keySet()) {
                    holders.add(Principal.fromBytes(rest));
                }
            }
            return List.copyOf(holders);
        }

        @Override
        public Uint128 cumulative(Asset.Token token, Principal holder, long until) {
            return working.tokens().cumulative(token, holder, until);
        }

        @Override
        public Uint128 cumulativeSupply(Asset.Token token, long until) {
            return working.tokens().cumulativeSupply(token, until);
        }

        @Override
        public StateView of(Principal contract) {
            return view(contract);
        }

        private Bytes map(int id) {
            return StateKey.record(StateKey.contract(self), id, Bytes.EMPTY);
        }
    }
}
