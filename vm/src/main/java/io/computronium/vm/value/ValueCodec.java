package io.computronium.vm.value;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.MalformedDataException;

/**
 * The bytes of values (SIP-005): a byte for the kind, then the content, integers big-endian.
 *
 * <pre>
 * 00 int, 01 uint        16 bytes
 * 02 buffer              length u32 ‖ bytes
 * 03 true, 04 false
 * 05 account             version ‖ 20 bytes
 * 06 contract            version ‖ 20 bytes ‖ length u8 ‖ name
 * 07 ok, 08 err, 0a some value
 * 09 none
 * 0b list                count u32 ‖ values
 * 0c tuple               count u32 ‖ (length u8 ‖ name ‖ value) ascending by name
 * 0d ascii, 0e utf-8     length u32 ‖ bytes
 * </pre>
 *
 * One value has one encoding, and decoding accepts no other bytes.
 */
public final class ValueCodec {

    /** The most bytes of an encoding. The language's own limit, on the size of a type, is lower. */
    public static final int MAX_BYTES = 2 << 20;

    /** The most values inside one another, the outermost and the innermost included. */
    public static final int MAX_DEPTH = 32;

    static final byte INT = 0x00;
    static final byte UINT = 0x01;
    static final byte BUFFER = 0x02;
    static final byte TRUE = 0x03;
    static final byte FALSE = 0x04;
    static final byte ACCOUNT = 0x05;
    static final byte CONTRACT = 0x06;
    static final byte OK = 0x07;
    static final byte ERR = 0x08;
    static final byte NONE = 0x09;
    static final byte SOME = 0x0a;
    static final byte LIST = 0x0b;
    static final byte TUPLE = 0x0c;
    static final byte ASCII = 0x0d;
    static final byte UTF8 = 0x0e;

    private ValueCodec() {}

    /**
     * @throws IllegalArgumentException if {@code value} is deeper than {@link #MAX_DEPTH} or needs
     *     more than {@link #MAX_BYTES}
     */
    public static Bytes encode(Value value) {
        return ValueEncoder.encode(value);
    }

    /**
     * @throws MalformedDataException if the bytes are not exactly the encoding of a value within
     *     the limits; nothing else is thrown, whatever they are
     */
    public static Value decode(Bytes bytes) {
        return ValueDecoder.decode(bytes);
    }
}
