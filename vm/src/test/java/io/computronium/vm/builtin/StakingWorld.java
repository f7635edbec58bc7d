package io.computronium.vm.builtin;

import static io.computronium.vm.TestWorld.account;
import static io.computronium.vm.TestWorld.buffer;
import static io.computronium.vm.TestWorld.key;
import static io.computronium.vm.TestWorld.possession;
import static io.computronium.vm.TestWorld.principal;
import static io.computronium.vm.TestWorld.system;
import static io.computronium.vm.TestWorld.uint;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Coin;
import io.computronium.primitives.Principal;
import io.computronium.primitives.bft.Validator;
import io.computronium.vm.GenesisState;
import io.computronium.vm.GenesisState.Allocation;
import io.computronium.vm.GenesisState.GenesisSeat;
import io.computronium.vm.TestWorld;
import io.computronium.vm.TestWorld.Outcome;
import io.computronium.vm.contract.Shape;
import io.computronium.vm.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Four validators, {@code v1} to {@code v4}, whose operators are {@code op1} to {@code op4}. */
final class StakingWorld {

    static final long CPTM = Coin.GRAINS_PER_CPTM;
    static final long MIN_BOND = 10_000 * CPTM;
    static final long BOND = 100_000 * CPTM;
    static final long START = 1_000_000 * CPTM;
    static final long EPOCH = 60;
    static final long UNBONDING = 1_000;
    static final Principal STAKING = system("staking");

    /** A window of 20 of which 10 may be missed. */
    static final StakingParameters PARAMETERS =
            new StakingParameters(4, 4, MIN_BOND, CPTM, UNBONDING, 20, 5_000, 30, 1, 500);

    static final EconomyParameters ECONOMY =
            new EconomyParameters(3_000, 2_000, 1_000, 100, 1_000, List.of(10_000 * CPTM));

    private static final String[] ACTORS = {
        "op1", "op2", "op3", "op4", "op5", "alice", "bob", "carol", "poor"
    };

    final TestWorld world;

    StakingWorld() {
        this(PARAMETERS, ECONOMY);
    }

    StakingWorld(StakingParameters parameters, EconomyParameters economy) {
        List<GenesisSeat> seats = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            seats.add(
                    new GenesisSeat(
                            new Validator(key("v" + i).publicKey(), 1),
                            account("op" + i),
                            BOND,
                            500));
        }
        List<Allocation> allocations = new ArrayList<>();
        for (String actor : ACTORS) {
            allocations.add(
                    new Allocation(account(actor), actor.equals("poor") ? CPTM / 100 : START));
        }
        world =
                TestWorld.on(
                        new GenesisState.Content(economy, parameters, EPOCH, allocations, seats));
    }

    Outcome register(String operator, String keyName, long commission, long bond) {
        return world.call(
                operator,
                STAKING,
                "register",
                keyValue(keyName),
                possession(keyName, operator),
                uint(commission),
                uint(2_000),
                uint(bond));
    }

    Outcome delegate(String delegator, String operator, long amount) {
        return world.call(delegator, STAKING, "delegate", principal(operator), uint(amount));
    }

    Outcome undelegate(String delegator, String operator, long amount) {
        return world.call(delegator, STAKING, "undelegate", principal(operator), uint(amount));
    }

    Outcome withdraw(String delegator, String operator) {
        return world.call(delegator, STAKING, "withdraw", principal(operator));
    }

    Outcome claim(String delegator, String operator) {
        return world.call(delegator, STAKING, "claim", principal(operator));
    }

    static Value keyValue(String keyName) {
        return buffer(Bytes.owned(key(keyName).publicKey().toArray()));
    }

    long stake(String delegator, String operator) {
        return world.read(
                Shape.UINT, STAKING, "get-stake", principal(delegator), principal(operator));
    }

    long rewards(String delegator, String operator) {
        return world.read(
                Shape.UINT, STAKING, "get-rewards", principal(delegator), principal(operator));
    }

    ValidatorState validator(String operator) {
        return world.read(
                        Shape.optional(ValidatorState.SHAPE),
                        STAKING,
                        "get-validator",
                        principal(operator))
                .orElseThrow();
    }

    List<Seat> seats() {
        return world.view(STAKING).find(StakingState.SEATS).orElseThrow();
    }

    boolean isSeated(String operator) {
        return seats().stream().anyMatch(seat -> seat.operator().equals(account(operator)));
    }

    int seatOf(String operator) {
        return seats().stream().map(Seat::operator).toList().indexOf(account(operator));
    }

    /** To the first block of the next epoch. */
    void nextEpoch() {
        long height = world.nextHeight();
        world.passTo((height / EPOCH + 1) * EPOCH + 1);
    }
}
