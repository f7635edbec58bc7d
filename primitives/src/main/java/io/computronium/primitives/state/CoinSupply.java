package io.computronium.primitives.state;

import io.computronium.primitives.Coin;
import io.computronium.primitives.MalformedDataException;

/**
 * How many coins there are, in grains.
 *
 * @param genesis at the start
 * @param minted since then
 * @param burned since then
 */
public record CoinSupply(long genesis, long minted, long burned) {

    public CoinSupply {
        MalformedDataException.unless(
                genesis >= 0 && minted >= 0 && burned >= 0, "supply: negative");
        long now = Math.subtractExact(Math.addExact(genesis, minted), burned);
        MalformedDataException.unless(
                now >= 0 && now <= Coin.MAX_SUPPLY_GRAINS, "supply: out of range");
    }

    /** Grains in existence: the sum of all balances. */
    public long current() {
        return genesis + minted - burned;
    }

    /**
     * @throws ArithmeticException if the sum is over {@link Coin#MAX_SUPPLY_GRAINS}
     */
    public CoinSupply mint(long grains) {
        if (grains > Coin.MAX_SUPPLY_GRAINS - current()) {
            throw new ArithmeticException("over the most coins that there may be");
        }
        return new CoinSupply(genesis, Math.addExact(minted, grains), burned);
    }

    public CoinSupply burn(long grains) {
        return new CoinSupply(genesis, minted, Math.addExact(burned, grains));
    }
}
