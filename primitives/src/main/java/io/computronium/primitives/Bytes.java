package io.computronium.primitives;

/** Any number of bytes. What bounds the number is the message that carries them. */
public final class Bytes extends ByteValue implements Comparable<Bytes> {

    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private Bytes(byte[] owned) {
        super(owned);
    }

    /** A copy of {@code bytes}. */
    public static Bytes copyOf(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Bytes(bytes.clone());
    }

    /** {@code bytes} itself: the caller hands the array over and never touches it again. */
    public static Bytes owned(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Bytes(bytes);
    }

    /**
     * The bytes that {@code hex} (either case, no prefix) spells.
     *
     * @throws MalformedDataException if it is not hex
     */
    public static Bytes ofHex(String hex) {
        return owned(parseHex(hex));
    }

    public boolean isEmpty() {
        return size() == 0;
    }

    @Override
    public int compareTo(Bytes other) {
        return compareBytes(other);
    }
}
