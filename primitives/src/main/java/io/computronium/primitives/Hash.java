package io.computronium.primitives;

/** A SHA-256 value. */
public final class Hash extends ByteValue implements Comparable<Hash> {

    public static final int SIZE = 32;

    /** 32 zero bytes: the root of an empty state tree, never the hash of anything. */
    public static final Hash ZERO = new Hash(new byte[SIZE]);

    private Hash(byte[] owned) {
        super(owned, SIZE, "a hash");
    }

    /**
     * A copy of {@code bytes}.
     *
     * @throws MalformedDataException unless they are {@value #SIZE}
     */
    public static Hash of(byte[] bytes) {
        return new Hash(bytes.clone());
    }

    /**
     * The value that {@code hex} (either case, no prefix) spells.
     *
     * @throws MalformedDataException unless it is {@value #SIZE} bytes in hex
     */
    public static Hash ofHex(String hex) {
        return new Hash(parseHex(hex));
    }

    @Override
    public int compareTo(Hash other) {
        return compareBytes(other);
    }

    @Override
    public int hashCode() {
        return leadingBytes();
    }
}
