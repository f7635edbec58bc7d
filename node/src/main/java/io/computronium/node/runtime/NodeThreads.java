package io.computronium.node.runtime;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the threads of one node. Each is named {@code <node>/<role>}, so that a thread dump of
 * several nodes in one process can be read. All are daemons: whoever runs a node decides how long
 * the process lives.
 */
public final class NodeThreads {

    /** Told of failures that nobody caught; called on the thread that dies of them. */
    @FunctionalInterface
    public interface FatalHandler {
        void onFatal(String thread, Throwable failure);
    }

    private final String node;
    private final NodeClock clock;
    private final FatalHandler fatal;

    public NodeThreads(String node, NodeClock clock, FatalHandler fatal) {
        this.node = node;
        this.clock = clock;
        this.fatal = fatal;
    }

    /** Platform threads for {@code role}; from the second on their names are numbered. */
    public ThreadFactory platform(String role) {
        var made = new AtomicInteger();
        return task -> {
            int number = made.incrementAndGet();
            return Thread.ofPlatform()
                    .name(node + "/" + role + (number == 1 ? "" : "-" + number))
                    .daemon(true)
                    .uncaughtExceptionHandler(this::onUncaught)
                    .unstarted(task);
        };
    }

    /** A virtual thread for every task. How many there are is for the caller to bound. */
    public ExecutorService virtual(String role) {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual()
                        .name(node + "/" + role)
                        .uncaughtExceptionHandler(this::onUncaught)
                        .factory());
    }

    /**
     * A running loop.
     *
     * @param capacity the most tasks that wait in its mailbox
     * @param drain how long {@link EventLoop#close} lets waiting tasks run
     */
    public EventLoop eventLoop(String role, int capacity, Duration drain) {
        return EventLoop.start(platform(role), clock, capacity, drain);
    }

    private void onUncaught(Thread thread, Throwable failure) {
        fatal.onFatal(thread.getName(), failure);
    }
}
