package io.computronium.vm;

import io.computronium.primitives.PublicKey;
import io.computronium.primitives.bft.SignerBits;
import org.jspecify.annotations.Nullable;

/**
 * What a block knows of itself before it runs.
 *
 * @param height from 1
 * @param timeMillis milliseconds since 1970, as the header will say
 * @param proposer consensus key of the validator that built it
 * @param parentSigners of the certificate that the block carries; null: it carries none
 */
public record BlockContext(
        long height, long timeMillis, PublicKey proposer, @Nullable SignerBits parentSigners) {

    /** Of a block that only looks at what would be. */
    public BlockContext(long height, long timeMillis, PublicKey proposer) {
        this(height, timeMillis, proposer, null);
    }
}
