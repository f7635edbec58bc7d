package io.computronium.storage.state;

import io.computronium.storage.StorageFailureException;
import io.computronium.storage.tree.NodeKey;
import io.computronium.storage.tree.Page;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** The flush that is under way, if one is. For the execution thread. */
final class Flusher {

    /** What a flush has put on disk. */
    record Done(long height, List<Map.Entry<NodeKey, Page>> pages) {}

    private final FlushedState flushed;
    private final Executor executor;
    private @Nullable FutureTask<Done> running;

    Flusher(FlushedState flushed, Executor executor) {
        this.flushed = flushed;
        this.executor = executor;
    }

    void start(FlushGroup group) {
        var task = new FutureTask<>(() -> new Done(group.height(), flushed.write(group)));
        executor.execute(task);
        running = task;
    }

    /** Whether one was started and not awaited. */
    boolean isRunning() {
        return running != null;
    }

    /** Whether {@link #await} would return at once. */
    boolean isDone() {
        return running != null && running.isDone();
    }

    /**
     * Waits for the end of the flush.
     *
     * @throws StorageFailureException if it failed
     */
    Done await() {
        if (running == null) {
            throw new IllegalStateException("no flush is under way");
        }
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    var done = running.get();
                    running = null;
                    return done;
                } catch (InterruptedException e) {
                    // A flush is not left half way; whoever interrupts is answered after it.
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw new StorageFailureException("cannot flush the state", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
