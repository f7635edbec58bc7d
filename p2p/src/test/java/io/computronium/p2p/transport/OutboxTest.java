package io.computronium.p2p.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.p2p.codec.Frame;
import io.computronium.p2p.codec.FrameType;
import io.computronium.primitives.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class OutboxTest {

    private static final int LARGE = 256 << 10;

    private static Frame frame(int size) {
        return new Frame(FrameType.TRANSACTION_BATCH, Bytes.owned(new byte[size]));
    }

    private static Budget unlimited() {
        return new Budget(Long.MAX_VALUE);
    }

    @Test
    void theMostUrgentComesFirstAndTheOldestOfThose() {
        var outbox = new Outbox(unlimited());
        List<Frame> frames = List.of(frame(1), frame(2), frame(3), frame(4), frame(5), frame(6));
        outbox.offer(Priority.TRANSACTION, frames.get(4));
        outbox.offer(Priority.TRANSACTION, frames.get(5));
        outbox.offer(Priority.SYNC, frames.get(3));
        outbox.offer(Priority.BLOCK, frames.get(2));
        outbox.offer(Priority.CONSENSUS, frames.get(0));
        outbox.offer(Priority.CONSENSUS, frames.get(1));
        for (Frame expected : frames) {
            assertEquals(expected, outbox.poll());
        }
        assertNull(outbox.poll());
        assertEquals(0, outbox.bytes());
    }

    @Test
    void aFullLaneLeavesRoomInTheOthers() {
        var outbox = new Outbox(unlimited());
        fill(outbox, Priority.TRANSACTION);
        assertTrue(outbox.bytes() <= Priority.TRANSACTION.maxQueuedBytes());
        fill(outbox, Priority.SYNC);
        fill(outbox, Priority.BLOCK);
        assertTrue(outbox.offer(Priority.CONSENSUS, frame(100)));
    }

    private static int fill(Outbox outbox, Priority priority) {
        int accepted = 0;
        while (outbox.offer(priority, frame(LARGE))) {
            accepted++;
        }
        return accepted;
    }

    @Test
    void emptyFramesAreBoundedToo() {
        var outbox = new Outbox(unlimited());
        int accepted = 0;
        while (outbox.offer(Priority.CONSENSUS, frame(0))) {
            accepted++;
        }
        assertTrue(accepted <= 40_000, accepted + " frames");
    }

    @Test
    void roomIsAnnouncedOnceAfterARefusalAndNotBefore() {
        var outbox = new Outbox(unlimited());
        assertFalse(outbox.announcesRoom());
        int accepted = fill(outbox, Priority.TRANSACTION);
        for (int polled = 0; polled < accepted / 2; polled++) {
            assertFalse(outbox.announcesRoom());
            outbox.poll();
        }
        outbox.poll();
        assertTrue(outbox.announcesRoom());
        assertFalse(outbox.announcesRoom());
    }

    @Test
    void strangersShareABudgetExceptForConsensus() {
        var shared = new Budget(2 * LARGE);
        var one = new Outbox(shared);
        var two = new Outbox(shared);
        assertTrue(one.offer(Priority.SYNC, frame(LARGE)));
        assertFalse(two.offer(Priority.SYNC, frame(LARGE)));
        assertTrue(two.offer(Priority.CONSENSUS, frame(LARGE)));
        one.close();
        assertTrue(two.offer(Priority.SYNC, frame(LARGE)));
    }

    @Test
    void aClosedOutboxGivesEverythingBack() {
        var shared = new Budget(1 << 20);
        var outbox = new Outbox(shared);
        outbox.offer(Priority.BLOCK, frame(LARGE));
        outbox.close();
        assertFalse(outbox.offer(Priority.BLOCK, frame(1)));
        assertFalse(outbox.offer(Priority.CONSENSUS, frame(1)));
        assertEquals(0, outbox.bytes());
        assertEquals(0, shared.used());
    }

    @Test
    void manyThreadsOfferWhileOnePollsAndOneCloses() throws InterruptedException {
        var shared = new Budget(Long.MAX_VALUE);
        var outbox = new Outbox(shared);
        var accepted = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            threads.add(
                    Thread.startVirtualThread(() -> {
                        for (int i = 0; i < 20_000; i++) {
                            if (outbox.offer(Priority.BLOCK, frame(10))) {
                                accepted.incrementAndGet();
                            }
                        }
                    }));
        }
        int polled = 0;
        while (polled < 30_000) {
            polled += outbox.poll() == null ? 0 : 1;
        }
        outbox.close();
        for (Thread thread : threads) {
            thread.join();
        }
        assertTrue(accepted.get() >= polled, accepted + " accepted, " + polled + " polled");
        assertNull(outbox.poll());
        assertEquals(0, outbox.bytes());
        assertEquals(0, shared.used());
    }
}
