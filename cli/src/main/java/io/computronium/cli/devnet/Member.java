package io.computronium.cli.devnet;

/** A node of a running devnet. */
interface Member extends AutoCloseable {

    /** Whether it still runs. */
    boolean isRunning();

    /** Begins to stop it, without waiting. */
    void stop();

    /** Stops it and waits until it has released everything. */
    @Override
    void close();
}
