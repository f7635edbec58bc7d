package io.computronium.primitives;

import java.util.Arrays;

/**
 * An account: a version of 0..31, which tells network and kind, and 20 bytes. The bytes of the
 * value are version ‖ hash, its text is c32check (SIP-005), for example {@code
 * SC00000000000000000000ERBZ0J}.
 *
 * <p>Every version is a well-formed address. That one belongs to the running network is checked
 * where people enter recipients ({@link AddressVersions#admit}).
 */
public final class Address extends ByteValue implements Comparable<Address> {

    /** Bytes after the version. */
    public static final int HASH_SIZE = 20;

    /** Bytes of the whole. */
    public static final int SIZE = 1 + HASH_SIZE;

    private static final int MAX_VERSION = 31;

    private Address(byte[] owned) {
        super(owned, SIZE, "an address");
        if (!isVersion(owned[0])) {
            throw new MalformedDataException("an address has a version of 0..31, not " + owned[0]);
        }
    }

    /**
     * The address of the 20 bytes {@code hash}.
     *
     * @throws MalformedDataException if they are not 20 or the version is not in 0..31
     */
    public static Address of(int version, byte[] hash) {
        if (!isVersion(version) || hash.length != HASH_SIZE) {
            throw new MalformedDataException(
                    "an address is a version of 0..31 and 20 bytes, not version "
                            + version
                            + " and "
                            + hash.length);
        }
        return ofPrefix(version, hash);
    }

    /** The address that the first 20 bytes of {@code digest} name. */
    public static Address ofDigest(int version, Hash digest) {
        return ofPrefix(version, digest.toArray());
    }

    /**
     * The inverse of {@link #toArray}.
     *
     * @throws MalformedDataException unless {@code bytes} are a version of 0..31 and 20 more
     */
    public static Address fromBytes(byte[] bytes) {
        return new Address(bytes.clone());
    }

    /**
     * Reads the canonical text, and only that: upper case, no spelling of 0 or 1 as O, L or I.
     *
     * @throws MalformedDataException if it is anything else; the message names the first bad
     *     character, or says that the checksum fails
     */
    public static Address parse(String text) {
        return new Address(C32Check.decode(text));
    }

    static boolean isVersion(int version) {
        return version >= 0 && version <= MAX_VERSION;
    }

    private static Address ofPrefix(int version, byte[] hash) {
        var bytes = new byte[SIZE];
        bytes[0] = (byte) version;
        System.arraycopy(hash, 0, bytes, 1, HASH_SIZE);
        return new Address(bytes);
    }

    public int version() {
        return at(0);
    }

    /** A copy of the 20 bytes after the version. */
    public byte[] hash160() {
        return Arrays.copyOfRange(toArray(), 1, SIZE);
    }

    @Override
    public int compareTo(Address other) {
        return compareBytes(other);
    }

    /** The c32check text. */
    @Override
    public String toString() {
        return C32Check.encode(toArray());
    }
}
