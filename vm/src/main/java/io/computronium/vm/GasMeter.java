package io.computronium.vm;

/** Counts what a transaction uses against its limit. */
final class GasMeter {

    private final long limit;
    private long used;

    GasMeter(long limit) {
        this.limit = limit;
    }

    /** Whether {@code gas} was left. If not, everything is used up. */
    boolean charge(long gas) {
        if (gas > limit - used) {
            used = limit;
            return false;
        }
        used += gas;
        return true;
    }

    long used() {
        return used;
    }
}
