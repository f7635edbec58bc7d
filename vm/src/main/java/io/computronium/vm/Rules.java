package io.computronium.vm;

import io.computronium.primitives.Address;
import io.computronium.primitives.AddressVersions;
import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.Principal;
import io.computronium.vm.builtin.BuiltIns;
import io.computronium.vm.contract.ContractRegistry;

/**
 * Everything that decides, besides the state, what a transaction does at some height.
 *
 * @param protocolVersion which execution rules; {@link #V1} are the only ones so far
 * @param chain what transactions must name, and off-chain signatures
 * @param addresses the versions of the network's addresses
 * @param contracts those that are built in
 */
public record Rules(
        int protocolVersion,
        ChainIdentity chain,
        AddressVersions addresses,
        ExecutionParameters parameters,
        GasTable gas,
        ContractRegistry contracts) {

    public static final int V1 = 1;

    /** The first rules of a chain. */
    public static Rules v1(
            ChainIdentity chain, AddressVersions addresses, ExecutionParameters parameters) {
        return new Rules(V1, chain, addresses, parameters, GasTable.V1, BuiltIns.REGISTRY);
    }

    /** The contract of the system account that goes by {@code name}. */
    public Principal builtIn(String name) {
        return Principal.of(addresses.systemAccount(), name);
    }

    /** Whether {@code address} is the system account, in the literal of any network. */
    boolean isSystem(Address address) {
        int version = address.version();
        if (version != addresses.key()
                && version != AddressVersions.MAINNET.key()
                && version != AddressVersions.TESTNET.key()) {
            return false;
        }
        for (int i = 1; i < Address.SIZE; i++) {
            if (address.at(i) != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * {@code principal}, where either literal of the system account means the running network's.
     */
    Principal resolve(Principal principal) {
        Address address = principal.address();
        return address.version() != addresses.key() && isSystem(address)
                ? new Principal(addresses.systemAccount(), principal.contract())
                : principal;
    }
}
