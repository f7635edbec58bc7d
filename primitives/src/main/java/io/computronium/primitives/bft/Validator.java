package io.computronium.primitives.bft;

import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.PublicKey;

/**
 * A seat of the validator set.
 *
 * @param publicKey the consensus key
 * @param power votes that the seat casts, over 0
 */
public record Validator(PublicKey publicKey, long power) {
    public Validator {
        MalformedDataException.unless(
                power > 0 && power <= ValidatorSet.MAX_TOTAL_POWER,
                "validator.power: 1 to 2^60 expected");
    }
}
