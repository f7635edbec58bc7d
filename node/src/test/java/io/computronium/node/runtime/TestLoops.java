package io.computronium.node.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;

/** Real loops on a clock that the test moves. What they have to do is done once {@link #settle}. */
public final class TestLoops implements AutoCloseable {

    /** More than the longest chain of loops that mail one another. */
    private static final int ROUNDS = 12;

    private final SettableClock clock;
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final NodeThreads threads;
    private final List<EventLoop> loops = new ArrayList<>();

    public TestLoops(SettableClock clock) {
        this.clock = clock;
        this.threads = new NodeThreads("test", clock, (thread, cause) -> failures.add(cause));
    }

    /** One more loop, closed with the others. */
    public EventLoop loop(String role) {
        EventLoop loop = threads.eventLoop(role, 1_024, Duration.ofSeconds(2));
        loops.add(loop);
        return loop;
    }

    /** Lets time pass, and everything happen that is due then. */
    public void pass(Duration time) {
        clock.advance(time);
        settle();
    }

    /**
     * Returns when all that was asked of the loops, and what followed from it, is done; or when one
     * of them has failed.
     */
    public void settle() {
        for (int round = 0; round < ROUNDS; round++) {
            loops.forEach(this::await);
        }
    }

    private void await(EventLoop loop) {
        if (!failures.isEmpty()) {
            return;
        }
        try {
            var answer = loop.ask(() -> true);
            while (!answer.isDone() && failures.isEmpty()) {
                Thread.sleep(Duration.ofNanos(20_000));
            }
        } catch (RejectedExecutionException e) {
            // It has just failed, and its last words are on their way.
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** What ended a loop. */
    public List<Throwable> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        loops.reversed().forEach(EventLoop::close);
    }
}
