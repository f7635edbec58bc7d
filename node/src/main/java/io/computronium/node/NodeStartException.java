package io.computronium.node;

/** A node cannot start, and only its operator can say how to go on. */
public final class NodeStartException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public NodeStartException(String message) {
        super(message);
    }

    public NodeStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
