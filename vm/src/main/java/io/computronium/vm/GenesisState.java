package io.computronium.vm;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Coin;
import io.computronium.primitives.Principal;
import io.computronium.primitives.bft.Validator;
import io.computronium.primitives.codec.StateCodec;
import io.computronium.primitives.state.AccountState;
import io.computronium.primitives.state.CoinSupply;
import io.computronium.primitives.state.FeeState;
import io.computronium.primitives.state.StateKey;
import io.computronium.vm.builtin.Econ;
import io.computronium.vm.builtin.EconomyParameters;
import io.computronium.vm.builtin.Seat;
import io.computronium.vm.builtin.StakingGenesis;
import io.computronium.vm.builtin.StakingParameters;
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
     * @param operator stakes for it and earns by it; each stands behind one validator
     * @param bond grains of the operator at stake, over 0
     * @param commissionBp part of its delegators' rewards that the operator keeps
     */
    public record GenesisSeat(
            Validator validator, Principal operator, long bond, long commissionBp) {}

    /**
     * What a chain starts with.
     *
     * @param epochLength in blocks
     * @param allocations each principal once
     * @param seats each key and operator once, at least one
     */
    public record Content(
            EconomyParameters economy,
            StakingParameters staking,
            long epochLength,
            List<Allocation> allocations,
            List<GenesisSeat> seats) {}

    /**
     * The write set that makes the state.
     *
     * @throws IllegalArgumentException if a principal or key occurs twice, an amount is out of
     *     range, or what there is and will be minted is over {@link Coin#MAX_SUPPLY_GRAINS}
     */
    public static SortedMap<Bytes, Optional<Bytes>> writes(Rules rules, Content content) {
        var writes = new TreeMap<Bytes, Optional<Bytes>>();
        long supply = 0;
        for (Allocation allocation : content.allocations) {
            supply = add(supply, allocation.grains(), allocation);
            allocate(writes, rules.resolve(allocation.principal()), allocation.grains());
        }
        long bonds = 0;
        for (GenesisSeat seat : content.seats) {
            supply = add(supply, seat.bond, seat);
            bonds += seat.bond;
        }
        if (content.economy.totalEmission() > Coin.MAX_SUPPLY_GRAINS - supply) {
            throw new IllegalArgumentException("supply and emission are over the cap");
        }
        allocate(writes, rules.builtIn("staking"), bonds);
        put(
                writes,
                StateKey.coinSupply(),
                StateCodec.COIN_SUPPLY.encode(new CoinSupply(supply, 0, 0)));
        put(
                writes,
                StateKey.fees(),
                StateCodec.FEES.encode(new FeeState(rules.parameters().initialBaseFee())));
        contracts(rules, content, writes);
        return writes;
    }

    private static long add(long supply, long grains, Object what) {
        if (grains <= 0 || grains > Coin.MAX_SUPPLY_GRAINS - supply) {
            throw new IllegalArgumentException("out of range: " + what);
        }
        return supply + grains;
    }

    private static void allocate(
            SortedMap<Bytes, Optional<Bytes>> writes, Principal principal, long grains) {
        put(
                writes,
                StateKey.account(principal),
                StateCodec.ACCOUNT.encode(AccountState.EMPTY.withBalance(grains)));
    }

    /** Lets the contracts that every block needs put their first records. */
    private static void contracts(
            Rules rules, Content content, SortedMap<Bytes, Optional<Bytes>> writes) {
        List<Seat> seats =
                content.seats.stream()
                        .map(seat ->
                                new Seat(
                                        seat.validator.publicKey(),
                                        rules.resolve(seat.operator),
                                        seat.validator.power(),
                                        seat.bond,
                                        seat.commissionBp))
                        .toList();
        Seat.requireDistinct(seats);
        StateReader before = key -> writes.getOrDefault(key, Optional.empty());
        var state = new WorkingState(before, 0);
        var context = new BlockContext(0, 0, seats.getFirst().key());
        var contracts = new BlockContracts(rules, context, state);
        contracts.run("econ", econ -> Econ.begin(econ, content.economy));
        contracts.run(
                "staking",
                staking ->
                        StakingGenesis.begin(staking, content.staking, content.epochLength, seats));
        state.writeTo(writes);
    }

    private static void put(SortedMap<Bytes, Optional<Bytes>> writes, Bytes key, byte[] value) {
        if (writes.put(key, Optional.of(Bytes.owned(value))) != null) {
            throw new IllegalArgumentException("twice in genesis: key " + key);
        }
    }
}
