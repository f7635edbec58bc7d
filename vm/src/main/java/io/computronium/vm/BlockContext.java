package io.computronium.vm;

import io.computronium.primitives.PublicKey;

/**
 * What a block knows of itself before it runs.
 *
 * @param height from 1
 * @param timeMillis milliseconds since 1970, as the header will say
 * @param proposer consensus key of the validator that built it
 */
public record BlockContext(long height, long timeMillis, PublicKey proposer) {}
