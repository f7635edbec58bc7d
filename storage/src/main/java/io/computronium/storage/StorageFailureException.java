package io.computronium.storage;

/**
 * The disk failed, or holds what we never wrote. Fatal: the node stops and signs nothing more.
 * Never retried, because after a failed fsync the kernel may report the next one as good though the
 * pages are gone (rule W5 in {@code docs/consensus.md}).
 */
public final class StorageFailureException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public StorageFailureException(String message) {
        super(message);
    }

    public StorageFailureException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
