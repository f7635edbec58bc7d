/**
 * The bytes of what peers say. A {@link io.computronium.p2p.codec.Frame} is one message as it
 * travels:
 *
 * <pre>
 * length u32 | type u8 | payload            length counts the payload alone; big-endian
 * </pre>
 *
 * <p>{@link io.computronium.p2p.codec.FrameType} lists the types with the most bytes that each may
 * have, which is known before the payload is. The payload is a canonical message of {@code
 * p2p.proto}, or a vote, a proposal or a certificate in the one form that they have everywhere.
 * Blocks' parts inside a message are encoded on their own, so that they are the same bytes as in
 * storage and in hashes.
 */
@NullMarked
package io.computronium.p2p.codec;

import org.jspecify.annotations.NullMarked;
