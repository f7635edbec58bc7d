package io.computronium.storage.state;

import io.computronium.primitives.Hash;
import io.computronium.primitives.codec.Codec;
import io.computronium.storage.codec.FixedCodec;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A key whose value a flush replaced. The height comes first, so that giving up a height removes
 * one range.
 */
record ReplacedKey(long flushHeight, Hash keyHash) {

    static final Codec<ReplacedKey> CODEC =
            FixedCodec.of(ReplacedKey::toBytes, ReplacedKey::ofBytes);

    private static final int SIZE = Long.BYTES + Hash.SIZE;

    private static byte[] toBytes(ReplacedKey key) {
        var bytes = ByteBuffer.allocate(SIZE).putLong(key.flushHeight).array();
        key.keyHash.copyTo(bytes, Long.BYTES);
        return bytes;
    }

    private static ReplacedKey ofBytes(byte[] bytes) {
        return new ReplacedKey(
                FixedCodec.exactly(bytes, SIZE).getLong(),
                Hash.of(Arrays.copyOfRange(bytes, Long.BYTES, SIZE)));
    }
}
