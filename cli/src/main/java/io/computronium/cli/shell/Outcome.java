package io.computronium.cli.shell;

/** How a command that did not fail ends. */
public sealed interface Outcome {

    /** What there is to show now. */
    Report report();

    /** All is done. */
    record Done(Report report) implements Outcome {}

    /** Something is up, and keeps the process in the foreground. */
    record Running(Report report, Service service) implements Outcome {}

    /** What runs in the foreground. */
    @FunctionalInterface
    interface Service {
        /**
         * Runs until {@link Shell#stop} is requested or the service ends by itself, and has
         * released everything when it returns.
         *
         * @throws Failure if it ended by itself
         */
        void run() throws InterruptedException;
    }
}
