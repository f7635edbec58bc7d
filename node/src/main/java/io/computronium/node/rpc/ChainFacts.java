package io.computronium.node.rpc;

import io.computronium.primitives.AddressVersions;
import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.Hash;
import java.util.Map;

/**
 * What a chain is.
 *
 * @param dev its coins are declared worthless
 * @param addresses the versions of the addresses that belong to it
 * @param consensus parameters by name, in order; decimal numbers
 * @param execution as {@code consensus}
 */
public record ChainFacts(
        ChainIdentity identity,
        boolean dev,
        AddressVersions addresses,
        Hash parametersHash,
        Map<String, String> consensus,
        Map<String, String> execution) {}
