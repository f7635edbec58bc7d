package io.computronium.primitives;

/**
 * An Ed25519 public key as it is encoded (RFC 8032, 5.1.2). Any 32 bytes are one; whether they may
 * act as the key of an account or a node is for {@code crypto.Ed25519} to say.
 */
public final class PublicKey extends ByteValue implements Comparable<PublicKey> {

    public static final int SIZE = 32;

    private PublicKey(byte[] owned) {
        super(owned, SIZE, "a public key");
    }

    /**
     * A copy of {@code bytes}.
     *
     * @throws MalformedDataException unless they are {@value #SIZE}
     */
    public static PublicKey of(byte[] bytes) {
        return new PublicKey(bytes.clone());
    }

    /**
     * The value that {@code hex} (either case, no prefix) spells.
     *
     * @throws MalformedDataException unless it is {@value #SIZE} bytes in hex
     */
    public static PublicKey ofHex(String hex) {
        return new PublicKey(parseHex(hex));
    }

    @Override
    public int compareTo(PublicKey other) {
        return compareBytes(other);
    }

    @Override
    public int hashCode() {
        return leadingBytes();
    }
}
