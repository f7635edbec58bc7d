package io.computronium.primitives;

import java.util.Arrays;

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

    public boolean startsWith(Bytes prefix) {
        return size() >= prefix.size()
                && asReadOnlyBuffer().limit(prefix.size()).equals(prefix.asReadOnlyBuffer());
    }

    /**
     * The bytes without the first {@code count}.
     *
     * @param count at most {@link #size}
     */
    public Bytes from(int count) {
        return owned(Arrays.copyOfRange(toArray(), count, size()));
    }

    public boolean isEmpty() {
        return size() == 0;
    }

    @Override
    public int compareTo(Bytes other) {
        return compareBytes(other);
    }
}
