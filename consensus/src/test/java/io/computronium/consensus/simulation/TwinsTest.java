package io.computronium.consensus.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.consensus.ConsensusParameters;
import io.computronium.primitives.Hash;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Twins (arXiv 2004.10617): four validators, one of them on two machines, and for each of four
 * rounds a partition of the five. Two honest copies with one key do what an attacker would:
 * equivocate, forget locks, vote late. Afterwards all hear each other, and all must agree.
 */
class TwinsTest {

    private static final int SCHEDULES = Integer.getInteger("simulation.twins", 5_000);
    private static final int ROUNDS = 4;
    private static final int MACHINES = 5;
    private static final long SPLIT_MILLIS = 8_000;

    @Test
    void schedules() {
        var contradictions = new AtomicInteger();
        LongStream.range(0, SCHEDULES)
                .parallel()
                .forEach(seed -> contradictions.addAndGet(play(seed) ? 1 : 0));
        assertTrue(
                contradictions.get() > SCHEDULES / 10,
                "schedules in which the twins say two things: " + contradictions);
    }

    /**
     * Plays one schedule.
     *
     * @return whether the twins signed two things
     */
    private static boolean play(long seed) {
        var random = new SplittableRandom(seed);
        // Which machines are together in each round: those with the same bit.
        int[] partitions = random.ints(ROUNDS, 0, 1 << MACHINES).toArray();
        var network = new QuietNetwork(seed, 4, ConsensusParameters.DEFAULT, random.nextInt(4));
        World world = network.world;
        world.network.setFilter((from, to, message) -> {
            int round = round(from, message);
            boolean over = world.now() > World.GENESIS_MILLIS + SPLIT_MILLIS || round >= ROUNDS;
            return over
                    || round < 0
                    || (partitions[round] >> from.node() & 1)
                            == (partitions[round] >> to.node() & 1);
        });
        network.startFrom(0);
        String schedule = "schedule " + seed + " " + Arrays.toString(partitions);
        try {
            assertTrue(network.reaches(3, 60_000), () -> "stuck in " + schedule);
        } catch (Violation e) {
            throw new AssertionError(schedule + ": " + e.getMessage(), e);
        }
        return world.judge.hasSeenContradiction();
    }

    /** The round of the first height that a message belongs to; -1: none, it always passes. */
    private static int round(Validator from, Message message) {
        Driver driver = from.driver();
        return switch (message) {
            case Message.Proposed(var p) -> p.height() == 1 ? p.round() : -1;
            case Message.Voted(var v) -> v.height() == 1 ? v.round() : -1;
            case Message.Certified(var c) -> c.height() == 1 ? c.round() : -1;
            case Message.Body(Hash id) ->
                    driver != null && from.height() == 1 ? driver.core().round() : -1;
            case Message.Claimed claimed -> claimed.height() == 1 ? claimed.round() : -1;
        };
    }
}
