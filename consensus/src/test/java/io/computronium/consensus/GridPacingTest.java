package io.computronium.consensus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.computronium.consensus.GridPacing.Anchor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** D9. One second and 500 ms, epochs of 600. */
class GridPacingTest {

    private static final GridPacing PACING = new GridPacing(ConsensusParameters.DEFAULT);

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "the anchor itself,                  601, 5_000_000,  601, 5_000_000",
        "one interval a height,              601, 5_000_000,  640, 5_039_000",
        "the last block of the epoch,        601, 5_000_000, 1200, 5_599_000",
        "the next epoch's first by the last, 601, 5_000_000, 1201, 5_600_000",
    })
    void targets(String what, long anchorHeight, String anchorMillis, long height, String target) {
        var anchor = new Anchor(anchorHeight, number(anchorMillis));
        assertEquals(number(target), PACING.targetMillis(anchor, height));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "on time,                           640, 5_039_000, 601",
        "10 s late: still catching up,      640, 5_049_000, 601",
        "later: the grid moves,             640, 5_049_001, 640",
        "first of the next epoch,          1201, 5_600_000, 1201",
        "first of the next epoch and late, 1201, 5_603_000, 1201",
    })
    void anchors(String what, long height, String timeMillis, long expectedHeight) {
        var before = new Anchor(601, 5_000_000);
        var expected = expectedHeight == height ? new Anchor(height, number(timeMillis)) : before;
        assertEquals(expected, PACING.next(before, height, number(timeMillis)));
    }

    @Test
    void heightOneIsDueAtGenesisOrAtTheStart() {
        assertEquals(9_000, PACING.targetMillis(Anchor.first(9_000, 7_000), 1));
        assertEquals(9_000, PACING.targetMillis(Anchor.first(7_000, 9_000), 1));
        assertEquals(
                new Anchor(1, 9_700),
                PACING.next(Anchor.first(9_000, 7_000), 1, 9_700),
                "from then on by the first block, which all have");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "on time,                      10_000,  9_000,  9_940, 10_000",
        "the parent was late,          10_000,  9_800,  9_900, 10_300",
        "1500 ms late: still due,      10_000,  9_000, 11_500, 10_000",
        "later: the clock's time,      10_000,  9_000, 11_501, 11_501",
        "late parent; catching up,     10_000, 11_000, 11_440, 11_500",
    })
    void blockTimes(String what, String target, String parent, String now, String expected) {
        assertEquals(
                number(expected), PACING.blockMillis(number(target), number(parent), number(now)));
    }

    /**
     * Blocks that take 700 ms each after a pause of 8 s: back on the grid, not 8 s behind for ever.
     */
    @Test
    void catchesUpAfterAPause() {
        var anchor = new Anchor(1, 0);
        long parent = 18_000; // block 11, due at 10,000
        long now = parent + 700;
        for (long height = 12; height < 60; height++) {
            long target = PACING.targetMillis(anchor, height);
            long entry = Math.max(now, PACING.entryMillis(target, parent));
            long time = PACING.blockMillis(target, parent, entry);
            anchor = PACING.next(anchor, height, time);
            parent = time;
            now = entry + 700;
        }
        assertEquals(58_000, parent, "block 59 is on the grid of block 1");
        assertEquals(new Anchor(1, 0), anchor);
    }

    private static long number(String text) {
        return Long.parseLong(text.replace("_", ""));
    }
}
