package io.computronium.primitives.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.computronium.primitives.state.AccountState.SequenceCheck;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaneWindowTest {

    @ParameterizedTest
    @CsvSource({
        "-1, 0, 0, FREE",
        "-1, 0, 63, FREE",
        "-1, 0, 64, AHEAD",
        "0, 1, 0, USED",
        "0, 1, 64, FREE",
        "0, 1, 65, AHEAD",
        "100, 1, 100, USED",
        "100, 1, 99, FREE",
        "100, 1, 37, FREE",
        "100, 1, 36, USED",
        "100, 3, 99, USED",
        "9223372036854775807, 1, 9223372036854775806, FREE",
        "0, 1, 9223372036854775807, AHEAD",
    })
    void window(long highest, long seen, long sequence, SequenceCheck expected) {
        assertEquals(expected, new LaneWindow(3, highest, seen).check(sequence));
    }

    /** Against a set of all sequences that were ever used. */
    @Test
    void eachSequenceOnceWhateverTheOrder() {
        long seed = Long.getLong("seed", 11L);
        var random = new SplittableRandom(seed);
        var account = AccountState.EMPTY;
        var used = new TreeSet<Long>();
        for (int i = 0; i < 20_000; i++) {
            long highest = used.isEmpty() ? -1 : used.last();
            long sequence = Math.max(0, highest + random.nextLong(-80, 80));
            SequenceCheck expected =
                    sequence > highest + 64
                            ? SequenceCheck.AHEAD
                            : used.contains(sequence) || sequence <= highest - 64
                                    ? SequenceCheck.USED
                                    : SequenceCheck.FREE;
            int step = i;
            assertEquals(
                    expected,
                    account.check(5, sequence),
                    () -> "seed " + seed + " step " + step + " sequence " + sequence);
            if (expected == SequenceCheck.FREE && random.nextInt(3) == 0) {
                account = account.use(5, sequence);
                used.add(sequence);
            }
        }
    }

    @Test
    void laneZeroIsStrict() {
        var account = AccountState.EMPTY.use(0, 0).use(0, 1);
        assertEquals(SequenceCheck.USED, account.check(0, 1));
        assertEquals(SequenceCheck.FREE, account.check(0, 2));
        assertEquals(SequenceCheck.AHEAD, account.check(0, 3));
    }
}
