package io.computronium.consensus;

import io.computronium.primitives.Hash;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.bft.ValidatorSet;
import org.jspecify.annotations.Nullable;

/**
 * The block that a height builds on.
 *
 * @param id at height 1: the genesis hash
 * @param timeMillis at height 1: the genesis time
 * @param validators the set that decided it; at height 1: the first set
 * @param commit what made it final; null at height 1 only
 */
public record Parent(
        Hash id, long timeMillis, ValidatorSet validators, @Nullable CommitCertificate commit) {}
