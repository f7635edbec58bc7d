package io.computronium.node.pipeline;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.EventProcessor;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutException;
import io.computronium.node.mempool.TxAdmission.PoolRefused;
import io.computronium.node.mempool.TxAdmission.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The ring's one consumer. Sleeps until a slot is filled, then, if that is not a whole batch, once
 * more for the linger time; so batches grow under load and an idle node does nothing.
 */
final class VerifyProcessor implements EventProcessor {

    private final RingBuffer<ArrivalSlot> ring;
    private final PipelineLimits limits;
    private final Examination examination;
    private final Admission admission;
    private final AtomicLong bytesInRing;
    private final SequenceBarrier barrier;
    private final Sequence done = new Sequence();
    private volatile boolean running = true;

    VerifyProcessor(
            RingBuffer<ArrivalSlot> ring,
            PipelineLimits limits,
            Examination examination,
            Admission admission,
            AtomicLong bytesInRing) {
        this.ring = ring;
        this.limits = limits;
        this.examination = examination;
        this.admission = admission;
        this.bytesInRing = bytesInRing;
        this.barrier = ring.newBarrier();
    }

    @Override
    public Sequence getSequence() {
        return done;
    }

    @Override
    public void halt() {
        running = false;
        admission.close();
        barrier.alert();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public void run() {
        List<Arrival> batch = List.of();
        try {
            while (running) {
                batch = nextBatch();
                admission.receive(examination.examine(batch));
            }
        } catch (AlertException | InterruptedException e) {
            // Closing.
        } catch (RejectedExecutionException e) {
            answer(batch); // closing too: the pool takes nothing more
        } catch (TimeoutException e) {
            throw new IllegalStateException("the wait strategy knows no timeout", e);
        } finally {
            running = false;
            answer(rest());
        }
    }

    private List<Arrival> nextBatch()
            throws AlertException, InterruptedException, TimeoutException {
        long first = done.get() + 1;
        long available = barrier.waitFor(first);
        if (available - first + 1 < limits.maxBatch() && !limits.linger().isZero()) {
            Thread.sleep(limits.linger());
            available = barrier.waitFor(first);
        }
        return take(Math.min(available, first + limits.maxBatch() - 1));
    }

    /** Empties the slots up to {@code last} and gives them back at once. */
    private List<Arrival> take(long last) {
        List<Arrival> batch = new ArrayList<>();
        for (long sequence = done.get() + 1; sequence <= last; sequence++) {
            var arrival = ring.get(sequence).take();
            bytesInRing.addAndGet(-arrival.bytes.length);
            batch.add(arrival);
        }
        done.set(last);
        return batch;
    }

    private List<Arrival> rest() {
        long last = done.get();
        while (ring.isAvailable(last + 1)) {
            last++;
        }
        return take(last);
    }

    /** To those that have no answer yet. */
    private static void answer(List<Arrival> arrivals) {
        var busy = new PoolRefused(Reason.BUSY);
        arrivals.forEach(arrival -> arrival.answer.complete(busy));
    }
}
