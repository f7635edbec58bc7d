package io.computronium.vm.contract;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.block.Event;
import io.computronium.vm.type.Type;
import io.computronium.vm.value.Value;
import io.computronium.vm.value.ValueCodec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a contract announces when its state changes. The data is a tuple of all fields; those that
 * are keys can be looked up by.
 *
 * @param name in kebab case
 */
public record EventType(String name, List<EventField<?>> fields, String meaning) {

    /** One part of an event. */
    public record EventField<T>(String name, Shape<T> shape, Unit unit, boolean key) {

        @SuppressWarnings("unchecked")
        Value value(Object java) {
            return shape.toValue((T) java);
        }
    }

    /** The data of one event, and its keys in the order of declaration. */
    public record Content(List<Bytes> keys, Bytes data) {}

    public EventType {
        fields = List.copyOf(fields);
        if (fields.stream().filter(EventField::key).count() > Event.MAX_KEYS) {
            throw new IllegalArgumentException("at most 4 keys: " + name);
        }
    }

    public static EventType of(String name, String meaning, EventField<?>... fields) {
        return new EventType(name, List.of(fields), meaning);
    }

    public static <T> EventField<T> key(String name, Shape<T> shape) {
        return new EventField<>(name, shape, Unit.PLAIN, true);
    }

    public static <T> EventField<T> field(String name, Shape<T> shape) {
        return new EventField<>(name, shape, Unit.PLAIN, false);
    }

    public static EventField<Long> amount(String name, Unit unit) {
        return new EventField<>(name, Shape.UINT, unit, false);
    }

    /** The type of the data. */
    public Type type() {
        return new Type.TupleType(
                fields.stream()
                        .map(field -> new Type.FieldType(field.name(), field.shape().type()))
                        .sorted(Comparator.comparing(Type.FieldType::name))
                        .toList());
    }

    /**
     * @param java one for each field, in the order of declaration, of the fields' Java types
     */
    public Content content(Object... java) {
        if (java.length != fields.size()) {
            throw new IllegalArgumentException(name + " has " + fields.size() + " fields");
        }
        List<Bytes> keys = new ArrayList<>(Event.MAX_KEYS);
        List<Value.Field> data = new ArrayList<>(java.length);
        for (int i = 0; i < java.length; i++) {
            EventField<?> field = fields.get(i);
            Value value = field.value(java[i]);
            data.add(new Value.Field(field.name(), value));
            if (field.key()) {
                keys.add(ValueCodec.encode(value));
            }
        }
        data.sort(Comparator.comparing(Value.Field::name));
        return new Content(keys, ValueCodec.encode(new Value.Tuple(data)));
    }
}
