package io.computronium.consensus.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Agreement, no double vote, and progress once the faults are over, for many seeds. A failure names
 * its seed; {@code -Dsimulation.seed=N} runs that one alone.
 */
class SimulationTest {

    private static final int SEEDS = Integer.getInteger("simulation.seeds", 40);
    private static final long FIRST_SEED = Long.getLong("simulation.seed", 0);

    /** Loss, delay, crashes at every point, partitions, slow execution; of all at the same time. */
    @ParameterizedTest(name = "{0} validators")
    @ValueSource(ints = {1, 4, 7})
    void crashesAndLosses(int size) {
        forEachSeed(seed -> recovers(world(seed, size, 0, false)));
    }

    /** One of four, two of seven say two things all the time. */
    @ParameterizedTest(name = "{0} validators")
    @ValueSource(ints = {4, 7})
    void equivocators(int size) {
        forEachSeed(seed -> recovers(world(seed, size, (size - 1) / 3, false)));
    }

    /** One validator always comes back with its signer's file alone. */
    @ParameterizedTest(name = "{0} validators")
    @ValueSource(ints = {4, 7})
    void lostLog(int size) {
        forEachSeed(seed -> recovers(world(seed, size, 0, true)));
    }

    @Test
    void sameSeedSameRun() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + 3; seed++) {
            World one = world(seed, 4, 1, false);
            World other = world(seed, 4, 1, false);
            recovers(one);
            recovers(other);
            assertEquals(one.trace(), other.trace(), "seed " + seed);
        }
    }

    /** A block a second, to the millisecond on average. */
    @Test
    void cadence() {
        World world = quiet(1, 4, 0);
        assertTrue(world.run(Long.MAX_VALUE, () -> world.heights() > 300));
        assertEquals(300_000, world.timeOf(301) - world.timeOf(1));
    }

    /** With one of four dead, rounds are lost and made up for. */
    @Test
    void cadenceWithOneOfFourDead() {
        World world = quiet(2, 4, 1);
        assertTrue(world.run(Long.MAX_VALUE, () -> world.heights() > 200));
        long late = world.timeOf(201) - world.timeOf(1) - 200_000;
        assertTrue(Math.abs(late) <= 1_000, () -> late + " ms late after 200 blocks");
    }

    /** The worst that 21 validators have to stand, over orders of proposers. */
    @Test
    void cadenceWithFiveOfTwentyOneDead() {
        List<Long> means = new ArrayList<>();
        for (long seed = 0; seed < 9; seed++) {
            World world = quiet(seed, 21, 5);
            assertTrue(world.run(Long.MAX_VALUE, () -> world.heights() > 42));
            means.add((world.timeOf(43) - world.timeOf(1)) / 42);
        }
        Collections.sort(means);
        assertTrue(means.get(4) <= 1_050, () -> "median of " + means);
        assertTrue(means.getLast() <= 1_800, () -> "worst of " + means);
    }

    private interface Run {
        void of(long seed);
    }

    private static void forEachSeed(Run run) {
        long end = FIRST_SEED + (System.getProperty("simulation.seed") == null ? SEEDS : 1);
        for (long seed = FIRST_SEED; seed < end; seed++) {
            try {
                run.of(seed);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private static World world(long seed, int size, int liars, boolean losesLog) {
        var world = new World(seed, size, random -> Faults.random(random, losesLog));
        for (int i = 0; i < size; i++) {
            world.validators.add(
                    i >= size - liars ? new Equivocator(world, i) : new Validator(world, i));
        }
        world.start();
        return world;
    }

    private static World quiet(long seed, int size, int dead) {
        var world = new World(seed, size, random -> Faults.NONE);
        for (int i = 0; i < size; i++) {
            world.validators.add(new Validator(world, i));
        }
        world.validators.stream().skip(dead).forEach(Validator::start);
        return world;
    }

    /** Ten heights on every honest validator within 30 seconds after the last fault. */
    private static void recovers(World world) {
        long calm = World.GENESIS_MILLIS + world.faults.untilMillis();
        world.run(calm, () -> false);
        long goal = world.heights() + 10L;
        boolean reached =
                world.run(
                        calm + 30_000,
                        () ->
                                world.validators.stream()
                                        .filter(Validator::isHonest)
                                        .allMatch(v -> v.height() > goal));
        World.check(
                reached,
                "stuck at height "
                        + world.validators.stream().map(Validator::height).toList()
                        + ", not "
                        + goal);
    }
}
