package io.computronium.p2p.transport;

import io.computronium.p2p.Hello;
import io.computronium.p2p.PeerListener;
import io.computronium.p2p.PeerNetworkConfig;
import io.computronium.p2p.Rejection;
import io.computronium.primitives.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * What all connections of one node share.
 *
 * @param instance random, drawn at the start
 */
record Local(
        PeerNetworkConfig config,
        NodeId id,
        long instance,
        PeerListener listener,
        Rejections rejections) {

    private static final int MIN_VERSION = 1;
    private static final int MAX_VERSION = 1;

    /** This node's Hello at this moment. */
    Hello hello() {
        PeerListener.LocalStatus status = listener.status();
        return new Hello(
                MIN_VERSION,
                MAX_VERSION,
                config.chain().chainId(),
                config.chain().genesisHash(),
                instance,
                status.height(),
                status.capabilities(),
                status.seatProof());
    }

    /** Why a node that says {@code hello} cannot be a peer; null if it can. */
    @Nullable Rejection verdict(Hello hello) {
        if (!hello.chainId().equals(config.chain().chainId())
                || !hello.genesisHash().equals(config.chain().genesisHash())) {
            return Rejection.WRONG_CHAIN;
        }
        return hello.maxVersion() < MIN_VERSION || hello.minVersion() > MAX_VERSION
                ? Rejection.VERSION
                : null;
    }
}
