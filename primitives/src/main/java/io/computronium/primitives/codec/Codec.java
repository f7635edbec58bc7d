package io.computronium.primitives.codec;

import io.computronium.primitives.MalformedDataException;

/**
 * The one encoding of a type: {@code decode(encode(v))} equals {@code v}, and no two byte strings
 * decode to equal values. Safe for use by many threads.
 */
public interface Codec<T> {

    byte[] encode(T value);

    /**
     * @throws MalformedDataException if the bytes are not what {@link #encode} makes of some value;
     *     nothing else is thrown, whatever the bytes are
     */
    T decode(byte[] bytes);
}
