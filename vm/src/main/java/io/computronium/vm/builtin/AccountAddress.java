package io.computronium.vm.builtin;

import io.computronium.primitives.Address;
import io.computronium.primitives.Principal;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.crypto.Hash160;

/** Addresses that are made of a key. */
public final class AccountAddress {

    private AccountAddress() {}

    /** Whether {@code account} is the one whose address {@code key} makes. */
    public static boolean isMadeOf(Principal account, PublicKey key) {
        Address address = account.address();
        return !account.isContract() && address.equals(Hash160.address(address.version(), key));
    }
}
