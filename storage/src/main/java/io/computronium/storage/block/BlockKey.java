package io.computronium.storage.block;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.primitives.codec.Codec;
import io.computronium.storage.KeyRange;
import io.computronium.storage.codec.FixedCodec;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Blocks lie by height, and by id among the candidates of a height. */
record BlockKey(long height, Hash blockId) {

    static final Codec<BlockKey> CODEC = FixedCodec.of(BlockKey::toBytes, BlockKey::ofBytes);

    private static final int SIZE = Long.BYTES + Hash.SIZE;

    /** All blocks of {@code height}. */
    static KeyRange ofHeight(long height) {
        return KeyRange.prefix(Bytes.owned(FixedCodec.HEIGHT.encode(height)));
    }

    private static byte[] toBytes(BlockKey key) {
        var bytes = ByteBuffer.allocate(SIZE).putLong(key.height).array();
        key.blockId.copyTo(bytes, Long.BYTES);
        return bytes;
    }

    private static BlockKey ofBytes(byte[] bytes) {
        return new BlockKey(
                FixedCodec.exactly(bytes, SIZE).getLong(),
                Hash.of(Arrays.copyOfRange(bytes, Long.BYTES, SIZE)));
    }
}
