package io.computronium.vm.contract;

import io.computronium.vm.type.Type;
import java.util.List;
import java.util.Optional;

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
        if (map.key() instanceof RecordShape<K> composite) {
            List<Parameter<?>> parts = parts(composite);
            return Method.readOnly("get-" + map.name(), map.meaning())
                    .takes(parts.toArray(Parameter<?>[]::new))
                    .gas(GAS)
                    .returns(
                            Shape.optional(map.value()),
                            frame ->
                                    frame.find(
                                            map,
                                            composite.ofComponents(
                                                    parts.stream().map(frame::get).toArray())));
        }
        Parameter<K> key = Parameter.of(keyName(map), map.key(), "which one");
        return Method.readOnly("get-" + map.name(), map.meaning())
                .takes(key)
                .gas(GAS)
                .returns(Shape.optional(map.value()), frame -> frame.find(map, frame.get(key)));
    }

    private static String keyName(MapSlot<?, ?> map) {
        return map.key().type() == Type.Simple.PRINCIPAL ? "who" : "id";
    }

    private static List<Parameter<?>> parts(RecordShape<?> composite) {
        return composite.fields().stream()
                .<Parameter<?>>map(
                        field -> Parameter.of(field.name(), field.shape(), "part of the key"))
                .toList();
    }
}
