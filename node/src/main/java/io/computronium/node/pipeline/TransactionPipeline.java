package io.computronium.node.pipeline;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import io.computronium.node.mempool.Mempool;
import io.computronium.node.mempool.TxAdmission;
import io.computronium.node.mempool.TxAdmission.PoolRefused;
import io.computronium.node.mempool.TxAdmission.Reason;
import io.computronium.node.mempool.TxAdmission.Refused;
import io.computronium.node.metrics.NodeMetrics;
import io.computronium.node.runtime.EventLoop;
import io.computronium.node.runtime.NodeThreads;
import io.computronium.primitives.crypto.batch.BatchVerifier;
import io.computronium.primitives.tx.Transaction;
import io.computronium.primitives.tx.TransactionFault;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes transactions as bytes, from any thread, and answers what became of them. See the package
 * for the way they go.
 *
 * <p>Answers are completed on the verify and mempool threads, so what depends on them must be
 * handed to a thread of its own and not run there.
 */
public final class TransactionPipeline implements AutoCloseable {

    private static final PoolRefused BUSY = new PoolRefused(Reason.BUSY);

    private final PipelineLimits limits;
    private final NodeMetrics metrics;
    private final RingBuffer<ArrivalSlot> ring;
    private final AtomicLong bytesInRing = new AtomicLong();
    private final VerifyProcessor processor;

    /**
     * Starts the verify thread.
     *
     * @param pool owned by {@code mempoolLoop}
     */
    public TransactionPipeline(
            PipelineLimits limits,
            StatelessRules rules,
            BatchVerifier verifier,
            Mempool pool,
            EventLoop mempoolLoop,
            TransactionGossip gossip,
            NodeThreads threads,
            NodeMetrics metrics) {
        this.limits = limits;
        this.metrics = metrics;
        this.ring =
                RingBuffer.createMultiProducer(
                        ArrivalSlot::new, limits.slots(), new BlockingWaitStrategy());
        var outbox = new GossipOutbox(limits, mempoolLoop, gossip);
        var admission = new Admission(pool, mempoolLoop, outbox, metrics);
        var examination =
                new Examination(limits.maxSeen(), rules, verifier, pool.published(), metrics);
        this.processor = new VerifyProcessor(ring, limits, examination, admission, bytesInRing);
        ring.addGatingSequences(processor.getSequence());
        threads.platform("verify").newThread(processor).start();
    }

    /** A user's transaction. Answers {@link Reason#BUSY} at once if there is no room. */
    public CompletableFuture<TxAdmission> submit(byte[] bytes) {
        return claim(bytes, Origin.LOCAL, limits.reservedSlots());
    }

    /** A peer's transaction; false: dropped, as there is no room. */
    public boolean offer(byte[] bytes, Origin origin) {
        var answer = claim(bytes, origin, limits.reservedSlots());
        return !answer.isDone() || !BUSY.equals(answer.getNow(BUSY));
    }

    /**
     * A body that a live proposal needs, which may use the reserve.
     *
     * @return done with {@link Reason#BUSY} if even that is full. With any answer but that and a
     *     refusal for what the bytes themselves are, the body is found in the pool by its wire
     *     hash, if it was pinned before
     */
    public CompletableFuture<TxAdmission> offerRequired(byte[] bytes, Origin origin) {
        return claim(bytes, origin, 0);
    }

    private CompletableFuture<TxAdmission> claim(byte[] bytes, Origin origin, int reserve) {
        if (bytes.length > Transaction.MAX_BYTES) {
            var detail = bytes.length + " bytes, at most " + Transaction.MAX_BYTES;
            return answered(new Refused(TransactionFault.MALFORMED, detail));
        }
        boolean full =
                ring.remainingCapacity() <= reserve
                        || reserve > 0 && bytesInRing.get() + bytes.length > limits.maxBytes();
        if (full || !processor.isRunning()) {
            return answered(BUSY);
        }
        long sequence;
        try {
            sequence = ring.tryNext();
        } catch (InsufficientCapacityException e) {
            return answered(BUSY);
        }
        bytesInRing.addAndGet(bytes.length);
        var arrival = new Arrival(bytes, origin);
        ring.get(sequence).put(arrival);
        ring.publish(sequence);
        return arrival.answer;
    }

    private CompletableFuture<TxAdmission> answered(TxAdmission admission) {
        metrics.admitted(admission.code());
        return CompletableFuture.completedFuture(admission);
    }

    /** Free slots, the reserve included. */
    public long remainingCapacity() {
        return ring.remainingCapacity();
    }

    /** Takes nothing more. What is on its way is answered with {@link Reason#BUSY}. */
    @Override
    public void close() {
        processor.halt();
    }
}
