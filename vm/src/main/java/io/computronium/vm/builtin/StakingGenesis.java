package io.computronium.vm.builtin;

import static io.computronium.vm.builtin.StakingState.CARRY;
import static io.computronium.vm.builtin.StakingState.DELEGATIONS;
import static io.computronium.vm.builtin.StakingState.EPOCH_LENGTH;
import static io.computronium.vm.builtin.StakingState.KEYS;
import static io.computronium.vm.builtin.StakingState.PARAMETERS;
import static io.computronium.vm.builtin.StakingState.QUEUE;
import static io.computronium.vm.builtin.StakingState.ROSTER;
import static io.computronium.vm.builtin.StakingState.SNAPSHOT;
import static io.computronium.vm.builtin.StakingState.VALIDATORS;

import io.computronium.primitives.Principal;
import io.computronium.primitives.Uint128;
import io.computronium.vm.builtin.StakingState.Backing;
import io.computronium.vm.builtin.StakingState.Delegation;
import io.computronium.vm.builtin.StakingState.Pair;
import io.computronium.vm.builtin.StakingState.Queue;
import io.computronium.vm.builtin.ValidatorState.Commission;
import io.computronium.vm.contract.Amounts;
import io.computronium.vm.contract.Frame;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;

/** The first validators: they have a seat from the first block on, without an election. */
public final class StakingGenesis {

    private StakingGenesis() {}

    /**
     * Puts the first records. The bonds are in the contract's account by now.
     *
     * @param seats whose stake is the operator's bond; operators and keys differ
     */
    public static void begin(
            Frame genesis, StakingParameters parameters, long epochLength, List<Seat> seats) {
        genesis.put(PARAMETERS, parameters.forFirst(seats.size()));
        genesis.put(EPOCH_LENGTH, epochLength);
        genesis.put(ROSTER, seats.stream().map(Seat::operator).toList());
        genesis.put(
                SNAPSHOT,
                seats.stream().map(seat -> new Backing(seat.operator(), seat.stake())).toList());
        genesis.put(CARRY, 0L);
        genesis.put(QUEUE, new Queue(0, 0));
        seats.forEach(seat -> register(genesis, seat));
        List<Seat> ordered = seats.stream().sorted(Comparator.comparing(Seat::key)).toList();
        Election.begin(genesis, 0, ordered, ordered);
    }

    private static void register(Frame genesis, Seat seat) {
        Principal operator = seat.operator();
        Uint128 shares = Uint128.of(seat.stake());
        var commission = new Commission(seat.commissionBp(), Amounts.WHOLE_BP, 0);
        genesis.put(
                VALIDATORS,
                operator,
                ValidatorState.fresh(seat.key(), commission)
                        .with(StakePool.EMPTY.add(seat.stake(), shares)));
        genesis.put(
                DELEGATIONS,
                new Pair(operator, operator),
                new Delegation(shares, BigInteger.ZERO, 0));
        genesis.put(KEYS, seat.key(), operator);
    }
}
