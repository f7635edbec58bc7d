package io.computronium.node.mempool;

/**
 * How much a pool holds. What goes beyond is rejected, or takes the place of what pays less.
 *
 * @param maxTransactions in all
 * @param maxBytes of signed transactions in all; objects take some four times as much memory
 * @param maxPerSender transactions of one sender
 * @param maxGap how far beyond the first missing sequence of lane 0 a transaction may be
 * @param maxPins proposals whose bodies are kept; the oldest gives way
 * @param maxExpiredIds how many ids of expired transactions are remembered
 */
public record MempoolLimits(
        int maxTransactions,
        long maxBytes,
        int maxPerSender,
        int maxGap,
        int maxPins,
        int maxExpiredIds) {

    public static final MempoolLimits DEFAULT =
            new MempoolLimits(65_536, 32L << 20, 256, 64, 8, 16_384);

    public MempoolLimits {
        if (maxTransactions < 1
                || maxBytes < 1
                || maxPerSender < 1
                || maxGap < 0
                || maxPins < 1
                || maxExpiredIds < 0) {
            throw new IllegalArgumentException("limits of a pool must be over 0");
        }
    }
}
