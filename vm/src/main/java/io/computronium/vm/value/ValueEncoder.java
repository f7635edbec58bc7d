package io.computronium.vm.value;

import io.computronium.primitives.Address;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Measures a value, which also checks the limits, and then writes it into an array of that size.
 */
final class ValueEncoder {

    private static final int KIND = 1;

    private final byte[] bytes;
    private final ByteBuffer out;

    private ValueEncoder(int size) {
        this.bytes = new byte[size];
        this.out = ByteBuffer.wrap(bytes);
    }

    static Bytes encode(Value value) {
        long size = size(value, 1);
        if (size > ValueCodec.MAX_BYTES) {
            throw new IllegalArgumentException("a value of " + size + " bytes is too large");
        }
        var encoder = new ValueEncoder((int) size);
        encoder.write(value);
        return Bytes.owned(encoder.bytes);
    }

    private static long size(Value value, int depth) {
        if (depth > ValueCodec.MAX_DEPTH) {
            throw new IllegalArgumentException(
                    "a value is at most " + ValueCodec.MAX_DEPTH + " deep");
        }
        return KIND
                + switch (value) {
                    case Value.Int integer -> 2 * Long.BYTES;
                    case Value.UInt integer -> 2 * Long.BYTES;
                    case Value.Bool bool -> 0;
                    case Value.Buffer buffer -> Integer.BYTES + buffer.bytes().size();
                    case Value.Ascii text -> Integer.BYTES + text.bytes().size();
                    case Value.Utf8 text -> Integer.BYTES + text.bytes().size();
                    case Value.PrincipalValue principal -> size(principal.principal());
                    case Value.None none -> 0;
                    case Value.Some some -> size(some.value(), depth + 1);
                    case Value.Ok ok -> size(ok.value(), depth + 1);
                    case Value.Err err -> size(err.value(), depth + 1);
                    case Value.ListValue list -> size(list.elements(), depth + 1);
                    case Value.Tuple tuple -> size(tuple, depth + 1);
                };
    }

    private static int size(Principal principal) {
        String contract = principal.contract();
        return Address.SIZE + (contract == null ? 0 : 1 + contract.length());
    }

    private static long size(List<Value> elements, int depth) {
        long size = Integer.BYTES;
        for (Value element : elements) {
            size += size(element, depth);
        }
        return size;
    }

    private static long size(Value.Tuple tuple, int depth) {
        long size = Integer.BYTES;
        for (Value.Field field : tuple.fields()) {
            size += 1 + field.name().length() + size(field.value(), depth);
        }
        return size;
    }

    private void write(Value value) {
        switch (value) {
            case Value.Int integer ->
                    out.put(ValueCodec.INT).putLong(integer.high()).putLong(integer.low());
            case Value.UInt integer ->
                    out.put(ValueCodec.UINT).putLong(integer.high()).putLong(integer.low());
            case Value.Bool bool -> out.put(bool.value() ? ValueCodec.TRUE : ValueCodec.FALSE);
            case Value.Buffer buffer -> write(ValueCodec.BUFFER, buffer.bytes());
            case Value.Ascii text -> write(ValueCodec.ASCII, text.bytes());
            case Value.Utf8 text -> write(ValueCodec.UTF8, text.bytes());
            case Value.PrincipalValue principal -> write(principal.principal());
            case Value.None none -> out.put(ValueCodec.NONE);
            case Value.Some some -> write(ValueCodec.SOME, some.value());
            case Value.Ok ok -> write(ValueCodec.OK, ok.value());
            case Value.Err err -> write(ValueCodec.ERR, err.value());
            case Value.ListValue list -> {
                out.put(ValueCodec.LIST).putInt(list.elements().size());
                list.elements().forEach(this::write);
            }
            case Value.Tuple tuple -> {
                out.put(ValueCodec.TUPLE).putInt(tuple.fields().size());
                for (Value.Field field : tuple.fields()) {
                    writeName(field.name());
                    write(field.value());
                }
            }
        }
    }

    private void write(byte kind, Value inner) {
        out.put(kind);
        write(inner);
    }

    private void write(byte kind, Bytes content) {
        out.put(kind).putInt(content.size());
        content.copyTo(bytes, out.position());
        out.position(out.position() + content.size());
    }

    private void write(Principal principal) {
        String contract = principal.contract();
        out.put(contract == null ? ValueCodec.ACCOUNT : ValueCodec.CONTRACT);
        principal.address().copyTo(bytes, out.position());
        out.position(out.position() + Address.SIZE);
        if (contract != null) {
            writeName(contract);
        }
    }

    private void writeName(String name) {
        out.put((byte) name.length()).put(name.getBytes(StandardCharsets.US_ASCII));
    }
}
