package io.computronium.genesis;

import io.computronium.primitives.Coin;
import io.computronium.primitives.Principal;
import io.computronium.primitives.PublicKey;

/**
 * A validator of the first epoch.
 *
 * @param name 1 to 32 characters of a-z, 0-9 and '-', for people and metrics
 * @param publicKey of its consensus key
 * @param power votes, over 0
 * @param operator stakes for it and earns by it
 * @param bond grains of the operator at stake, over 0, beside its account's balance
 * @param commissionBp part of its delegators' rewards that the operator keeps
 */
public record GenesisValidator(
        String name,
        PublicKey publicKey,
        long power,
        Principal operator,
        long bond,
        int commissionBp) {

    /** 5 %, unless a document says otherwise. */
    public static final int DEFAULT_COMMISSION_BP = 500;

    /** 100,000 CPTM, unless a document says otherwise: ten times what an election asks for. */
    public static final long DEFAULT_BOND = 100_000 * Coin.GRAINS_PER_CPTM;
}
