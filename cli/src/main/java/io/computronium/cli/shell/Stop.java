package io.computronium.cli.shell;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The wish to end, which a signal expresses and the command in the foreground obeys. */
public final class Stop {

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch obeyed = new CountDownLatch(1);
    private volatile boolean engaged;

    /** Says that from now on a request will be obeyed in an orderly way. */
    public void engage() {
        engaged = true;
    }

    /** Asks for the end. Any thread; again has no effect. */
    public void request() {
        requested.countDown();
    }

    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /**
     * Waits for a request.
     *
     * @return whether there is one, after at most {@code millis}
     */
    public boolean await(long millis) throws InterruptedException {
        return requested.await(millis, TimeUnit.MILLISECONDS);
    }

    /** Says that nothing is left to do. */
    public void obey() {
        obeyed.countDown();
    }

    /**
     * Waits until nothing is left to do; not at all if nobody is {@link #engage engaged}.
     *
     * @return whether that was so within {@code millis}
     */
    public boolean awaitObeyed(long millis) throws InterruptedException {
        return !engaged || obeyed.await(millis, TimeUnit.MILLISECONDS);
    }
}
