package io.computronium.node.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A thread with a bounded mailbox: runs one task after the other, in the order they came.
 *
 * <p>Two ways in, by the overflow policy that the sender needs: {@link #execute} blocks while the
 * mailbox is full (own control flow), {@link #offer} refuses (gossip, users). A task that the loop
 * gives itself waits in a list of its own, which only the loop's own work bounds, and runs before
 * mail from others; so a loop can never block on itself.
 *
 * <p>Alarms are kept by the loop as well, which waits for mail no longer than until the next one is
 * due. There is no timer thread, hence nothing that a full mailbox could delay or a race could
 * reorder.
 *
 * <p>A task that throws ends the loop: see the package.
 */
public final class EventLoop implements Executor, AutoCloseable {

    /** A task to be run later. */
    public static final class Alarm {
        private final long deadlineNanos;
        private final Runnable task;
        private volatile boolean cancelled;

        private Alarm(long deadlineNanos, Runnable task) {
            this.deadlineNanos = deadlineNanos;
            this.task = task;
        }

        /** Once this returned on the loop's own thread, the task does not run. */
        public void cancel() {
            cancelled = true;
        }
    }

    private static final long ROOM_CHECK_MILLIS = 100;

    private final NodeClock clock;
    private final Duration drain;
    private final BlockingQueue<Runnable> mailbox;
    private final Thread thread;
    private volatile boolean closed;

    // The loop's own thread only.
    private final Queue<Runnable> own = new ArrayDeque<>();
    private final PriorityQueue<Alarm> alarms;

    private EventLoop(ThreadFactory threads, NodeClock clock, int capacity, Duration drain) {
        this.clock = clock;
        this.drain = drain;
        this.mailbox = new ArrayBlockingQueue<>(capacity);
        this.thread = threads.newThread(this::run);
        // Nanosecond counters may wrap, so only differences of them compare.
        long origin = clock.monotonicNanos();
        this.alarms =
                new PriorityQueue<>(
                        Comparator.comparingLong(alarm -> alarm.deadlineNanos - origin));
    }

    static EventLoop start(ThreadFactory threads, NodeClock clock, int capacity, Duration drain) {
        var loop = new EventLoop(threads, clock, capacity, drain);
        loop.thread.start();
        return loop;
    }

    /**
     * Mails a task, waiting for room; never waits on the loop's own thread.
     *
     * @throws RejectedExecutionException if the loop is closed or the waiting thread is interrupted
     */
    @Override
    public void execute(Runnable task) {
        if (isInside()) {
            own.add(task);
            return;
        }
        try {
            do {
                if (closed) {
                    throw new RejectedExecutionException(thread.getName() + " is closed");
                }
            } while (!mailbox.offer(task, ROOM_CHECK_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RejectedExecutionException(thread.getName() + ": interrupted", e);
        }
    }

    /** Mails a question, as {@link #execute} does; the answer is completed on the loop's thread. */
    public <T> CompletableFuture<T> ask(Supplier<T> question) {
        var answer = new CompletableFuture<T>();
        execute(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
                throw e;
            }
        });
        return answer;
    }

    /**
     * Runs {@code task} on this loop with the answer, once it is there. An answer that failed fails
     * the loop too.
     */
    public <T> void onAnswer(CompletableFuture<T> answer, Consumer<T> task) {
        var _ =
                answer.whenComplete((value, failure) -> {
                    if (!closed) {
                        execute(() -> task.accept(answer.join()));
                    }
                });
    }

    /** Mails a task, or returns false when the mailbox is full or the loop closed. */
    public boolean offer(Runnable task) {
        return !closed && mailbox.offer(task);
    }

    /**
     * Runs {@code task} on the loop once {@code delay} has passed; mailed as by {@link #execute}.
     */
    public Alarm schedule(Duration delay, Runnable task) {
        var alarm = new Alarm(clock.monotonicNanos() + delay.toNanos(), task);
        if (isInside()) {
            alarms.add(alarm);
        } else {
            execute(() -> alarms.add(alarm));
        }
        return alarm;
    }

    /** Whether the caller runs on the loop's own thread. */
    public boolean isInside() {
        return Thread.currentThread().equals(thread);
    }

    /** How many tasks wait. */
    public int backlog() {
        return mailbox.size();
    }

    /**
     * Takes no more tasks, lets the waiting ones run for at most the drain time, then interrupts.
     * Alarms do not ring any more. On the loop's own thread this returns at once.
     */
    @Override
    public void close() {
        closed = true;
        if (isInside()) {
            return;
        }
        mailbox.offer(EventLoop::wakeUp); // without room there is mail that wakes the loop anyway
        try {
            if (!thread.join(drain)) {
                thread.interrupt();
                thread.join(drain);
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            for (var task = next(); task != null; task = next()) {
                task.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closed = true;
        }
    }

    private static void wakeUp() {}

    /** What to run now; null once the loop is closed and empty. */
    private @Nullable Runnable next() throws InterruptedException {
        while (true) {
            var task = own.poll();
            if (task != null) {
                return task;
            }
            if (closed) {
                return mailbox.poll();
            }
            var alarm = alarms.peek();
            if (alarm == null) {
                return mailbox.take();
            }
            long wait = alarm.deadlineNanos - clock.monotonicNanos();
            if (wait <= 0) {
                alarms.remove();
                task = alarm.cancelled ? null : alarm.task;
            } else {
                task = mailbox.poll(wait, TimeUnit.NANOSECONDS);
            }
            if (task != null) {
                return task;
            }
        }
    }
}
