package io.computronium.p2p;

import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import org.jspecify.annotations.Nullable;

/**
 * The first message in each direction. Who the sender is, TLS has shown before.
 *
 * @param minVersion lowest protocol version that the sender speaks, from 1
 * @param maxVersion highest one
 * @param instance random, drawn when the sender started: tells a restarted node from one that dials
 *     twice
 * @param height the sender's highest final one; a hint
 * @param capabilities bits; unknown ones mean nothing
 * @param seatProof null: the sender does not speak for a validator
 */
public record Hello(
        int minVersion,
        int maxVersion,
        String chainId,
        Hash genesisHash,
        long instance,
        long height,
        long capabilities,
        @Nullable SeatProof seatProof) {

    public Hello {
        MalformedDataException.unless(
                minVersion > 0 && minVersion <= maxVersion, "hello.version: not a range");
        MalformedDataException.unless(
                ChainIdentity.isChainId(chainId), "hello.chainId: not a chain id");
        MalformedDataException.unless(height >= 0, "hello.height: over 63 bits");
    }
}
