package io.computronium.consensus;

import io.computronium.primitives.bft.Epochs;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbers of the protocol. They are the same on every node, part of the genesis document, and
 * change at the start of an epoch only.
 *
 * @param intervalMillis the grid that blocks are due on (D9)
 * @param minIntervalMillis the least time between a block and its parent
 * @param propose how long to wait for a complete block
 * @param verdict how long to wait for the execution of a complete block (D11)
 * @param prevote how long to wait for agreement among the prevotes of a quorum
 * @param precommit how long to wait for agreement among the precommits of a quorum
 * @param growthRounds the round after which timeouts and the message delay grow no more
 * @param precisionMillis by how much honest clocks may differ from true time together
 * @param messageDelayMillis how long a proposal may travel in round 0
 * @param epochLength in blocks
 * @param closeBeforeTargetMillis how long before a block is due its proposer closes it
 */
public record ConsensusParameters(
        long intervalMillis,
        long minIntervalMillis,
        Timeout propose,
        Timeout verdict,
        Timeout prevote,
        Timeout precommit,
        int growthRounds,
        long precisionMillis,
        long messageDelayMillis,
        long epochLength,
        long closeBeforeTargetMillis) {

    /** Mainnet's. */
    public static final ConsensusParameters DEFAULT =
            new ConsensusParameters(
                    1_000,
                    500,
                    new Timeout(1_000, 250),
                    new Timeout(2_000, 500),
                    new Timeout(250, 250),
                    new Timeout(250, 250),
                    20,
                    500,
                    2_000,
                    600,
                    60);

    private static final long MAX_MILLIS = 3_600_000;
    private static final long MAX_EPOCH_LENGTH = 1L << 32;

    /**
     * @throws IllegalArgumentException naming every fault, if there is any
     */
    public ConsensusParameters {
        List<String> faults = new ArrayList<>();
        requireRange(faults, "intervalMillis", intervalMillis, 1, MAX_MILLIS);
        requireRange(faults, "minIntervalMillis", minIntervalMillis, 1, MAX_MILLIS);
        if (minIntervalMillis > intervalMillis) {
            faults.add("minIntervalMillis: at most intervalMillis expected");
        }
        requireTimeout(faults, "propose", propose);
        requireTimeout(faults, "verdict", verdict);
        requireTimeout(faults, "prevote", prevote);
        requireTimeout(faults, "precommit", precommit);
        requireRange(faults, "growthRounds", growthRounds, 0, 100);
        requireRange(faults, "precisionMillis", precisionMillis, 1, MAX_MILLIS);
        requireRange(faults, "messageDelayMillis", messageDelayMillis, 1, MAX_MILLIS);
        requireRange(faults, "epochLength", epochLength, 1, MAX_EPOCH_LENGTH);
        requireRange(faults, "closeBeforeTargetMillis", closeBeforeTargetMillis, 0, MAX_MILLIS);
        if (closeBeforeTargetMillis >= minIntervalMillis) {
            faults.add("closeBeforeTargetMillis: less than minIntervalMillis expected");
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
    }

    /** A timeout that grows with the round, and so outgrows any bounded delay of the network. */
    public record Timeout(long baseMillis, long perRoundMillis) {}

    /** A timeout's length in a round. */
    public long millis(Timeout timeout, int round) {
        return timeout.baseMillis() + timeout.perRoundMillis() * Math.min(round, growthRounds);
    }

    /** How long a proposal of {@code round} may travel: a tenth more each round, rounded down. */
    public long messageDelayMillis(int round) {
        long delay = messageDelayMillis;
        for (int r = Math.min(round, growthRounds); r > 0; r--) {
            delay = delay * 11 / 10;
        }
        return delay;
    }

    public Epochs epochs() {
        return new Epochs(epochLength);
    }

    private static void requireTimeout(List<String> faults, String name, Timeout timeout) {
        requireRange(faults, name + ".baseMillis", timeout.baseMillis(), 1, MAX_MILLIS);
        requireRange(faults, name + ".perRoundMillis", timeout.perRoundMillis(), 0, MAX_MILLIS);
    }

    private static void requireRange(
            List<String> faults, String name, long value, long min, long max) {
        if (value < min || value > max) {
            faults.add(name + ": " + min + " to " + max + " expected, not " + value);
        }
    }
}
