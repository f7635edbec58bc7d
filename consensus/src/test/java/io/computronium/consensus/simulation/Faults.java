package io.computronium.consensus.simulation;

import java.util.SplittableRandom;

/**
 * What goes wrong, and until when. Rates are in percent.
 *
 * @param untilMillis after that the network is good, and who is down comes back
 * @param lossPercent messages that never arrive
 * @param maxDelayMillis how long a message may take
 * @param crashPercent validators that crash in a second, and as likely at each of the points
 *     between having something to say and having said it
 * @param blackoutPercent chance of a second to crash all at once
 * @param partitionPercent chance of a second to cut the network in two
 * @param slowPercent executions that take up to three seconds
 * @param losesLog the first validator comes back without its write-ahead log
 */
record Faults(
        long untilMillis,
        int lossPercent,
        int maxDelayMillis,
        int crashPercent,
        int blackoutPercent,
        int partitionPercent,
        int slowPercent,
        boolean losesLog) {

    static final Faults NONE = new Faults(0, 0, 40, 0, 0, 0, 0, false);

    /** Some of everything, within bounds under which a chain still moves now and then. */
    static Faults random(SplittableRandom random, boolean losesLog) {
        return new Faults(
                15_000,
                random.nextInt(25),
                5 + random.nextInt(400),
                random.nextInt(12),
                random.nextInt(20),
                random.nextInt(15),
                random.nextInt(10),
                losesLog);
    }
}
