package io.computronium.vm.contract;

import io.computronium.vm.type.Type;
import io.computronium.vm.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * A Java record as a tuple: fields are declared in the order of the record's components.
 *
 * <pre>{@code
 * record Allowance(long amount, long expiry) {
 *     static final RecordShape<Allowance> SHAPE =
 *             RecordShape.of(
 *                     in -> new Allowance(in.next(), in.next()),
 *                     RecordShape.field("amount", Shape.UINT, Allowance::amount),
 *                     RecordShape.field("expiry", Shape.UINT, Allowance::expiry));
 * }
 * }</pre>
 */
public final class RecordShape<R> implements Shape<R> {

    /** One component. */
    public record Field<R, T>(String name, Shape<T> shape, Function<R, T> read) {
        Value value(R java) {
            return shape.toValue(read.apply(java));
        }
    }

    /** The components of one record, in their order. */
    public static final class Components {
        private final Object[] values;
        private int next;

        private Components(Object[] values) {
            this.values = values;
        }

        /** The next component; what it is cast to is the declared field's Java type. */
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        public <T> T next() {
            return (T) values[next++];
        }
    }

    private final List<Field<R, ?>> fields;
    private final Function<Components, R> constructor;

    /** By place in the tuple, the field's place in the record. */
    private final int[] order;

    private final Type.TupleType type;

    private RecordShape(List<Field<R, ?>> fields, Function<Components, R> constructor) {
        this.fields = fields;
        this.constructor = constructor;
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            places.add(i);
        }
        places.sort(Comparator.comparing(place -> fields.get(place).name()));
        this.order = places.stream().mapToInt(Integer::intValue).toArray();
        this.type =
                new Type.TupleType(
                        Arrays.stream(order)
                                .mapToObj(fields::get)
                                .map(field ->
                                        new Type.FieldType(field.name(), field.shape().type()))
                                .toList());
    }

    /**
     * @param constructor takes each component in the order of {@code fields}
     */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <R> RecordShape<R> of(
            Function<Components, R> constructor, Field<R, ?>... fields) {
        return new RecordShape<>(List.of(fields), constructor);
    }

    public static <R, T> Field<R, T> field(String name, Shape<T> shape, Function<R, T> read) {
        return new Field<>(name, shape, read);
    }

    /** In the order of the record's components. */
    public List<Field<R, ?>> fields() {
        return fields;
    }

    /** The record of these components, in their order. */
    R ofComponents(Object... values) {
        return constructor.apply(new Components(values));
    }

    @Override
    public Type type() {
        return type;
    }

    @Override
    public Value toValue(R java) {
        var values = new Value.Field[order.length];
        for (int i = 0; i < order.length; i++) {
            Field<R, ?> field = fields.get(order[i]);
            values[i] = new Value.Field(field.name(), field.value(java));
        }
        return new Value.Tuple(List.of(values));
    }

    @Override
    public R fromValue(Value value) {
        List<Value.Field> tuple = ((Value.Tuple) value).fields();
        var values = new Object[order.length];
        for (int i = 0; i < order.length; i++) {
            int place = order[i];
            values[place] = fields.get(place).shape().fromValue(tuple.get(i).value());
        }
        return ofComponents(values);
    }
}
