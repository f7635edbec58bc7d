package io.computronium.primitives;

/**
 * Bytes or text from outside that are not what they claim to be. Thrown by whatever parses or
 * decodes, caught only at the edge, where a peer is dropped or a request answered with an error.
 */
public final class MalformedDataException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public MalformedDataException(String message) {
        super(message);
    }

    public MalformedDataException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Throws one with {@code message} unless {@code holds}. */
    public static void unless(boolean holds, String message) {
        if (!holds) {
            throw new MalformedDataException(message);
        }
    }
}
