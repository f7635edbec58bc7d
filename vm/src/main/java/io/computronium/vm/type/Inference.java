package io.computronium.vm.type;

import io.computronium.primitives.MalformedDataException;
import io.computronium.vm.value.Value;
import java.util.List;

/** The least type of a value. */
final class Inference {

    private Inference() {}

    /**
     * @throws MalformedDataException if the elements of a list have no type in common, or the value
     *     is beyond the limits of types
     */
    static Type typeOf(Value value) {
        return switch (value) {
            case Value.Int _ -> Type.Simple.INT;
            case Value.UInt _ -> Type.Simple.UINT;
            case Value.Bool _ -> Type.Simple.BOOL;
            case Value.PrincipalValue _ -> Type.Simple.PRINCIPAL;
            case Value.Buffer buffer -> new Type.Buffer(buffer.bytes().size());
            case Value.Ascii text -> new Type.Ascii(text.bytes().size());
            case Value.Utf8 text -> new Type.Utf8(Membership.codePoints(text.bytes()));
            case Value.None _ -> new Type.OptionalType(Type.Simple.NOTHING);
            case Value.Some some -> new Type.OptionalType(typeOf(some.value()));
            case Value.Ok ok -> new Type.ResponseType(typeOf(ok.value()), Type.Simple.NOTHING);
            case Value.Err err -> new Type.ResponseType(Type.Simple.NOTHING, typeOf(err.value()));
            case Value.ListValue list ->
                    new Type.ListType(common(list.elements()), list.elements().size());
            case Value.Tuple tuple ->
                    new Type.TupleType(
                            tuple.fields().stream()
                                    .map(field ->
                                            new Type.FieldType(field.name(), typeOf(field.value())))
                                    .toList());
        };
    }

    private static Type common(List<Value> elements) {
        Type common = Type.Simple.NOTHING;
        for (Value element : elements) {
            common =
                    common.join(typeOf(element))
                            .orElseThrow(() ->
                                    new MalformedDataException("list: elements of several types"));
        }
        return common;
    }
}
