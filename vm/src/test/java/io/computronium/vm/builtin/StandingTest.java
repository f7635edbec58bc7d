package io.computronium.vm.builtin;

import static io.computronium.vm.builtin.ForwardDecay.HALF_LIFE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.vm.TestWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How ratings fade, and what score follows from them. */
class StandingTest {

    private static final long CPTM = 100_000_000;

    private static Rating rating(long rating, long weight, long height) {
        return new Rating(
                TestWorld.account("bob"),
                rating,
                weight,
                height,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    private static long weightAt(Standing standing, long height) {
        return ForwardDecay.read(standing.at(height).weights(), height);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1000000000",
        "302400, 666666666",
        "604800, 500000000",
        "907200, 333333333",
        "6048000, 976562",
        "38102400, 0",
        "9223372036854775807, 0",
    })
    void weightHalvesInEachHalfLife(long age, long left) {
        Standing standing = Standing.NONE.plus(rating(100, 1_000_000_000, 0), 0, 1);
        assertEquals(left, weightAt(standing, age));
    }

    /** Fading step by step would leave 0.607 instead of 0.5. */
    @Test
    void touchingARecordAThousandTimesChangesNothing() {
        Standing touched = Standing.NONE.plus(rating(80, 1_000_000_000, 0), 0, 1);
        Standing left = touched;
        for (long i = 1; i <= 1_000; i++) {
            long height = i * HALF_LIFE / 1_000;
            touched = touched.plus(rating(0, 0, height), height, 1).at(height);
        }
        assertEquals(500_000_000, weightAt(touched, HALF_LIFE));
        assertEquals(left.at(HALF_LIFE), touched);
    }

    @Test
    void whatIsNewIsWorthWhatItIs() {
        for (long height : new long[] {0, 1, HALF_LIFE / 3, HALF_LIFE - 1, HALF_LIFE, 10_000_000}) {
            Standing standing = Standing.NONE.plus(rating(50, 1_000_000_000, height), height, 1);
            long weight = weightAt(standing, height);
            assertTrue(weight == 1_000_000_000 || weight == 999_999_999, height + ": " + weight);
        }
    }

    @Test
    void aNewAgentHas4000() {
        assertEquals(4_000, Standing.NONE.score(0));
        assertEquals(4_000, Standing.NONE.score(123_456_789));
    }

    @Test
    void theScoreOfTheDesign() {
        Standing standing = new Standing(1_000 * CPTM, 0, 0, 3 * CPTM, 3 * CPTM * 95, 0, 40, 1);
        assertEquals(8_047, standing.score(0));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0, 4000",
        "100000000000, 0, 0, 0, 5000",
        "0, 0, 1, 0, 4499",
        "0, 0, 0, 1, 3499",
        "0, 100000000, 0, 0, 5250",
        "100000000000000000, 900000000000000, 1000000, 0, 9999",
    })
    void eachPartCounts(long stake, long weight, long done, long failed, long score) {
        Standing standing = new Standing(stake, 0, 0, weight, weight * 100, 0, done, failed);
        assertEquals(score, standing.score(0));
    }

    @Test
    void badRatingsLowerTheScore() {
        Standing standing = Standing.NONE.plus(rating(0, CPTM, 0), 0, 1);
        assertEquals(2_750, standing.score(0));
        assertEquals(4_000, standing.score(100 * HALF_LIFE));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void takingARatingBackNeverTakesMoreThanItGave(long seed) {
        var random = new Random(seed);
        Standing standing = Standing.NONE;
        List<Rating> live = new ArrayList<>();
        long height = 0;
        for (int i = 0; i < 2_000; i++) {
            height += random.nextLong(HALF_LIFE / 20);
            if (live.isEmpty() || random.nextInt(3) > 0) {
                Rating given = rating(random.nextLong(101), random.nextLong(1L << 40), height);
                live.add(given);
                standing = standing.plus(given, height, 1);
            } else {
                Rating taken = live.remove(random.nextInt(live.size()));
                standing = standing.plus(taken, height, -1);
            }
            assertTrue(standing.weights() >= 0, "seed " + seed + " step " + i);
            assertTrue(standing.weightedRatings() >= 0, "seed " + seed + " step " + i);
            long score = standing.score(height);
            assertTrue(score >= 0 && score <= 10_000, "seed " + seed + " score " + score);
        }
        while (!live.isEmpty()) {
            standing = standing.plus(live.removeLast(), height, -1);
        }
        // Only what flooring many parts at once kept is left.
        assertTrue(standing.weights() < 2_000, "seed " + seed + ": " + standing);
    }
}
