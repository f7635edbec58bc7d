package io.computronium.storage.state;

/** The state of a height was asked for that is given up, or not there yet. */
public final class PrunedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final long height;
    private final long nearest;

    PrunedException(long height, long nearest) {
        super("the state of height " + height + " is not served, the nearest is " + nearest);
        this.height = height;
        this.nearest = nearest;
    }

    /** The height that was asked for. */
    public long height() {
        return height;
    }

    /** The height closest to it whose state can be read. */
    public long nearest() {
        return nearest;
    }
}
