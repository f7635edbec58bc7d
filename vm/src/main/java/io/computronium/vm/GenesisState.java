package io.computronium.vm;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Coin;
import io.computronium.primitives.Principal;
import io.computronium.primitives.bft.Validator;
import io.computronium.primitives.bft.ValidatorSet;
import io.computronium.primitives.codec.BftCodec;
import io.computronium.primitives.codec.StateCodec;
import io.computronium.primitives.state.AccountState;
import io.computronium.primitives.state.CoinSupply;
import io.computronium.primitives.state.FeeState;
import io.computronium.primitives.state.Seat;
import io.computronium.primitives.state.StateKey;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The state before block 1. */
public final class GenesisState {

    private GenesisState() {}

    /**
     * Coins that exist from the start.
     *
     * @param grains over 0
     */
    public record Allocation(Principal principal, long grains) {}

    /**
     * A validator of the first epoch.
     *
     * @param operator receives the proposer's part of fees
     */
    public record GenesisSeat(Validator validator, Principal operator) {}

    /**
     * The write set that makes the state.
     *
     * @param allocations each principal once
     * @param seats each key once, at least one
     * @throws IllegalArgumentException if a principal or key occurs twice, an amount is out of
     *     range, or the sum is over {@link Coin#MAX_SUPPLY_GRAINS}
     */
    public static SortedMap<Bytes, Optional<Bytes>> writes(
            Rules rules, List<Allocation> allocations, List<GenesisSeat> seats) {
        var writes = new TreeMap<Bytes, Optional<Bytes>>();
        long supply = 0;
        for (Allocation allocation : allocations) {
            long grains = allocation.grains();
            if (grains <= 0 || grains > Coin.MAX_SUPPLY_GRAINS - supply) {
                throw new IllegalArgumentException("out of range: " + allocation);
            }
            supply += grains;
            put(
                    writes,
                    StateKey.account(rules.resolve(allocation.principal())),
                    StateCodec.ACCOUNT.encode(AccountState.EMPTY.withBalance(grains)));
        }
        for (GenesisSeat seat : seats) {
            put(
                    writes,
                    StateKey.seat(seat.validator().publicKey()),
                    StateCodec.SEAT.encode(new Seat(rules.resolve(seat.operator()))));
        }
        var validators = ValidatorSet.of(seats.stream().map(GenesisSeat::validator).toList());
        put(writes, StateKey.validators(), BftCodec.VALIDATOR_SET.encode(validators));
        put(
                writes,
                StateKey.coinSupply(),
                StateCodec.COIN_SUPPLY.encode(new CoinSupply(supply, 0, 0)));
        put(
                writes,
                StateKey.fees(),
                StateCodec.FEES.encode(new FeeState(rules.parameters().initialBaseFee())));
        return writes;
    }

    private static void put(SortedMap<Bytes, Optional<Bytes>> writes, Bytes key, byte[] value) {
        if (writes.put(key, Optional.of(Bytes.owned(value))) != null) {
            throw new IllegalArgumentException("twice in genesis: key " + key);
        }
    }
}
