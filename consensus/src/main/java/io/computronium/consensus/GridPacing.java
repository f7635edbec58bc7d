package io.computronium.consensus;

/**
 * When blocks are due (D9). They lie on a grid that starts at an anchor, so that delays of network,
 * rounds and execution do not add up: a chain that is late catches up with blocks at the minimum
 * interval, until it is on the grid again or so late that the grid moves.
 *
 * <p>The anchor follows from committed headers alone. It is not part of the state, and no validity
 * rule depends on it.
 *
 * @param parameters in force at the height in question
 */
public record GridPacing(ConsensusParameters parameters) {

    /** A chain that is later than this gives up catching up and moves its grid. */
    static final long REANCHOR_AFTER_MILLIS = 10_000;

    /** A block time older than this is replaced by the clock's. */
    static final long STALE_AFTER_MILLIS = 1_500;

    /** A point of the grid: the block at {@code height} is, or was, due at {@code timeMillis}. */
    public record Anchor(long height, long timeMillis) {

        /** The anchor of block 1. Nodes may differ about it; block 1's header then settles it. */
        public static Anchor first(long genesisMillis, long startMillis) {
            return new Anchor(1, Math.max(genesisMillis, startMillis));
        }
    }

    /** When the block at {@code height} is due. */
    public long targetMillis(Anchor anchor, long height) {
        return anchor.timeMillis() + parameters.intervalMillis() * (height - anchor.height());
    }

    /**
     * The anchor for the heights after a block: that block, if it is the first of its epoch or very
     * late, else still the one before.
     *
     * @param anchor that {@code height} itself was paced by
     */
    public Anchor next(Anchor anchor, long height, long timeMillis) {
        boolean late = timeMillis - targetMillis(anchor, height) > REANCHOR_AFTER_MILLIS;
        return late || parameters.epochs().isFirst(height)
                ? new Anchor(height, timeMillis)
                : anchor;
    }

    /** When to enter round 0: when the block is due, and no sooner than its time may be. */
    long entryMillis(long targetMillis, long parentMillis) {
        return Math.max(targetMillis, parentMillis + parameters.minIntervalMillis());
    }

    /** The time to write into a block that is built now. */
    long blockMillis(long targetMillis, long parentMillis, long nowMillis) {
        long planned = entryMillis(targetMillis, parentMillis);
        return isStale(planned, nowMillis) ? nowMillis : planned;
    }

    static boolean isStale(long blockMillis, long nowMillis) {
        return nowMillis - blockMillis > STALE_AFTER_MILLIS;
    }
}
