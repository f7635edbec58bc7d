package io.computronium.node.pipeline;

import io.computronium.node.mempool.Mempool;
import io.computronium.node.mempool.TxAdmission;
import io.computronium.node.metrics.NodeMetrics;
import io.computronium.node.pipeline.Examination.Verified;
import io.computronium.node.runtime.EventLoop;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Hands verified transactions to the pool, on its thread. */
final class Admission {

    private static final int MAX_WAITING = 4;
    private static final long CLOSE_CHECK_MILLIS = 50;

    private final Mempool pool;
    private final EventLoop loop;
    private final GossipOutbox outbox;
    private final NodeMetrics metrics;
    private final Semaphore room = new Semaphore(MAX_WAITING);
    private volatile boolean closed;

    Admission(Mempool pool, EventLoop loop, GossipOutbox outbox, NodeMetrics metrics) {
        this.pool = pool;
        this.loop = loop;
        this.outbox = outbox;
        this.metrics = metrics;
    }

    /**
     * Waits while the pool is behind by {@value #MAX_WAITING} batches, which is what holds
     * everything before it back.
     *
     * @throws RejectedExecutionException after {@link #close}, or when the pool's loop is closed
     */
    void receive(List<Verified> batch) throws InterruptedException {
        while (!room.tryAcquire(CLOSE_CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
            if (closed) {
                throw new RejectedExecutionException("closed");
            }
        }
        loop.execute(() -> {
            batch.forEach(this::admit);
            room.release();
        });
    }

    /** Ends the waiting. Any thread. */
    void close() {
        closed = true;
    }

    private void admit(Verified verified) {
        var admission = pool.admit(verified.transaction());
        if (admission instanceof TxAdmission.Accepted) {
            outbox.add(verified.transaction(), verified.arrival().origin);
        }
        metrics.admitted(admission.code());
        verified.arrival().answer.complete(admission);
    }
}
