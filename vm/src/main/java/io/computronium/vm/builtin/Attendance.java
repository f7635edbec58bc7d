package io.computronium.vm.builtin;

import static io.computronium.vm.builtin.StakingState.MISSED;
import static io.computronium.vm.builtin.StakingState.PARAMETERS;
import static io.computronium.vm.builtin.StakingState.VALIDATORS;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.vm.builtin.StakingState.Missed;
import io.computronium.vm.builtin.ValidatorState.Conduct;
import io.computronium.vm.builtin.ValidatorState.Status;
import io.computronium.vm.contract.Frame;
import java.util.BitSet;
import java.util.List;

/**
 * Who signed the block before. A validator that missed too many of a window is jailed. The record
 * changes only when a block's bit does, so validators that sign cost nothing.
 */
public final class Attendance {

    private Attendance() {}

    /**
     * Counts the certificate of the block before.
     *
     * @param signers of its seats
     */
    public static void count(Frame block, BitSet signers) {
        StakingParameters parameters = block.read(PARAMETERS);
        List<Seat> seats = StakingState.seatsOfParent(block);
        int place = (int) ((block.height() - 1) % parameters.window());
        for (int i = 0; i < seats.size(); i++) {
            Principal operator = seats.get(i).operator();
            Missed before = block.find(MISSED, operator).orElseGet(() -> none(parameters.window()));
            Missed after = mark(before, place, !signers.get(i));
            if (after.count() > parameters.maxMissed() && jail(block, operator, parameters)) {
                block.delete(MISSED, operator);
            } else if (!after.equals(before)) {
                block.put(MISSED, operator, after);
            }
        }
    }

    private static boolean jail(Frame block, Principal operator, StakingParameters parameters) {
        ValidatorState validator = block.read(VALIDATORS, operator);
        if (validator.status() != Status.CANDIDATE) {
            return false;
        }
        long until = block.height() + parameters.jailBlocks();
        block.put(
                VALIDATORS,
                operator,
                validator.with(new Conduct(Status.JAILED, until, validator.conduct().offence())));
        block.emit(Staking.JAILED_EVENT, operator, until);
        Punishment.slash(block, operator, parameters.missedSlashBp());
        return true;
    }

    private static Missed none(long window) {
        return new Missed(Bytes.owned(new byte[Math.toIntExact(Math.ceilDiv(window, 8))]), 0);
    }

    static Missed mark(Missed before, int place, boolean missed) {
        byte[] ring = before.ring().toArray();
        int bit = 1 << (place % Byte.SIZE);
        if (((ring[place / Byte.SIZE] & bit) != 0) == missed) {
            return before;
        }
        ring[place / Byte.SIZE] ^= (byte) bit;
        return new Missed(Bytes.owned(ring), before.count() + (missed ? 1 : -1));
    }
}
