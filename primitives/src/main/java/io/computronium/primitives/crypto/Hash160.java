package io.computronium.primitives.crypto;

import io.computronium.primitives.Address;
import io.computronium.primitives.PublicKey;
import org.bouncycastle.crypto.digests.RIPEMD160Digest;

/** RIPEMD-160 of SHA-256, the 20 bytes by which an address names its key. */
public final class Hash160 {

    private Hash160() {}

    /** The 20 bytes for {@code bytes}. */
    public static byte[] of(byte[] bytes) {
        var inner = Sha256.plain(bytes);
        var ripemd = new RIPEMD160Digest();
        ripemd.update(inner, 0, inner.length);
        var hash = new byte[Address.HASH_SIZE];
        ripemd.doFinal(hash, 0);
        return hash;
    }

    /**
     * The account that {@code key} opens.
     *
     * @param version as {@code AddressVersions.key} of the network
     */
    public static Address address(int version, PublicKey key) {
        return Address.of(version, of(key.toArray()));
    }
}
