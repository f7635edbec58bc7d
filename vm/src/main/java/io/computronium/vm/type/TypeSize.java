package io.computronium.vm.type;

import io.computronium.primitives.Address;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.Principal;
import java.util.List;

/**
 * How large the values of a type get, by the encoding of SIP-005. Sums cannot overflow: each part
 * is within {@link Type#MAX_SIZE}, and there are at most 2^31 of it.
 */
final class TypeSize {

    static final int KIND = 1;
    static final int HEADER = KIND + Integer.BYTES;
    static final int UTF8_BYTES = 4;

    private static final int PRINCIPAL = KIND + Address.SIZE + 1 + Principal.MAX_NAME_LENGTH;

    private TypeSize() {}

    static long of(Type type) {
        return switch (type) {
            case Type.Simple simple ->
                    switch (simple) {
                        case INT, UINT -> KIND + 2 * Long.BYTES;
                        case BOOL -> KIND;
                        case PRINCIPAL -> PRINCIPAL;
                        case NOTHING -> 0;
                    };
            case Type.Buffer buffer -> content(buffer.maxBytes(), 1);
            case Type.Ascii text -> content(text.maxCharacters(), 1);
            case Type.Utf8 text -> content(text.maxCharacters(), UTF8_BYTES);
            case Type.ListType list -> content(list.maxElements(), of(list.element()));
            case Type.OptionalType optional -> KIND + of(optional.value());
            case Type.ResponseType response ->
                    KIND + Math.max(of(response.ok()), of(response.err()));
            case Type.TupleType tuple -> tuple(tuple.fields());
        };
    }

    static int depth(Type type) {
        return switch (type) {
            case Type.Simple simple -> simple == Type.Simple.NOTHING ? 0 : 1;
            case Type.Buffer _, Type.Ascii _, Type.Utf8 _ -> 1;
            case Type.ListType list -> 1 + depth(list.element());
            case Type.OptionalType optional -> 1 + depth(optional.value());
            case Type.ResponseType response ->
                    1 + Math.max(depth(response.ok()), depth(response.err()));
            case Type.TupleType tuple -> 1 + deepest(tuple.fields());
        };
    }

    /** A header and {@code count} parts of {@code each} bytes. */
    static long content(int count, long each) {
        return HEADER + count * each;
    }

    static long tuple(List<Type.FieldType> fields) {
        long bytes = HEADER;
        for (Type.FieldType field : fields) {
            bytes += 1 + field.name().length() + of(field.type());
        }
        return bytes;
    }

    static int deepest(List<Type.FieldType> fields) {
        int deepest = 0;
        for (Type.FieldType field : fields) {
            deepest = Math.max(deepest, depth(field.type()));
        }
        return deepest;
    }

    static void require(long maxSize, int depth) {
        MalformedDataException.unless(
                maxSize <= Type.MAX_SIZE,
                "type: its values may have " + maxSize + " bytes, over " + Type.MAX_SIZE);
        MalformedDataException.unless(
                depth <= Type.MAX_DEPTH, "type: over " + Type.MAX_DEPTH + " deep");
    }
}
