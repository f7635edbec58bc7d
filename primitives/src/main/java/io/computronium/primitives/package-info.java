/**
 * The values that every other module talks about, and nothing that acts.
 *
 * <p>At the bottom are the byte values: {@link io.computronium.primitives.Hash}, {@link
 * io.computronium.primitives.PublicKey}, {@link io.computronium.primitives.Signature}, {@link
 * io.computronium.primitives.Address}, {@link io.computronium.primitives.NodeId} and the general
 * {@link io.computronium.primitives.Bytes}. Each is a class of its own, so that a signature cannot
 * stand where a hash is meant, and all share one {@link io.computronium.primitives.ByteValue},
 * which owns the array: a value never hands it out, it copies or offers a read-only view. Equality
 * is by class and content, order is that of unsigned bytes, and text is lower-case hex except where
 * a format says otherwise (addresses).
 *
 * <p>Whatever does not fit (a wrong length, a bad checksum, a stray character) is refused with
 * {@link io.computronium.primitives.MalformedDataException} where it enters, so a value that exists
 * is well formed. That is all it is: whether a key is a good key or a signature verifies is asked
 * in {@code io.computronium.primitives.crypto}.
 */
@NullMarked
package io.computronium.primitives;

import org.jspecify.annotations.NullMarked;
