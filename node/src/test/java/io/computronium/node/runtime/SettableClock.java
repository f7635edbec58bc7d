package io.computronium.node.runtime;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes when it is told to. Any thread. */
public final class SettableClock implements NodeClock {

    private final AtomicLong nanos = new AtomicLong();
    private final long startMillis;

    public SettableClock(long startMillis) {
        this.startMillis = startMillis;
    }

    public void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Override
    public long wallMillis() {
        return startMillis + nanos.get() / 1_000_000;
    }

    @Override
    public long monotonicNanos() {
        return nanos.get();
    }
}
