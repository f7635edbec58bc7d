package io.computronium.primitives.codec;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.proto.OptionsProto;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The limits of a message type, compiled from its schema into arrays, and the scan that holds bytes
 * to them before anything is allocated for their content.
 *
 * <p>The scan refuses unknown fields, groups and wrong wire types; fields out of order; a field
 * that is not repeated and occurs twice; more elements than {@code max_count}; more bytes than
 * {@code max_bytes} or other than {@code exact_bytes}; nesting over {@value #MAX_DEPTH}. What
 * remains, explicit defaults and overlong varints, shows when the record is encoded again.
 */
final class WireShape {

    static final int MAX_DEPTH = 16;

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED32 = 5;
    private static final int MAX_VARINT_BYTES = 10;

    /** One field; {@code maxCount} 1 means not repeated. */
    private record Field(
            String name,
            int wireType,
            int maxCount,
            int minBytes,
            int maxBytes,
            @Nullable WireShape message) {}

    private final String name;

    /** By field number; null where the schema has none. */
    private @Nullable Field[] fields = new Field[0];

    private WireShape(String name) {
        this.name = name;
    }

    /**
     * @throws IllegalArgumentException if the schema has a repeated field without {@code
     *     max_count}, or a construct that canonical messages do without
     */
    static WireShape of(Descriptor descriptor) {
        return of(descriptor, new HashMap<>());
    }

    private static WireShape of(Descriptor descriptor, Map<String, WireShape> known) {
        WireShape existing = known.get(descriptor.getFullName());
        if (existing != null) {
            return existing;
        }
        var shape = new WireShape(descriptor.getName().replaceAll("Message$", ""));
        known.put(descriptor.getFullName(), shape);
        int highest =
                descriptor.getFields().stream()
                        .mapToInt(FieldDescriptor::getNumber)
                        .max()
                        .orElse(0);
        shape.fields = new Field[highest + 1];
        for (FieldDescriptor field : descriptor.getFields()) {
            shape.fields[field.getNumber()] = fieldOf(field, known);
        }
        return shape;
    }

    private static Field fieldOf(FieldDescriptor field, Map<String, WireShape> known) {
        var options = field.getOptions();
        int maxCount = field.isRepeated() ? options.getExtension(OptionsProto.maxCount) : 1;
        boolean packed = field.isRepeated() && field.isPackable();
        if (maxCount == 0 || packed || field.isMapField()) {
            throw new IllegalArgumentException(
                    field.getFullName() + ": maps, packed lists and unlimited lists are not used");
        }
        int exact = options.getExtension(OptionsProto.exactBytes);
        int max = options.getExtension(OptionsProto.maxBytes);
        return new Field(
                field.getName(),
                wireTypeOf(field),
                maxCount,
                exact,
                exact > 0 ? exact : max > 0 ? max : Integer.MAX_VALUE,
                field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                        ? of(field.getMessageType(), known)
                        : null);
    }

    private static int wireTypeOf(FieldDescriptor field) {
        return switch (field.getType()) {
            case BOOL, ENUM, INT32, INT64, SINT32, SINT64, UINT32, UINT64 -> VARINT;
            case FIXED64, SFIXED64 -> FIXED64;
            case FIXED32, SFIXED32 -> FIXED32;
            case BYTES, STRING, MESSAGE -> LENGTH_DELIMITED;
            case FLOAT, DOUBLE, GROUP ->
                    throw new IllegalArgumentException(
                            field.getFullName() + ": floats and groups are not used");
        };
    }

    /**
     * @throws MalformedDataException if a limit is broken
     */
    void check(byte[] bytes) {
        new Scan(bytes).message(this, bytes.length, 1);
    }

    /** A walk over one byte array. */
    private static final class Scan {
        private final byte[] bytes;
        private int at;

        Scan(byte[] bytes) {
            this.bytes = bytes;
        }

        void message(WireShape shape, int end, int depth) {
            if (depth > MAX_DEPTH) {
                throw new MalformedDataException(shape.name + ": nested too deeply");
            }
            int previous = 0;
            int count = 0;
            while (at < end) {
                long tag = varint(shape, end);
                int number = tag >>> 3 >= shape.fields.length ? 0 : (int) (tag >>> 3);
                Field field = shape.fields[number];
                if (field == null || (tag & 7) != field.wireType) {
                    throw new MalformedDataException(
                            shape.name + ": unknown field or wire type, tag " + tag);
                }
                if (number < previous) {
                    throw malformed(shape, field, "out of order");
                }
                count = number == previous ? count + 1 : 1;
                if (count > field.maxCount) {
                    throw malformed(shape, field, "at most " + field.maxCount);
                }
                previous = number;
                value(shape, field, end, depth);
            }
        }

        private void value(WireShape shape, Field field, int end, int depth) {
            switch (field.wireType) {
                case VARINT -> varint(shape, end);
                case FIXED64 -> skip(shape, field, Long.BYTES, end);
                case FIXED32 -> skip(shape, field, Integer.BYTES, end);
                default -> lengthDelimited(shape, field, end, depth);
            }
        }

        private void lengthDelimited(WireShape shape, Field field, int end, int depth) {
            long length = varint(shape, end);
            if (length < 0 || length > end - at) {
                throw malformed(shape, field, "longer than its message");
            }
            if (length < field.minBytes || length > field.maxBytes) {
                throw malformed(
                        shape,
                        field,
                        length
                                + " bytes, "
                                + (field.minBytes > 0 ? "exactly " : "at most ")
                                + field.maxBytes
                                + " expected");
            }
            if (field.message == null) {
                at += (int) length;
            } else {
                message(field.message, at + (int) length, depth + 1);
            }
        }

        private void skip(WireShape shape, Field field, int length, int end) {
            if (length > end - at) {
                throw malformed(shape, field, "truncated");
            }
            at += length;
        }

        private long varint(WireShape shape, int end) {
            long value = 0;
            for (int i = 0; i < MAX_VARINT_BYTES && at < end; i++) {
                byte next = bytes[at++];
                value |= (long) (next & 0x7f) << (7 * i);
                if (next >= 0) {
                    return value;
                }
            }
            throw new MalformedDataException(shape.name + ": truncated or overlong varint");
        }

        private static MalformedDataException malformed(
                WireShape shape, Field field, String fault) {
            return new MalformedDataException(shape.name + "." + field.name + ": " + fault);
        }
    }
}
