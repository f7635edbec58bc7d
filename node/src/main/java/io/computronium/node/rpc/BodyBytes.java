package io.computronium.node.rpc;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The request bodies of one connection, whole or not, until they are answered, counted against what
 * all connections may hold together. The network thread's own but for the sum.
 */
final class BodyBytes {

    private final AtomicLong all;
    private final long limit;
    private long held;

    BodyBytes(AtomicLong all, long limit) {
        this.all = all;
        this.limit = limit;
    }

    /** Counts more bytes; false, and nothing is counted: there is no room for them. */
    boolean take(int bytes) {
        if (all.addAndGet(bytes) > limit) {
            all.addAndGet(-bytes);
            return false;
        }
        held += bytes;
        return true;
    }

    void give(int bytes) {
        held -= bytes;
        all.addAndGet(-bytes);
    }

    void giveAll() {
        all.addAndGet(-held);
        held = 0;
    }
}
