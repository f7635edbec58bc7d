package io.computronium.node.rpc;

import java.net.InetSocketAddress;
import java.util.Set;

/**
 * Where and for whom a server answers.
 *
 * @param address to listen at; port 0: any free one
 * @param hosts names besides those of loopback that requests may be addressed to, in lower case,
 *     without port. Keeps web pages from reaching the node by a name that they control
 * @param origins of web pages besides those from loopback that may ask, as browsers write them
 */
public record RpcConfig(
        InetSocketAddress address, Set<String> hosts, Set<String> origins, RpcLimits limits) {

    public RpcConfig {
        hosts = Set.copyOf(hosts);
        origins = Set.copyOf(origins);
    }

    /** For users on this machine. */
    public static RpcConfig at(InetSocketAddress address) {
        return new RpcConfig(address, Set.of(), Set.of(), RpcLimits.DEFAULT);
    }
}
