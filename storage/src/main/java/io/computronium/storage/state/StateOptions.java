package io.computronium.storage.state;

/**
 * @param flushEveryHeights how many heights go to disk together, 1 to {@value #MAX_UNFLUSHED}
 * @param keepHeights how far behind the applied height the flushed states stay readable
 * @param hotValues how many values are cached for the execution thread
 * @param treeCacheBytes about how much of the state tree is cached
 */
public record StateOptions(
        int flushEveryHeights, int keepHeights, int hotValues, long treeCacheBytes) {

    /** The most heights that a restart may have to execute again (W3). */
    public static final int MAX_UNFLUSHED = 16;

    public static final StateOptions DEFAULT = new StateOptions(10, 64, 200_000, 128L << 20);

    public StateOptions {
        if (flushEveryHeights < 1 || flushEveryHeights > MAX_UNFLUSHED) {
            throw new IllegalArgumentException("flushEveryHeights: 1 to 16 expected");
        }
        if (keepHeights < 1) {
            throw new IllegalArgumentException("keepHeights: 1 or more expected");
        }
        if (hotValues < 1 || treeCacheBytes < 1) {
            throw new IllegalArgumentException("hotValues, treeCacheBytes: 1 or more expected");
        }
    }
}
