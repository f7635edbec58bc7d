package io.computronium.p2p.transport;

import java.util.concurrent.atomic.AtomicLong;

/** A number of bytes that may be in use at once. Safe for use by many threads. */
final class Budget {

    private final long maxBytes;
    private final AtomicLong used = new AtomicLong();

    Budget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Takes {@code bytes}, or nothing and returns false if fewer are left. */
    boolean take(long bytes) {
        if (used.addAndGet(bytes) <= maxBytes) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    long used() {
        return used.get();
    }

    boolean isHalfFree() {
        return used.get() <= maxBytes / 2;
    }
}
