package io.computronium.primitives;

/**
 * The two version numbers that addresses of one network carry. They are a parameter, since programs
 * written for other chains of the address format run with theirs.
 *
 * @param key of accounts named by the hash of a key, 0..31
 * @param derived of multi-key accounts and of keyless ones, which a contract's rules govern, 0..31
 */
public record AddressVersions(int key, int derived) {

    /** {@code SC…} and {@code SA…}. */
    public static final AddressVersions MAINNET = new AddressVersions(12, 10);

    /** {@code SD…} and {@code SB…}, of every network that is not the main one. */
    public static final AddressVersions TESTNET = new AddressVersions(13, 11);

    public AddressVersions {
        if (!Address.isVersion(key) || !Address.isVersion(derived) || key == derived) {
            throw new IllegalArgumentException("address versions are two different ones of 0..31");
        }
    }

    /** Whether {@code address} belongs to the network of these versions. */
    public boolean admit(Address address) {
        return address.version() == key || address.version() == derived;
    }

    /** The account that nobody's key controls and whose contracts are part of the chain. */
    public Address systemAccount() {
        return Address.of(key, new byte[Address.HASH_SIZE]);
    }
}
