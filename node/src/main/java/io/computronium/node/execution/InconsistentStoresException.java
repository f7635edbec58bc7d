package io.computronium.node.execution;

/** Block log and state of a node do not belong together. Fatal: nothing may be signed on them. */
public final class InconsistentStoresException extends RuntimeException {

    private static final long serialVersionUID = 1;

    InconsistentStoresException(String message) {
        super(message);
    }
}
