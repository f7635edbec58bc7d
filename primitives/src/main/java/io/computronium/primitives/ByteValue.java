package io.computronium.primitives;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An immutable string of bytes, equal by class and content.
 *
 * <p>The subclasses implement {@link Comparable} themselves, not through this class: {@code
 * HashMap} turns a crowded bucket into a tree only for a class that directly declares {@code
 * Comparable<itself>}, which is what keeps keys chosen by an attacker from making it slow.
 */
public abstract sealed class ByteValue permits Bytes, Hash, PublicKey, Signature, Address, NodeId {

    private final byte[] bytes;

    /** Takes over {@code owned}: the caller must not touch it again. */
    ByteValue(byte[] owned) {
        this.bytes = owned;
    }

    /** As {@link #ByteValue(byte[])}, for a type of fixed size. */
    ByteValue(byte[] owned, int size, String what) {
        if (owned.length != size) {
            throw new MalformedDataException(
                    what + " must have " + size + " bytes, not " + owned.length);
        }
        this.bytes = owned;
    }

    /** Number of bytes. */
    public final int size() {
        return bytes.length;
    }

    /** The byte at {@code index}, signed as Java bytes are. */
    public final byte at(int index) {
        return bytes[index];
    }

    /** A fresh copy. */
    public final byte[] toArray() {
        return bytes.clone();
    }

    /** Copies all bytes into {@code target}, from {@code offset} on. */
    public final void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, bytes.length);
    }

    /** A read-only view, without a copy. */
    public final ByteBuffer asReadOnlyBuffer() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /** Feeds all bytes to {@code digest}, without a copy. */
    public final void digestInto(MessageDigest digest) {
        digest.update(bytes);
    }

    /** Lower-case hex, without prefix. */
    public final String toHex() {
        return HexFormat.of().formatHex(bytes);
    }

    final int compareBytes(ByteValue other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    /** The first four bytes: as good as any hash where the bytes are one already. */
    final int leadingBytes() {
        return bytes[0] << 24
                | (bytes[1] & 0xff) << 16
                | (bytes[2] & 0xff) << 8
                | (bytes[3] & 0xff);
    }

    /**
     * Bytes from hex text of either case, without prefix.
     *
     * @throws MalformedDataException on anything else
     */
    static byte[] parseHex(String hex) {
        try {
            return HexFormat.of().parseHex(hex);
        } catch (IllegalArgumentException e) {
            throw new MalformedDataException("not a string of hex digits: " + e.getMessage(), e);
        }
    }

    @Override
    public final boolean equals(Object other) {
        return this == other
                || (other instanceof ByteValue that
                        && that.getClass() == getClass()
                        && Arrays.equals(bytes, that.bytes));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return toHex();
    }
}
