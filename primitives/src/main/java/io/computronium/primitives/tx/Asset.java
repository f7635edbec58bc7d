package io.computronium.primitives.tx;

import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.Principal;

/** Something that the asset ledger counts. */
public sealed interface Asset {

    /** The native coin, in grains. */
    record Coin() implements Asset {}

    /** A fungible or non-fungible token that {@code contract} defines under {@code name}. */
    record Token(Principal contract, String name) implements Asset {
        public Token {
            MalformedDataException.unless(
                    contract.contract() != null, "token.contract: no contract name");
            MalformedDataException.unless(
                    !name.isEmpty() && name.length() <= 128, "token.name: 1 to 128 characters");
        }
    }

    Asset COIN = new Coin();
}
