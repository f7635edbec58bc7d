package io.computronium.primitives.state;

import io.computronium.primitives.MalformedDataException;

/**
 * The fee market.
 *
 * @param baseFee grains for 1,000 gas in the next block, over 0
 */
public record FeeState(long baseFee) {
    public FeeState {
        MalformedDataException.unless(baseFee > 0, "fees.baseFee: over 0 expected");
    }
}
