package io.computronium.node.pipeline;

import io.computronium.node.mempool.Mempool;
import io.computronium.node.mempool.TxAdmission;
import io.computronium.node.metrics.NodeMetrics;
import io.computronium.node.pipeline.Examination.Verified;
import io.computronium.node.runtime.EventLoop;
import java.util.List;

/** Hands verified transactions to the pool, on its thread. */
final class Admission {

    private final Mempool pool;
    private final EventLoop loop;
    private final GossipOutbox outbox;
    private final NodeMetrics metrics;

    Admission(Mempool pool, EventLoop loop, GossipOutbox outbox, NodeMetrics metrics) {
        this.pool = pool;
        this.loop = loop;
        this.outbox = outbox;
        this.metrics = metrics;
    }

    /** Waits while the pool is behind, which is what holds everything before it back. */
    void receive(List<Verified> batch) {
        if (!batch.isEmpty()) {
            loop.execute(() -> batch.forEach(this::admit));
        }
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
