package io.computronium.vm.type;

import io.computronium.primitives.Bytes;
import io.computronium.vm.value.Value;
import java.util.List;

/** Whether a value is of a type. Depth is bounded by that of the value, 32 at most. */
final class Membership {

    private Membership() {}

    static boolean isOf(Value value, Type type) {
        return switch (type) {
            case Type.Simple simple -> isOf(value, simple);
            case Type.Buffer limit ->
                    value instanceof Value.Buffer buffer
                            && buffer.bytes().size() <= limit.maxBytes();
            case Type.Ascii limit ->
                    value instanceof Value.Ascii text
                            && text.bytes().size() <= limit.maxCharacters();
            case Type.Utf8 limit ->
                    value instanceof Value.Utf8 text
                            && codePoints(text.bytes()) <= limit.maxCharacters();
            case Type.ListType list ->
                    value instanceof Value.ListValue values
                            && values.elements().size() <= list.maxElements()
                            && allOf(values.elements(), list.element());
            case Type.OptionalType optional ->
                    value instanceof Value.None
                            || value instanceof Value.Some some
                                    && isOf(some.value(), optional.value());
            case Type.ResponseType response ->
                    value instanceof Value.Ok ok && isOf(ok.value(), response.ok())
                            || value instanceof Value.Err err && isOf(err.value(), response.err());
            case Type.TupleType tuple ->
                    value instanceof Value.Tuple fields && isOf(fields, tuple.fields());
        };
    }

    private static boolean isOf(Value value, Type.Simple type) {
        return switch (type) {
            case INT -> value instanceof Value.Int;
            case UINT -> value instanceof Value.UInt;
            case BOOL -> value instanceof Value.Bool;
            case PRINCIPAL -> value instanceof Value.PrincipalValue;
            case NOTHING -> false;
        };
    }

    private static boolean allOf(List<Value> values, Type type) {
        for (Value value : values) {
            if (!isOf(value, type)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOf(Value.Tuple tuple, List<Type.FieldType> types) {
        List<Value.Field> fields = tuple.fields();
        if (fields.size() != types.size()) {
            return false;
        }
        for (int i = 0; i < types.size(); i++) {
            if (!fields.get(i).name().equals(types.get(i).name())
                    || !isOf(fields.get(i).value(), types.get(i).type())) {
                return false;
            }
        }
        return true;
    }

    static int codePoints(Bytes utf8) {
        int count = 0;
        for (int i = 0; i < utf8.size(); i++) {
            // Every byte but those that continue a character.
            count += (utf8.at(i) & 0xc0) == 0x80 ? 0 : 1;
        }
        return count;
    }
}
