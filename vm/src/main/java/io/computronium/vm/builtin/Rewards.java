package io.computronium.vm.builtin;

import static io.computronium.vm.builtin.StakingState.CARRY;
import static io.computronium.vm.builtin.StakingState.VALIDATORS;

import io.computronium.primitives.tx.Asset;
import io.computronium.vm.contract.Amounts;
import io.computronium.vm.contract.Frame;
import java.util.BitSet;
import java.util.List;

/**
 * What the seats of the block before have earned, by their stakes: so each delegator has the same
 * yield before commission, whichever validator it chose. The share of a seat that did not sign goes
 * to the treasury and not to the others, else a proposer would gain by leaving signatures out.
 */
public final class Rewards {

    private Rewards() {}

    /**
     * Divides {@code grains}, which are in this contract's account by now.
     *
     * @param signers of the seats
     */
    public static void divide(Frame block, BitSet signers, long grains) {
        List<Seat> seats = StakingState.seatsOfParent(block);
        long carried = block.read(CARRY);
        long all = Math.addExact(grains, carried);
        long stakes = seats.stream().mapToLong(Seat::stake).sum();
        long left = all;
        long treasury = 0;
        for (int i = 0; i < seats.size() && stakes > 0; i++) {
            Seat seat = seats.get(i);
            long part = Amounts.mulDiv(all, seat.stake(), stakes);
            left -= part;
            if (signers.get(i)) {
                treasury += reward(block, seat, part);
            } else {
                treasury += part;
            }
        }
        block.pay(Asset.COIN, block.system("econ"), treasury);
        if (left != carried) {
            block.put(CARRY, left);
        }
    }

    /**
     * Gives a seat its part.
     *
     * @return what nobody is there to have
     */
    private static long reward(Frame block, Seat seat, long part) {
        if (part == 0) {
            return 0;
        }
        ValidatorState validator = block.read(VALIDATORS, seat.operator());
        long commission = Amounts.part(part, seat.commissionBp());
        long rest = part - commission;
        ValidatorState paid = validator.withEarned(Math.addExact(validator.earned(), commission));
        boolean shared = !validator.stake().shares().isZero();
        if (shared) {
            paid = paid.with(validator.rewards().add(rest, validator.stake().shares()));
        }
        block.put(VALIDATORS, seat.operator(), paid);
        return shared ? 0 : rest;
    }
}
