package io.computronium.primitives.state;

import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.state.AccountState.SequenceCheck;

/**
 * Which sequences of a lane from 1 to 15 were used: each once, in any order, within 64 of the
 * highest. What lies further back counts as used, what lies further ahead must wait.
 *
 * @param highest the highest used, or -1
 * @param seen bit {@code i}: {@code highest - i} was used
 */
public record LaneWindow(int lane, long highest, long seen) {

    public static final int WIDTH = 64;

    public LaneWindow {
        MalformedDataException.unless(lane >= 1 && lane <= 15, "lane: 1 to 15 expected");
        MalformedDataException.unless(
                highest == -1 ? seen == 0 : highest >= 0 && (seen & 1) == 1,
                "lane.seen: does not fit the highest");
    }

    static LaneWindow unused(int lane) {
        return new LaneWindow(lane, -1, 0);
    }

    public SequenceCheck check(long sequence) {
        if (sequence > highest) {
            return sequence - highest <= WIDTH ? SequenceCheck.FREE : SequenceCheck.AHEAD;
        }
        long back = highest - sequence;
        return back < WIDTH && (seen >>> back & 1) == 0 ? SequenceCheck.FREE : SequenceCheck.USED;
    }

    LaneWindow use(long sequence) {
        if (sequence <= highest) {
            return new LaneWindow(lane, highest, seen | 1L << (highest - sequence));
        }
        long ahead = sequence - highest;
        long shifted = ahead >= WIDTH ? 0 : seen << ahead;
        return new LaneWindow(lane, sequence, shifted | 1);
    }
}
