package io.computronium.consensus.simulation;

import io.computronium.storage.StorageFailureException;

/** Counts a machine's durable operations, and may end its life at any of them. */
final class Power {

    /** When the power fails. */
    enum Moment {
        BEFORE,
        /** In the middle: a write is done in part; a force says nothing about what is durable. */
        TORN,
        AFTER
    }

    /** The power is gone: everything in memory is, too. */
    static final class Cut extends RuntimeException {
        private static final long serialVersionUID = 1;

        Cut() {
            super("power cut", null, false, false);
        }
    }

    /** What the surroundings do to an operation. */
    interface Weather {
        /** Whether the operation fails as the disk reports it. */
        boolean failsDisk();

        /** Whether the power fails at the next operation. */
        boolean cutsPower();

        Moment moment();
    }

    private final Weather weather;
    private long operations;
    private long cutAt = -1;
    private Moment moment = Moment.BEFORE;

    Power(Weather weather) {
        this.weather = weather;
    }

    /** Plans a cut at an operation, counted from the first. */
    void cutAt(long operation, Moment when) {
        cutAt = operation;
        moment = when;
    }

    long operations() {
        return operations;
    }

    /**
     * Does {@code operation}, if the power holds.
     *
     * @param torn what a cut in the middle leaves of it
     */
    void around(Runnable operation, Runnable torn) {
        boolean planned = operations++ == cutAt;
        if (!planned && !weather.cutsPower()) {
            if (weather.failsDisk()) {
                throw new StorageFailureException("simulated disk error");
            }
            operation.run();
            return;
        }
        switch (planned ? moment : weather.moment()) {
            case BEFORE -> {}
            case TORN -> torn.run();
            case AFTER -> operation.run();
        }
        throw new Cut();
    }
}
