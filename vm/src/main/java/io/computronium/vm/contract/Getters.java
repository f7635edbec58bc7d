package io.computronium.vm.contract;

import io.computronium.vm.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The read-only methods that every record of a contract has. */
final class Getters {

    private static final long GAS = 200;

    private Getters() {}

    static <V> Method<Optional<V>> of(Variable<V> variable) {
        return Method.readOnly("get-" + variable.name(), variable.meaning())
                .gas(GAS)
                .returns(Shape.optional(variable.value()), frame -> frame.find(variable));
    }

    static <K, V> Method<Optional<V>> of(MapSlot<K, V> map) {
        Key<K> key = Key.of(map.key());
        return Method.readOnly("get-" + map.name(), map.meaning())
                .takes(key.parts.toArray(Parameter<?>[]::new))
                .gas(GAS)
                .returns(
                        Shape.optional(map.value()),
                        frame -> frame.find(map, key.read.apply(frame)));
    }

    static <K, V> Method<Optional<V>> of(HistorySlot<K, V> history) {
        Key<K> key = Key.of(history.key());
        return Method.readOnly("get-" + history.name(), history.meaning())
                .takes(key.parts.toArray(Parameter<?>[]::new))
                .gas(GAS)
                .returns(
                        Shape.optional(history.value()),
                        frame -> frame.find(history, key.read.apply(frame)));
    }

    /** What {@link #of(HistorySlot)} would have given after an earlier block. */
    static <K, V> Method<Optional<V>> past(HistorySlot<K, V> history) {
        Key<K> key = Key.of(history.key());
        Parameter<Long> height = Parameter.blocks("height", "after which block");
        List<Parameter<?>> parameters = new ArrayList<>(key.parts);
        parameters.add(height);
        return Method.readOnly(
                        "get-" + history.name() + "-at",
                        history.meaning() + ", as it was after an earlier block")
                .takes(parameters.toArray(Parameter<?>[]::new))
                .gas(GAS)
                .returns(
                        Shape.optional(history.value()),
                        frame -> {
                            frame.requirePast(frame.get(height));
                            return frame.findAt(history, key.read.apply(frame), frame.get(height));
                        });
    }

    /**
     * The key of a record as parameters: one, or one for each part of a tuple.
     *
     * @param read puts it together again
     */
    private record Key<K>(List<Parameter<?>> parts, Function<Frame, K> read) {
        static <K> Key<K> of(Shape<K> shape) {
            if (shape instanceof RecordShape<K> composite) {
                List<Parameter<?>> parts =
                        composite.fields().stream()
                                .<Parameter<?>>map(field ->
                                        Parameter.of(
                                                field.name(), field.shape(), "part of the key"))
                                .toList();
                return new Key<>(
                        parts,
                        frame -> composite.ofComponents(parts.stream().map(frame::get).toArray()));
            }
            String name = shape.type() == Type.Simple.PRINCIPAL ? "who" : "id";
            Parameter<K> single = Parameter.of(name, shape, "which one");
            return new Key<>(List.of(single), frame -> frame.get(single));
        }
    }
}
