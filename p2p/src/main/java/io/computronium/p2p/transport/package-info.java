/**
 * Sockets, TLS and framing: how a {@link io.computronium.p2p.PeerNetwork} works.
 *
 * <p>A connection passes these in order, and what fails at one of them costs nothing of the next:
 *
 * <ol>
 *   <li>{@code Admission} counts it, by address, the moment it is accepted;
 *   <li>{@code Throttle} bounds what is read from it;
 *   <li>{@code Tls} finds out who it is: TLS 1.3, each side with one self-signed certificate whose
 *       key is the node's key;
 *   <li>{@code FrameDecoder} cuts the stream, and refuses a length or type by the header alone;
 *   <li>{@code Greeting} waits for the Hello, which must be of the same chain and come in time;
 *   <li>{@code Links} sees to it that there is one connection to each peer, even if two nodes dial
 *       each other at once;
 *   <li>{@code Link} is then the {@link io.computronium.p2p.Peer}: messages in to the listener,
 *       messages out through an {@code Outbox}, where votes pass everything else.
 * </ol>
 *
 * <p>{@code Dialler} keeps the static peers connected. {@code Rejections} counts and logs who was
 * turned away.
 *
 * <p>Each network has one loop thread, which owns all of this, so nothing here is locked; what
 * other threads may touch (queues, counters, the published map of peers) says so. One more thread
 * computes handshakes.
 */
@NullMarked
package io.computronium.p2p.transport;

import org.jspecify.annotations.NullMarked;
