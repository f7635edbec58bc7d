package io.computronium.node.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class EventLoopTest {

    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final SettableClock clock = new SettableClock(0);
    private final List<String> fatal = new CopyOnWriteArrayList<>();
    private final NodeThreads threads =
            new NodeThreads(
                    "n1",
                    clock,
                    (thread, failure) -> fatal.add(thread + ": " + failure.getMessage()));
    private final List<String> ran = new CopyOnWriteArrayList<>();
    private EventLoop loop = threads.eventLoop("test", 4, DRAIN);

    @AfterEach
    void close() {
        loop.close();
    }

    private Runnable note(String name) {
        return () -> ran.add(name);
    }

    /** Blocks the loop until the latch opens; returns once it is blocked. */
    private CountDownLatch blocked() throws InterruptedException {
        var entered = new CountDownLatch(1);
        var gate = new CountDownLatch(1);
        loop.execute(() -> {
            entered.countDown();
            try {
                gate.await();
            } catch (InterruptedException e) {
                ran.add("interrupted");
            }
        });
        entered.await();
        return gate;
    }

    private void settle() throws Exception {
        loop.ask(() -> true).get(5, TimeUnit.SECONDS);
    }

    @Test
    void tasksRunInOrderOnItsOwnThread() throws Exception {
        assertEquals("n1/test", loop.ask(() -> Thread.currentThread().getName()).get());
        assertFalse(loop.isInside());
        assertTrue(loop.ask(loop::isInside).get());
        List.of("a", "b", "c").forEach(name -> loop.execute(note(name)));
        settle();
        assertEquals(List.of("a", "b", "c"), ran);
    }

    @Test
    void ownTasksComeBeforeMail() throws Exception {
        var gate = blocked();
        loop.execute(() -> {
            loop.execute(note("own 1"));
            loop.execute(note("own 2"));
            ran.add("first");
        });
        loop.execute(note("mail"));
        gate.countDown();
        settle();
        assertEquals(List.of("first", "own 1", "own 2", "mail"), ran);
    }

    @Test
    void fullMailboxRefusesOffersAndHoldsExecutionBack() throws Exception {
        var gate = blocked();
        for (int i = 0; i < 4; i++) {
            assertTrue(loop.offer(note("mail")));
        }
        assertEquals(4, loop.backlog());
        assertFalse(loop.offer(note("refused")));
        var waiting = new CompletableFuture<Void>();
        var sender =
                Thread.ofVirtual()
                        .start(() -> {
                            loop.execute(note("waited"));
                            waiting.complete(null);
                        });
        assertFalse(sender.join(Duration.ofMillis(100)));
        gate.countDown();
        waiting.get(5, TimeUnit.SECONDS);
        settle();
        assertEquals(List.of("mail", "mail", "mail", "mail", "waited"), ran);
    }

    @Test
    void loopNeverBlocksOnItself() throws Exception {
        loop.ask(
                        () -> {
                            for (int i = 0; i < 100; i++) {
                                loop.execute(note("own"));
                            }
                            return true;
                        })
                .get(5, TimeUnit.SECONDS);
        settle();
        assertEquals(100, ran.size());
    }

    @Test
    void alarmsRingInTheOrderOfTheirTimes() throws Exception {
        loop.schedule(Duration.ofMillis(30), note("30"));
        loop.schedule(Duration.ofMillis(10), note("10"));
        var cancelled = loop.schedule(Duration.ofMillis(20), note("20"));
        loop.ask(() -> loop.schedule(Duration.ofMillis(25), note("25"))).get();
        settle();
        assertEquals(List.of(), ran);
        clock.advance(Duration.ofMillis(10));
        settle();
        assertEquals(List.of("10"), ran);
        cancelled.cancel();
        clock.advance(Duration.ofMillis(90));
        settle();
        assertEquals(List.of("10", "25", "30"), ran);
    }

    @Test
    void alarmsRingByThemselves() throws Exception {
        var real = new NodeThreads("n2", NodeClock.system(), (_, _) -> {});
        try (var realLoop = real.eventLoop("test", 4, DRAIN)) {
            var rang = new CountDownLatch(1);
            realLoop.schedule(Duration.ofMillis(5), rang::countDown);
            assertTrue(rang.await(5, TimeUnit.SECONDS));
        }
    }

    @Test
    void closeRunsWhatWaitsAndTakesNothingMore() throws Exception {
        var gate = blocked();
        loop.execute(note("waiting"));
        var closer = Thread.ofVirtual().start(loop::close);
        while (loop.offer(() -> {})) {
            Thread.sleep(1);
        }
        gate.countDown();
        closer.join();
        assertEquals(List.of("waiting"), ran);
        assertThrows(RejectedExecutionException.class, () -> loop.execute(note("late")));
        assertEquals(List.of(), fatal);
    }

    @Test
    void closeInterruptsWhatDoesNotEnd() throws Exception {
        loop.close();
        loop = threads.eventLoop("test", 4, Duration.ofMillis(50));
        blocked();
        loop.close();
        assertEquals(List.of("interrupted"), ran);
    }

    @Test
    void failureEndsTheLoopAndIsReported() throws Exception {
        var answer =
                loop.ask(() -> {
                    throw new IllegalStateException("broken");
                });
        assertThrows(ExecutionException.class, answer::get);
        while (fatal.isEmpty()) {
            Thread.sleep(1);
        }
        assertEquals(List.of("n1/test: broken"), fatal);
        assertFalse(loop.offer(note("late")));
    }

    @Test
    void threadsAreNumberedFromTheSecondOn() {
        var factory = threads.platform("worker");
        assertEquals("n1/worker", factory.newThread(() -> {}).getName());
        assertEquals("n1/worker-2", factory.newThread(() -> {}).getName());
    }
}
