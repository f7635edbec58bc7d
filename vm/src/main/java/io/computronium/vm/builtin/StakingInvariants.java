package io.computronium.vm.builtin;

import static io.computronium.vm.builtin.StakingState.CARRY;
import static io.computronium.vm.builtin.StakingState.DELEGATIONS;
import static io.computronium.vm.builtin.StakingState.UNBONDINGS;
import static io.computronium.vm.builtin.StakingState.VALIDATORS;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.primitives.Uint128;
import io.computronium.primitives.tx.Asset;
import io.computronium.vm.builtin.StakingState.Delegation;
import io.computronium.vm.builtin.StakingState.Pair;
import io.computronium.vm.builtin.StakingState.Unbonding;
import io.computronium.vm.contract.Contract.Invariant;
import io.computronium.vm.contract.StateView;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What always holds of the records of {@code staking}. */
final class StakingInvariants {

    static final Invariant[] ALL = {
        new Invariant(
                "stake-covered",
                "the balance is all stake, unbondings, unpaid rewards and commissions, and carry",
                StakingInvariants::balanceFault),
        new Invariant(
                "shares-add-up",
                "the shares of a validator are those of its delegators",
                StakingInvariants::sharesFault),
        new Invariant(
                "pots-cover-rewards",
                "the pot of a validator covers what its delegators have earned",
                StakingInvariants::potFault)
    };

    private StakingInvariants() {}

    private static @Nullable String balanceFault(StateView state) {
        long owed = state.find(CARRY).orElse(0L);
        for (ValidatorState validator : state.all(VALIDATORS).values()) {
            owed += validator.stake().tokens() + validator.rewards().pot() + validator.earned();
        }
        for (Unbonding unbonding : state.all(UNBONDINGS).values()) {
            owed += unbonding.amount();
        }
        long balance = state.balance(Asset.COIN, state.self());
        return balance >= owed ? null : "balance " + balance + " for " + owed;
    }

    private static @Nullable String sharesFault(StateView state) {
        Map<Bytes, Uint128> sums = new TreeMap<>();
        state.all(DELEGATIONS)
                .forEach((key, delegation) ->
                        sums.merge(validatorOf(key).toBytes(), delegation.shares(), Uint128::plus));
        for (Map.Entry<Bytes, ValidatorState> entry : state.all(VALIDATORS).entrySet()) {
            Principal operator = VALIDATORS.key().decode(entry.getKey());
            Uint128 sum = sums.getOrDefault(operator.toBytes(), Uint128.ZERO);
            if (!sum.equals(entry.getValue().stake().shares())) {
                return operator + " has " + entry.getValue().stake().shares() + ", not " + sum;
            }
        }
        return null;
    }

    private static @Nullable String potFault(StateView state) {
        Map<Bytes, Long> owed = new TreeMap<>();
        Map<Bytes, ValidatorState> validators = state.all(VALIDATORS);
        for (Map.Entry<Bytes, Delegation> entry : state.all(DELEGATIONS).entrySet()) {
            Bytes key = VALIDATORS.key().encode(validatorOf(entry.getKey()));
            ValidatorState validator = validators.get(key);
            if (validator == null) {
                return "a delegation to nobody: " + key;
            }
            Delegation held = entry.getValue();
            long earned =
                    validator
                            .rewards()
                            .earned(held.shares(), held.paidTo(), held.fraction())
                            .paid();
            long sum = owed.merge(key, earned, Math::addExact);
            if (validator.rewards().pot() < sum) {
                return "pot " + validator.rewards().pot() + " for " + sum;
            }
        }
        return null;
    }

    private static Principal validatorOf(Bytes key) {
        Pair pair = DELEGATIONS.key().decode(key);
        return pair.validator();
    }
}
