package io.computronium.vm.value;

import io.computronium.primitives.Address;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.Principal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a value, checking every length and count against what is left before it allocates for it.
 */
final class ValueDecoder {

    private final ByteBuffer in;

    private ValueDecoder(ByteBuffer in) {
        this.in = in;
    }

    static Value decode(Bytes bytes) {
        MalformedDataException.unless(
                bytes.size() <= ValueCodec.MAX_BYTES,
                "value: over " + ValueCodec.MAX_BYTES + " bytes");
        var decoder = new ValueDecoder(bytes.asReadOnlyBuffer());
        Value value = decoder.value(1);
        MalformedDataException.unless(!decoder.in.hasRemaining(), "value: bytes left over");
        return value;
    }

    private Value value(int depth) {
        MalformedDataException.unless(
                depth <= ValueCodec.MAX_DEPTH, "value: over " + ValueCodec.MAX_DEPTH + " deep");
        byte kind = need(1).get();
        return switch (kind) {
            case ValueCodec.INT -> new Value.Int(need(2 * Long.BYTES).getLong(), in.getLong());
            case ValueCodec.UINT -> new Value.UInt(need(2 * Long.BYTES).getLong(), in.getLong());
            case ValueCodec.BUFFER -> new Value.Buffer(content());
            case ValueCodec.TRUE -> new Value.Bool(true);
            case ValueCodec.FALSE -> new Value.Bool(false);
            case ValueCodec.ACCOUNT -> new Value.PrincipalValue(Principal.of(address()));
            case ValueCodec.CONTRACT -> new Value.PrincipalValue(Principal.of(address(), name()));
            case ValueCodec.OK -> new Value.Ok(value(depth + 1));
            case ValueCodec.ERR -> new Value.Err(value(depth + 1));
            case ValueCodec.NONE -> new Value.None();
            case ValueCodec.SOME -> new Value.Some(value(depth + 1));
            case ValueCodec.LIST -> new Value.ListValue(elements(depth + 1));
            case ValueCodec.TUPLE -> new Value.Tuple(fields(depth + 1));
            case ValueCodec.ASCII -> new Value.Ascii(content());
            case ValueCodec.UTF8 -> new Value.Utf8(content());
            default -> throw new MalformedDataException("value: unknown kind " + kind);
        };
    }

    private List<Value> elements(int depth) {
        int count = count(1);
        List<Value> elements = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            elements.add(value(depth));
        }
        return elements;
    }

    private List<Value.Field> fields(int depth) {
        // The least field is the length of a name, one character, and a value of one byte.
        int count = count(3);
        List<Value.Field> fields = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            fields.add(new Value.Field(name(), value(depth)));
        }
        return fields;
    }

    private Address address() {
        return Address.fromBytes(bytes(Address.SIZE));
    }

    private String name() {
        int length = need(1).get() & 0xff;
        // Anything over 7 bits becomes a character that no name may have.
        return new String(bytes(length), StandardCharsets.ISO_8859_1);
    }

    private Bytes content() {
        return Bytes.owned(bytes(count(1)));
    }

    /** A count of things that take at least {@code size} bytes each. */
    private int count(int size) {
        int count = need(Integer.BYTES).getInt();
        MalformedDataException.unless(
                count >= 0 && count <= in.remaining() / size, "value: longer than its bytes");
        return count;
    }

    private byte[] bytes(int length) {
        need(length);
        var bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private ByteBuffer need(int length) {
        MalformedDataException.unless(in.remaining() >= length, "value: truncated");
        return in;
    }
}
