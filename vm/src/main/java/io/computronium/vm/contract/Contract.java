package io.computronium.vm.contract;

import io.computronium.primitives.Principal;
import io.computronium.primitives.tx.Asset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The declaration of a built-in contract: a singleton of the system account, or a template of which
 * anyone makes instances under an own account.
 *
 * <p>A template's constructors are called on the template ({@code SD….token create}), and its other
 * methods on an instance ({@code SD….acme-token transfer}).
 */
public final class Contract {

    /** The first parameter of every constructor. */
    public static final Parameter<String> INSTANCE =
            Parameter.of(
                    "name",
                    Shape.ascii(Principal.MAX_NAME_LENGTH),
                    "name of the new contract under the sender's account");

    private final String name;
    private final int module;
    private final boolean template;
    private final String meaning;
    private final List<Variable<?>> variables;
    private final List<MapSlot<?, ?>> maps;
    private final List<HistorySlot<?, ?>> histories;
    private final Map<String, Method<?>> constructors;
    private final Map<String, Method<?>> methods;
    private final List<Fault> faults;
    private final List<EventType> events;
    private final List<Invariant> invariants;
    private final @Nullable BalanceHook balanceHook;

    private Contract(Draft draft) {
        this.name = draft.name;
        this.module = draft.module;
        this.template = draft.template;
        this.meaning = draft.meaning;
        this.variables = List.copyOf(draft.variables);
        this.maps = List.copyOf(draft.maps);
        this.histories = List.copyOf(draft.histories);
        this.faults = List.copyOf(draft.faults);
        this.events = List.copyOf(draft.events);
        this.invariants = List.copyOf(draft.invariants);
        this.balanceHook = draft.balanceHook;
        this.constructors = byName(draft.constructors);
        List<Method<?>> all = new ArrayList<>(draft.methods);
        for (Variable<?> variable : variables) {
            all.add(Getters.of(variable));
        }
        for (MapSlot<?, ?> map : maps) {
            all.add(Getters.of(map));
        }
        for (HistorySlot<?, ?> history : histories) {
            all.add(Getters.of(history));
            all.add(Getters.past(history));
        }
        this.methods = byName(all);
        for (Method<?> constructor : draft.constructors) {
            if (!template || !constructor.parameters().getFirst().equals(INSTANCE)) {
                throw new IllegalArgumentException("not a constructor: " + constructor.name());
            }
        }
        requireDistinctIds();
    }

    public static Draft singleton(String name, int module, String meaning) {
        return new Draft(name, module, false, meaning);
    }

    public static Draft template(String name, int module, String meaning) {
        return new Draft(name, module, true, meaning);
    }

    /** Of the singleton, or of the template. */
    public String name() {
        return name;
    }

    /** Of the error codes: module · 100 + place. */
    public int module() {
        return module;
    }

    public boolean isTemplate() {
        return template;
    }

    public String meaning() {
        return meaning;
    }

    public List<Variable<?>> variables() {
        return variables;
    }

    public List<MapSlot<?, ?>> maps() {
        return maps;
    }

    public List<HistorySlot<?, ?>> histories() {
        return histories;
    }

    /** In the order of declaration. */
    public List<Method<?>> constructors() {
        return List.copyOf(constructors.values());
    }

    /** In the order of declaration, the getters of records last. */
    public List<Method<?>> methods() {
        return List.copyOf(methods.values());
    }

    public Optional<Method<?>> constructor(String constructor) {
        return Optional.ofNullable(constructors.get(constructor));
    }

    public Optional<Method<?>> method(String method) {
        return Optional.ofNullable(methods.get(method));
    }

    /** Besides those in common. */
    public List<Fault> faults() {
        return faults;
    }

    /** Every error that it may answer, ascending by code. */
    public List<Fault> allFaults() {
        return Stream.concat(faults.stream(), Arrays.stream(Fault.Common.values()))
                .sorted(Comparator.comparingInt(fault -> fault.code(module)))
                .toList();
    }

