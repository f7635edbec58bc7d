/**
 * The node's side of the peer-to-peer network: who gets which message, and what the parts of the
 * node may do to peers.
 */
@NullMarked
package io.computronium.node.network;

import org.jspecify.annotations.NullMarked;
