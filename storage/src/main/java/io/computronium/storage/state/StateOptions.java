package io.computronium.storage.state;

/**
 * @param flushEveryHeights how many heights go to disk together, 1 to {@value #MAX_UNFLUSHED}
 * @param keepHeights how far behind the applied height flushed states stay readable
 * @param valueCacheBytes about how much of the values is cached for the execution thread
 * @param treeCacheBytes about how much of the state tree is cached
 */
public record StateOptions(
        int flushEveryHeights, int keepHeights, long valueCacheBytes, long treeCacheBytes) {

    /** The most heights that a restart may have to execute again (W3). */
    public static final int MAX_UNFLUSHED = 16;

    private static final long VALUE_CACHE_BYTES = 64L << 20;
    private static final long TREE_CACHE_BYTES = 160L << 20;

    public static final StateOptions DEFAULT = new StateOptions(10, 64);

    public StateOptions {
        if (flushEveryHeights < 1 || flushEveryHeights > MAX_UNFLUSHED) {
            throw new IllegalArgumentException("flushEveryHeights: 1 to 16 expected");
        }
        if (keepHeights < 1) {
            throw new IllegalArgumentException("keepHeights: 1 or more expected");
        }
        if (valueCacheBytes < 1 || treeCacheBytes < 1) {
            throw new IllegalArgumentException("cache sizes: 1 or more expected");
        }
    }

    /** With caches that suit a validator. */
    public StateOptions(int flushEveryHeights, int keepHeights) {
        this(flushEveryHeights, keepHeights, VALUE_CACHE_BYTES, TREE_CACHE_BYTES);
    }
}
