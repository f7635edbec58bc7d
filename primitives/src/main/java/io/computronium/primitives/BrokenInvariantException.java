package io.computronium.primitives;

/** A defect in the node itself. Nothing catches it but the code that stops the node. */
public final class BrokenInvariantException extends RuntimeException {

    private static final long serialVersionUID = 1;

    BrokenInvariantException(String statement) {
        super("broken invariant: " + statement);
    }
}
