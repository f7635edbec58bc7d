package io.computronium.vm.type;

import io.computronium.primitives.MalformedDataException;
import io.computronium.vm.value.Names;
import io.computronium.vm.value.Value;
import io.computronium.vm.value.ValueCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A type of the contract language (SIP-002). Immutable, and equal by content; its text is what a
 * program would write.
 *
 * <p>A type that exists is within {@link #MAX_SIZE} and {@link #MAX_DEPTH}, and so is each of its
 * values: making one beyond them throws {@link MalformedDataException}.
 */
public sealed interface Type {

    /** The most that {@link #maxSize} may be: a buffer of 1 MiB with its kind and length. */
    int MAX_SIZE = (1 << 20) + TypeSize.HEADER;

    /** The most types inside one another, the outermost and the innermost included. */
    int MAX_DEPTH = ValueCodec.MAX_DEPTH;

    /** A type without parts. */
    enum Simple implements Type {
        INT("int"),
        UINT("uint"),
        BOOL("bool"),
        PRINCIPAL("principal"),
        /**
         * The type that no value has: of the elements of an empty list, or of what {@code none}
         * lacks.
         */
        NOTHING("no-type");

        private final String text;

        Simple(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * @param maxBytes the most, at least 0
     */
    record Buffer(int maxBytes) implements Type {
        public Buffer {
            requireSize(maxBytes);
            TypeSize.require(TypeSize.content(maxBytes, 1), 1);
        }

        @Override
        public String toString() {
            return "(buff " + maxBytes + ")";
        }
    }

    /**
     * @param maxCharacters the most, at least 0
     */
    record Ascii(int maxCharacters) implements Type {
        public Ascii {
            requireSize(maxCharacters);
            TypeSize.require(TypeSize.content(maxCharacters, 1), 1);
        }

        @Override
        public String toString() {
            return "(string-ascii " + maxCharacters + ")";
        }
    }

    /**
     * @param maxCharacters the most code points, of at most 4 bytes each; at least 0
     */
    record Utf8(int maxCharacters) implements Type {
        public Utf8 {
            requireSize(maxCharacters);
            TypeSize.require(TypeSize.content(maxCharacters, TypeSize.UTF8_BYTES), 1);
        }

        @Override
        public String toString() {
            return "(string-utf8 " + maxCharacters + ")";
        }
    }

    /**
     * @param maxElements the most, at least 0
     */
    record ListType(Type element, int maxElements) implements Type {
        public ListType {
            requireSize(maxElements);
            TypeSize.require(TypeSize.content(maxElements, element.maxSize()), 1 + element.depth());
        }

        @Override
        public String toString() {
            return "(list " + maxElements + " " + element + ")";
        }
    }

    record OptionalType(Type value) implements Type {
        public OptionalType {
            TypeSize.require(TypeSize.KIND + value.maxSize(), 1 + value.depth());
        }

        @Override
        public String toString() {
            return "(optional " + value + ")";
        }
    }

    record ResponseType(Type ok, Type err) implements Type {
        public ResponseType {
            TypeSize.require(
                    TypeSize.KIND + Math.max(ok.maxSize(), err.maxSize()),
                    1 + Math.max(ok.depth(), err.depth()));
        }

        @Override
        public String toString() {
            return "(response " + ok + " " + err + ")";
        }
    }

    /**
     * @param fields at least one, ascending by name
     */
    record TupleType(List<FieldType> fields) implements Type {
        public TupleType {
            fields = List.copyOf(fields);
            if (fields.isEmpty()) {
                throw new IllegalArgumentException("a tuple has a field");
            }
            for (int i = 1; i < fields.size(); i++) {
                if (fields.get(i - 1).name.compareTo(fields.get(i).name) >= 0) {
                    throw new IllegalArgumentException("fields ascend by name and differ");
                }
            }
            TypeSize.require(TypeSize.tuple(fields), 1 + TypeSize.deepest(fields));
        }

        /** In natural order, which for names is that of their bytes. */
        public static TupleType of(SortedMap<String, Type> types) {
            List<FieldType> fields = new ArrayList<>(types.size());
            for (Map.Entry<String, Type> entry : types.entrySet()) {
                fields.add(new FieldType(entry.getKey(), entry.getValue()));
            }
            return new TupleType(fields);
        }

        @Override
        public String toString() {
            var out = new StringBuilder();
            for (FieldType field : fields) {
                out.append(out.isEmpty() ? "{ " : ", ");
                out.append(field.name).append(": ").append(field.type);
            }
            return out.append(" }").toString();
        }
    }

    /** One named part of a {@link TupleType}. */
    record FieldType(String name, Type type) {
        public FieldType {
            if (!Names.isName(name)) {
                throw new IllegalArgumentException("not a name of a field: " + name);
            }
        }
    }

    /** Whether {@code value} is of this type, looked at to its last part. */
    default boolean admits(Value value) {
        return Membership.isOf(value, this);
    }

    /**
     * The least type of {@code value}: every other type that admits it includes this one.
     *
     * @throws MalformedDataException if the elements of a list have no type in common, or the value
     *     is beyond the limits of types
     */
    static Type of(Value value) {
        return Inference.typeOf(value);
    }

    /**
     * The least type that includes this one and {@code other}; nothing if there is none, as of
     * {@code int} and {@code uint}, or of tuples with different fields.
     *
     * @throws MalformedDataException if it is beyond the limits
     */
    default Optional<Type> join(Type other) {
        return Join.of(this, other);
    }

    /** Whether every value of {@code other} is one of this type. */
    default boolean includes(Type other) {
        return join(other).filter(this::equals).isPresent();
    }

    /** The most bytes that the encoding of a value takes. */
    default long maxSize() {
        return TypeSize.of(this);
    }

    /** The most values inside one another. */
    default int depth() {
        return TypeSize.depth(this);
    }

    private static void requireSize(int size) {
        if (size < 0) {
            throw new IllegalArgumentException("negative: " + size);
        }
    }
}
