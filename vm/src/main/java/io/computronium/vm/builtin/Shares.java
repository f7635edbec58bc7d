package io.computronium.vm.builtin;

import static io.computronium.vm.builtin.StakingState.DELEGATIONS;
import static io.computronium.vm.builtin.StakingState.VALIDATORS;

import io.computronium.primitives.Uint128;
import io.computronium.primitives.tx.Asset;
import io.computronium.vm.builtin.StakingState.Delegation;
import io.computronium.vm.builtin.StakingState.Pair;
import io.computronium.vm.contract.Frame;
import java.util.Optional;

/** The one place where a delegator's shares change, and so its rewards are settled. */
final class Shares {

    private Shares() {}

    /**
     * Pays what the delegator has earned with the shares it had, then gives it {@code shares}.
     *
     * @param validator before the change
     * @param stake after the change
     * @return the rewards that were paid
     */
    static long change(
            Frame call, Pair pair, ValidatorState validator, Uint128 shares, StakePool stake) {
        RewardPool rewards = validator.rewards();
        Optional<Delegation> before = call.find(DELEGATIONS, pair);
        RewardPool.Earned earned =
                before.map(held -> rewards.earned(held.shares(), held.paidTo(), held.fraction()))
                        .orElse(new RewardPool.Earned(0, 0));
        RewardPool left = rewards.pay(earned.paid());
        if (earned.paid() > 0) {
            call.pay(Asset.COIN, pair.delegator(), earned.paid());
            call.emit(Staking.CLAIMED, pair.delegator(), pair.validator(), earned.paid());
        }
        if (!shares.isZero()) {
            var after = new Delegation(shares, rewards.perShare(), earned.fraction());
            call.put(DELEGATIONS, pair, after);
        } else if (before.isPresent()) {
            call.delete(DELEGATIONS, pair);
        }
        if (stake.shares().isZero() && left.pot() > 0) {
            call.pay(Asset.COIN, call.system("econ"), left.pot());
        }
        RewardPool kept = stake.shares().isZero() ? left.emptied() : left;
        call.put(VALIDATORS, pair.validator(), validator.with(stake).with(kept));
        return earned.paid();
    }
}
