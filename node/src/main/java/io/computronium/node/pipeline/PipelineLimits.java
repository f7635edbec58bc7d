package io.computronium.node.pipeline;

import java.time.Duration;

/**
 * How much may be on its way.
 *
 * @param slots of the ring, a power of two
 * @param reservedSlots of those, for bodies that a proposal needs
 * @param maxBytes of encoded transactions in the ring, without the reserve's
 * @param maxBatch the most transactions that are verified together
 * @param linger how long a batch waits to become larger
 * @param maxSeen how many wire hashes are remembered
 * @param gossipBytes at which a batch for gossip is closed
 * @param gossipLinger after which it is closed anyway
 */
public record PipelineLimits(
        int slots,
        int reservedSlots,
        long maxBytes,
        int maxBatch,
        Duration linger,
        int maxSeen,
        int gossipBytes,
        Duration gossipLinger) {

    public static final PipelineLimits DEFAULT =
            new PipelineLimits(
                    4_096,
                    1_024,
                    32L << 20,
                    256,
                    Duration.ofMillis(10),
                    32_768,
                    64 << 10,
                    Duration.ofMillis(10));

    public PipelineLimits {
        if (Integer.bitCount(slots) != 1 || reservedSlots < 0 || reservedSlots >= slots) {
            throw new IllegalArgumentException("slots: a power of two, over the reserve");
        }
        if (maxBytes < 1 || maxBatch < 1 || maxSeen < maxBatch || linger.isNegative()) {
            throw new IllegalArgumentException("limits of a pipeline must be over 0");
        }
    }
}
