package io.computronium.storage.state;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.codec.Codec;
import io.computronium.storage.codec.FixedCodec;
import io.computronium.storage.tree.NodeKey;
import io.computronium.storage.tree.TreeRoot;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Layouts of the values in {@link StateSchema}. */
final class StateLayout {

    /** {@code 1 ‖ value}, or {@code 0}. */
    static final Codec<Optional<Bytes>> OPTIONAL_VALUE =
            FixedCodec.of(StateLayout::optionalValue, StateLayout::optionalValue);

    /** {@code hash 32 ‖ version u64}. */
    static final Codec<TreeRoot> ROOT = FixedCodec.of(StateLayout::root, StateLayout::root);

    /** {@code height u64 ‖ index u32}. */
    static final Codec<TransactionLocation> LOCATION =
            FixedCodec.of(
                    location ->
                            ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                                    .putLong(location.height())
                                    .putInt(location.index())
                                    .array(),
                    bytes -> {
                        var buffer = FixedCodec.exactly(bytes, Long.BYTES + Integer.BYTES);
                        return new TransactionLocation(buffer.getLong(), buffer.getInt());
                    });

    /** {@code length u8 ‖ node key}, again and again. */
    static final Codec<List<NodeKey>> NODE_KEYS =
            FixedCodec.of(StateLayout::nodeKeys, StateLayout::nodeKeys);

    private StateLayout() {}

    private static byte[] optionalValue(Optional<Bytes> value) {
        if (value.isEmpty()) {
            return new byte[1];
        }
        var bytes = new byte[1 + value.get().size()];
        bytes[0] = 1;
        value.get().copyTo(bytes, 1);
        return bytes;
    }

    private static Optional<Bytes> optionalValue(byte[] bytes) {
        MalformedDataException.unless(bytes.length > 0, "old value without its first byte");
        return bytes[0] == 0
                ? Optional.empty()
                : Optional.of(Bytes.owned(Arrays.copyOfRange(bytes, 1, bytes.length)));
    }

    private static byte[] root(TreeRoot root) {
        var bytes = new byte[Hash.SIZE + Long.BYTES];
        root.hash().copyTo(bytes, 0);
        ByteBuffer.wrap(bytes).putLong(Hash.SIZE, root.version());
        return bytes;
    }

    private static TreeRoot root(byte[] bytes) {
        long version = FixedCodec.exactly(bytes, Hash.SIZE + Long.BYTES).getLong(Hash.SIZE);
        return new TreeRoot(Hash.of(Arrays.copyOf(bytes, Hash.SIZE)), version);
    }

    private static byte[] nodeKeys(List<NodeKey> keys) {
        var out = new ByteArrayOutputStream();
        for (var key : keys) {
            var bytes = NodeKey.CODEC.encode(key);
            out.write(bytes.length);
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }

    private static List<NodeKey> nodeKeys(byte[] bytes) {
        List<NodeKey> keys = new ArrayList<>();
        for (int at = 0; at < bytes.length; ) {
            int end = at + 1 + bytes[at];
            MalformedDataException.unless(
                    bytes[at] >= 0 && end <= bytes.length, "list of node keys cut short");
            keys.add(NodeKey.CODEC.decode(Arrays.copyOfRange(bytes, at + 1, end)));
            at = end;
        }
        return keys;
    }
}
