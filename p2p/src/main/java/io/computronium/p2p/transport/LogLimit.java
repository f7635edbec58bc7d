package io.computronium.p2p.transport;

/**
 * Lets {@value #LINES_PER_SECOND} lines a second into the log, so that nobody outside can fill it.
 * For one thread.
 */
final class LogLimit {

    private static final int LINES_PER_SECOND = 10;
    private static final long SECOND_NANOS = 1_000_000_000;

    private long windowStart;
    private int lines;
    private int dropped;

    /** Whether one more line may be logged now; if not, it is counted as dropped. */
    boolean allows() {
        long now = System.nanoTime();
        if (lines == 0 || now - windowStart > SECOND_NANOS) {
            windowStart = now;
            lines = 0;
        }
        if (lines++ < LINES_PER_SECOND) {
            return true;
        }
        dropped++;
        return false;
    }

    /** Words for the end of a line on how many were dropped before it; none if none were. */
    String takeDropped() {
        String words = dropped == 0 ? "" : " (" + dropped + " such lines before left out)";
        dropped = 0;
        return words;
    }
}
