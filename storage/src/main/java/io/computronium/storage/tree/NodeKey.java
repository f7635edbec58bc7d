package io.computronium.storage.tree;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.codec.Codec;
import io.computronium.storage.codec.FixedCodec;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The place of a page: the height that made it, and the nibbles that lead to it.
 *
 * @param path number of nibbles u8 ‖ nibbles, two a byte, the last byte's low half 0 if unused
 */
public record NodeKey(long version, Bytes path) {

    /** {@code version u64 ‖ path}. */
    public static final Codec<NodeKey> CODEC = FixedCodec.of(NodeKey::toBytes, NodeKey::ofBytes);

    /** Any odd number with its bits well mixed; this is 2^64 over the golden ratio. */
    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

    /**
     * The usual sum of 31 times what went before would give the hundred thousand short paths of a
     * large tree a few thousand values.
     */
    @Override
    public int hashCode() {
        long hash = version;
        for (int i = 0; i < path.size(); i++) {
            hash = (hash ^ Byte.toUnsignedInt(path.at(i))) * MULTIPLIER;
        }
        return (int) (hash >>> 32);
    }

    /** The page that stands {@code depth} nibbles deep on the way to {@code keyHash}. */
    static NodeKey of(long version, Hash keyHash, int depth) {
        var path = new byte[1 + (depth + 1) / 2];
        path[0] = (byte) depth;
        for (int i = 1; i < path.length; i++) {
            path[i] = keyHash.at(i - 1);
        }
        if ((depth & 1) != 0) {
            path[path.length - 1] &= (byte) 0xf0;
        }
        return new NodeKey(version, Bytes.owned(path));
    }

    private static byte[] toBytes(NodeKey key) {
        var bytes = ByteBuffer.allocate(Long.BYTES + key.path.size()).putLong(key.version).array();
        key.path.copyTo(bytes, Long.BYTES);
        return bytes;
    }

    private static NodeKey ofBytes(byte[] bytes) {
        MalformedDataException.unless(
                bytes.length > Long.BYTES
                        && bytes.length == Long.BYTES + 1 + (bytes[Long.BYTES] + 1) / 2,
                "node key of a wrong length");
        return new NodeKey(
                ByteBuffer.wrap(bytes).getLong(),
                Bytes.owned(Arrays.copyOfRange(bytes, Long.BYTES, bytes.length)));
    }
}
