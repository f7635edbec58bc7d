package io.computronium.p2p;

import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.crypto.KeyPair;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * What a network needs to start.
 *
 * @param name of the node, for threads and log lines
 * @param listen address to accept connections at; port 0 takes any free one
 * @param nodeKey the node's identity; not the key that it votes with
 * @param chain only nodes of the same chain become peers
 * @param staticPeers nodes to stay connected to; an entry for the node itself is passed over
 */
public record PeerNetworkConfig(
        String name,
        InetSocketAddress listen,
        KeyPair nodeKey,
        ChainIdentity chain,
        List<PeerAddress> staticPeers,
        PeerLimits limits) {

    public PeerNetworkConfig {
        staticPeers = List.copyOf(staticPeers);
    }

    /** With {@link PeerLimits#DEFAULT}. */
    public PeerNetworkConfig(
            String name,
            InetSocketAddress listen,
            KeyPair nodeKey,
            ChainIdentity chain,
            List<PeerAddress> staticPeers) {
        this(name, listen, nodeKey, chain, staticPeers, PeerLimits.DEFAULT);
    }
}
