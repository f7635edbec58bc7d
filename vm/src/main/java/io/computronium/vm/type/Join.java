package io.computronium.vm.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The least supertype of two types: sizes grow to the larger one, what is unknown takes what the
 * other side knows, and all else must be the same. Depth is bounded by that of types.
 */
final class Join {

    private Join() {}

    static Optional<Type> of(Type a, Type b) {
        if (a == Type.Simple.NOTHING || a.equals(b)) {
            return Optional.of(b);
        }
        if (b == Type.Simple.NOTHING) {
            return Optional.of(a);
        }
        return switch (a) {
            case Type.Simple _ -> Optional.empty();
            case Type.Buffer one when b instanceof Type.Buffer two ->
                    Optional.of(new Type.Buffer(Math.max(one.maxBytes(), two.maxBytes())));
            case Type.Ascii one when b instanceof Type.Ascii two ->
                    Optional.of(new Type.Ascii(Math.max(one.maxCharacters(), two.maxCharacters())));
            case Type.Utf8 one when b instanceof Type.Utf8 two ->
                    Optional.of(new Type.Utf8(Math.max(one.maxCharacters(), two.maxCharacters())));
            case Type.ListType one when b instanceof Type.ListType two ->
                    of(one.element(), two.element())
                            .map(element ->
                                    new Type.ListType(
                                            element,
                                            Math.max(one.maxElements(), two.maxElements())));
            case Type.OptionalType one when b instanceof Type.OptionalType two ->
                    of(one.value(), two.value()).map(Type.OptionalType::new);
            case Type.ResponseType one when b instanceof Type.ResponseType two ->
                    of(one.ok(), two.ok())
                            .flatMap(ok ->
                                    of(one.err(), two.err())
                                            .map(err -> new Type.ResponseType(ok, err)));
            case Type.TupleType one when b instanceof Type.TupleType two ->
                    fields(one.fields(), two.fields()).map(Type.TupleType::new);
            default -> Optional.empty();
        };
    }

    private static Optional<List<Type.FieldType>> fields(
            List<Type.FieldType> one, List<Type.FieldType> two) {
        if (one.size() != two.size()) {
            return Optional.empty();
        }
        List<Type.FieldType> joined = new ArrayList<>(one.size());
        for (int i = 0; i < one.size(); i++) {
            String name = one.get(i).name();
            Optional<Type> type = of(one.get(i).type(), two.get(i).type());
            if (type.isEmpty() || !name.equals(two.get(i).name())) {
                return Optional.empty();
            }
            joined.add(new Type.FieldType(name, type.get()));
        }
        return Optional.of(joined);
    }
}
