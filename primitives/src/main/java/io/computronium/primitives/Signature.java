package io.computronium.primitives;

/** An Ed25519 signature as it is encoded (RFC 8032, 5.1.6): R, then S. */
public final class Signature extends ByteValue implements Comparable<Signature> {

    public static final int SIZE = 64;

    private Signature(byte[] owned) {
        super(owned, SIZE, "a signature");
    }

    /**
     * A copy of {@code bytes}.
     *
     * @throws MalformedDataException unless they are {@value #SIZE}
     */
    public static Signature of(byte[] bytes) {
        return new Signature(bytes.clone());
    }

    /**
     * The value that {@code hex} (either case, no prefix) spells.
     *
     * @throws MalformedDataException unless it is {@value #SIZE} bytes in hex
     */
    public static Signature ofHex(String hex) {
        return new Signature(parseHex(hex));
    }

    @Override
    public int compareTo(Signature other) {
        return compareBytes(other);
    }

    @Override
    public int hashCode() {
        return leadingBytes();
    }
}
