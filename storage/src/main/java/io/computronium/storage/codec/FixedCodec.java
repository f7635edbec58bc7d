package io.computronium.storage.codec;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.codec.Codec;
import java.nio.ByteBuffer;
import java.util.function.Function;

/**
 * Layouts that are too plain for protobuf. Numbers are big-endian, so that bytes sort as they do.
 */
public final class FixedCodec {

    /** Eight bytes. */
    public static final Codec<Long> HEIGHT =
            of(FixedCodec::height, bytes -> exactly(bytes, Long.BYTES).getLong());

    public static final Codec<Hash> HASH = of(Hash::toArray, Hash::of);

    public static final Codec<Bytes> BYTES = of(Bytes::toArray, Bytes::owned);

    private FixedCodec() {}

    /**
     * The codec of two functions, of which {@code decode} refuses what {@code encode} never makes.
     */
    public static <T> Codec<T> of(Function<T, byte[]> encode, Function<byte[], T> decode) {
        return new Codec<>() {
            @Override
            public byte[] encode(T value) {
                return encode.apply(value);
            }

            @Override
            public T decode(byte[] bytes) {
                return decode.apply(bytes);
            }
        };
    }

    /** A buffer over exactly {@code size} bytes. */
    public static ByteBuffer exactly(byte[] bytes, int size) {
        MalformedDataException.unless(bytes.length == size, "stored value of a wrong length");
        return ByteBuffer.wrap(bytes);
    }

    private static byte[] height(long height) {
        return ByteBuffer.allocate(Long.BYTES).putLong(height).array();
    }
}
