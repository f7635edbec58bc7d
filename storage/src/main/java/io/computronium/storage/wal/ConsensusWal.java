package io.computronium.storage.wal;

import io.computronium.storage.disk.Disk;

/**
 * The log of everything that consensus was told, written before consensus sees it (rules W1 to W5 in
 * {@code docs/consensus.md}). For one thread.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class ConsensusWal implements AutoCloseable {

    private ConsensusWal() {}

    /**
     * Opens the log, or makes a new one. A torn tail is cut off.
     *
     * @param disk a folder of its own, which the log takes over
     */
    public static ConsensusWal open(Disk disk, WalOptions options) {
        throw new UnsupportedOperationException();
    }

    /** The height whose end was logged last; 0 in a new log. */
    public long lastEndedHeight() {
        throw new UnsupportedOperationException();
    }

    /** What was logged since the end of {@code height - 1}. */
    public WalReplay replay(long height) {
        throw new UnsupportedOperationException();
    }

    /** Adds a record; durable after {@link #force}. */
    public void append(WalRecord record) {
        throw new UnsupportedOperationException();
    }

    /** Notes, durably, that {@code height} is decided and committed; earlier records may go. */
    public void endHeight(long height) {
        throw new UnsupportedOperationException();
    }

    /** Makes everything appended durable. */
    public void force() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
