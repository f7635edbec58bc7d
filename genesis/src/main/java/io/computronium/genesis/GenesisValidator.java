package io.computronium.genesis;

import io.computronium.primitives.Principal;
import io.computronium.primitives.PublicKey;

/**
 * A validator of the first epoch.
 *
 * @param name 1 to 32 characters of a-z, 0-9 and '-', for people and metrics
 * @param publicKey of its consensus key
 * @param power votes, over 0
 * @param operator receives the proposer's part of fees
 */
public record GenesisValidator(String name, PublicKey publicKey, long power, Principal operator) {}