    /** The error behind a code in an answer. */
    public Optional<Fault> fault(long code) {
        return allFaults().stream().filter(fault -> fault.code(module) == code).findFirst();
    }

    public List<EventType> events() {
        return events;
    }

    public List<Invariant> invariants() {
        return invariants;
    }

    /** What runs when a balance of a token of this contract changes, if anything does. */
    public Optional<BalanceHook> balanceHook() {
        return Optional.ofNullable(balanceHook);
    }

    private static Map<String, Method<?>> byName(List<Method<?>> methods) {
        Map<String, Method<?>> byName = new LinkedHashMap<>();
        for (Method<?> method : methods) {
            if (byName.put(method.name(), method) != null) {
                throw new IllegalArgumentException("declared twice: " + method.name());
            }
        }
        return byName;
    }

    private void requireDistinctIds() {
        Set<Integer> ids = new TreeSet<>();
        variables.forEach(variable -> requireNew(ids, variable.id()));
        maps.forEach(map -> requireNew(ids, map.id()));
        histories.forEach(history -> requireNew(ids, history.id()));
    }

    private static void requireNew(Set<Integer> ids, int id) {
        if (!ids.add(id)) {
            throw new IllegalArgumentException("slot declared twice: " + id);
        }
    }

    /** A contract being declared. */
    public static final class Draft {
        private final String name;
        private final int module;
        private final boolean template;
        private final String meaning;
        private List<Variable<?>> variables = List.of();
        private List<MapSlot<?, ?>> maps = List.of();
        private List<HistorySlot<?, ?>> histories = List.of();
        private List<Method<?>> constructors = List.of();
        private List<Method<?>> methods = List.of();
        private List<Fault> faults = List.of();
        private List<EventType> events = List.of();
        private List<Invariant> invariants = List.of();
        private @Nullable BalanceHook balanceHook;

        private Draft(String name, int module, boolean template, String meaning) {
            this.name = name;
            this.module = module;
            this.template = template;
            this.meaning = meaning;
        }

        public Draft variables(Variable<?>... all) {
            variables = List.of(all);
            return this;
        }

        public Draft maps(MapSlot<?, ?>... all) {
            maps = List.of(all);
            return this;
        }

        public Draft histories(HistorySlot<?, ?>... all) {
            histories = List.of(all);
            return this;
        }

        /** Of a template only; each takes {@link #INSTANCE} as its first parameter. */
        public Draft constructors(Method<?>... all) {
            constructors = List.of(all);
            return this;
        }

        public Draft methods(Method<?>... all) {
            methods = List.of(all);
            return this;
        }

        public Draft faults(Fault... all) {
            faults = List.of(all);
            return this;
        }

        public Draft events(EventType... all) {
            events = List.of(all);
            return this;
        }

        public Draft invariants(Invariant... all) {
            invariants = List.of(all);
            return this;
        }

        public Draft onBalance(BalanceHook hook) {
            balanceHook = hook;
            return this;
        }

        public Contract declare() {
            return new Contract(this);
        }
    }

    /**
     * Told of each change of a balance of a token that the contract defined, whichever contract
     * moves it. Part of the movement: it neither fails nor moves anything itself.
     */
    @FunctionalInterface
    public interface BalanceHook {
        /**
         * @param frame of the contract that defined the token
         * @param holder whose balance has just changed
         * @param delta by how much
         */
        void changed(Frame frame, Asset.Token token, Principal holder, long delta);
    }

    /**
     * Something that always holds of each instance. Tests check it after every step, a node on
     * demand.
     *
     * @param check gives what is wrong, or nothing
     */
    public record Invariant(String name, String meaning, Check check) {}

    /** The check of an {@link Invariant}. */
    @FunctionalInterface
    public interface Check {
        /** Reads the whole state of one instance. */
        @Nullable String fault(StateView state);
    }
}
