package io.computronium.primitives.state;

import io.computronium.primitives.Coin;
import io.computronium.primitives.MalformedDataException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An account. One that has no record is {@link #EMPTY}, and an empty one is not stored.
 *
 * @param balance grains
 * @param nextSequence the next sequence of lane 0
 * @param lanes the other lanes that were used, ascending
 * @param managed whether the contract {@code account} has a record of who may act for it; else the
 *     key that its address is made of may, alone
 */
public record AccountState(
        long balance, long nextSequence, List<LaneWindow> lanes, boolean managed) {

    public static final AccountState EMPTY = new AccountState(0, 0, List.of(), false);

    public AccountState {
        lanes = List.copyOf(lanes);
        MalformedDataException.unless(
                balance >= 0 && balance <= Coin.MAX_SUPPLY_GRAINS, "account.balance: out of range");
        MalformedDataException.unless(nextSequence >= 0, "account.nextSequence: over 63 bits");
    }

    public AccountState withBalance(long newBalance) {
        return new AccountState(newBalance, nextSequence, lanes, managed);
    }

    /** With a record in the contract {@code account}. */
    public AccountState withManaged() {
        return new AccountState(balance, nextSequence, lanes, true);
    }

    /** What is known of a lane from 1 to 15; an unused one is {@link LaneWindow#unused}. */
    public LaneWindow lane(int lane) {
        for (LaneWindow window : lanes) {
            if (window.lane() == lane) {
                return window;
            }
        }
        return LaneWindow.unused(lane);
    }

    public SequenceCheck check(int lane, long sequence) {
        if (lane != 0) {
            return lane(lane).check(sequence);
        }
        int order = Long.compare(sequence, nextSequence);
        return order == 0
                ? SequenceCheck.FREE
                : order < 0 ? SequenceCheck.USED : SequenceCheck.AHEAD;
    }

    /**
     * Marks a sequence as used.
     *
     * @throws IllegalStateException unless {@link #check} says it is free
     */
    public AccountState use(int lane, long sequence) {
        if (check(lane, sequence) != SequenceCheck.FREE) {
            throw new IllegalStateException("sequence is not free");
        }
        if (lane == 0) {
            return new AccountState(balance, nextSequence + 1, lanes, managed);
        }
        LaneWindow updated = lane(lane).use(sequence);
        List<LaneWindow> others = new ArrayList<>(lanes);
        others.removeIf(window -> window.lane() == lane);
        others.add(updated);
        others.sort(Comparator.comparingInt(LaneWindow::lane));
        return new AccountState(balance, nextSequence, others, managed);
    }

    /** Whether a sequence number may be used now. */
    public enum SequenceCheck {
        FREE,
        USED,
        AHEAD
    }
}
