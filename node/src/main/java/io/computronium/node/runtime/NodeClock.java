package io.computronium.node.runtime;

/** Time, as a node sees it. Safe for use by many threads. */
public interface NodeClock {

    /** Milliseconds since 1970, as validators agree on them; may jump either way. */
    long wallMillis();

    /** Nanoseconds since an arbitrary moment; never goes back, so intervals are measured by it. */
    long monotonicNanos();

    /** The clock of the machine. */
    static NodeClock system() {
        return new NodeClock() {
            @Override
            public long wallMillis() {
                return System.currentTimeMillis();
            }

            @Override
            public long monotonicNanos() {
                return System.nanoTime();
            }
        };
    }
}
