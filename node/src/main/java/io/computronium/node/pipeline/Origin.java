package io.computronium.node.pipeline;

import io.computronium.primitives.NodeId;

/** Where a transaction came from, so that it is not sent back there. */
public sealed interface Origin {

    /** A user of this node. */
    record Local() implements Origin {}

    /** A peer. */
    record Peer(NodeId id) implements Origin {}

    Origin LOCAL = new Local();
}
