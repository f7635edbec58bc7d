/**
 * How nodes talk: encrypted transport, peers, gossip and sync.
 *
 * <p>This package is what the rest of a node sees. A {@link io.computronium.p2p.PeerNetwork} keeps
 * one connection to every static peer and takes in strangers up to its limits; each connection that
 * has shown its identity and its chain is a {@link io.computronium.p2p.Peer}; what peers say comes
 * to a {@link io.computronium.p2p.PeerListener} as records of {@code p2p.message}. The bytes of
 * those records are the business of {@code p2p.codec}, and sockets and TLS that of {@code
 * p2p.transport}.
 *
 * <p>Nobody here knows what a message means. A peer that breaks a rule which takes no chain to
 * judge (an overlong frame, bytes that are not canonical, another genesis) is cut off here and
 * counted as a {@link io.computronium.p2p.Rejection}; all else is for the listener to judge, which
 * can {@link io.computronium.p2p.Peer#close close} a peer.
 */
@NullMarked
package io.computronium.p2p;

import org.jspecify.annotations.NullMarked;
