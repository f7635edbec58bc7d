package io.computronium.primitives;

import java.util.Arrays;

/** A node's name in the network: the first 20 bytes of the SHA-256 of its key. */
public final class NodeId extends ByteValue implements Comparable<NodeId> {

    public static final int SIZE = 20;

    private NodeId(byte[] owned) {
        super(owned, SIZE, "a node id");
    }

    /**
     * A copy of {@code bytes}.
     *
     * @throws MalformedDataException unless they are {@value #SIZE}
     */
    public static NodeId of(byte[] bytes) {
        return new NodeId(bytes.clone());
    }

    /**
     * The value that {@code hex} (either case, no prefix) spells.
     *
     * @throws MalformedDataException unless it is {@value #SIZE} bytes in hex
     */
    public static NodeId ofHex(String hex) {
        return new NodeId(parseHex(hex));
    }

    /** The id of the node that holds {@code key}. */
    public static NodeId ofKey(PublicKey key) {
        return new NodeId(Arrays.copyOf(PlainSha256.of(key.toArray()), SIZE));
    }

    @Override
    public int compareTo(NodeId other) {
        return compareBytes(other);
    }

    @Override
    public int hashCode() {
        return leadingBytes();
    }
}
