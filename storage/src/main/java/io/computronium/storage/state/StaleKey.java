package io.computronium.storage.state;

import io.computronium.primitives.codec.Codec;
import io.computronium.storage.codec.FixedCodec;
import java.nio.ByteBuffer;

/** A part of the pages that one flush made stale; {@code part} counts from 0. */
record StaleKey(long flushHeight, int part) {

    static final Codec<StaleKey> CODEC = FixedCodec.of(StaleKey::toBytes, StaleKey::ofBytes);

    private static final int SIZE = Long.BYTES + Integer.BYTES;

    private static byte[] toBytes(StaleKey key) {
        return ByteBuffer.allocate(SIZE).putLong(key.flushHeight).putInt(key.part).array();
    }

    private static StaleKey ofBytes(byte[] bytes) {
        var buffer = FixedCodec.exactly(bytes, SIZE);
        return new StaleKey(buffer.getLong(), buffer.getInt());
    }
}
