package io.computronium.consensus.simulation;

/** What can go wrong. A seed draws some of them; a shrunk failure names those that it needs. */
enum Fault {
    /** Messages never arrive. */
    LOSS,
    /** Messages take up to a second longer, and so overtake each other. */
    DELAY,
    /** Messages arrive twice. */
    DUPLICATE,
    /** The network falls into two parts. */
    PARTITION,
    /** One validator is not heard by some of the others, or does not hear them. */
    ONE_WAY,
    /** One link takes two seconds. */
    CLOG,
    /** A process ends at any moment. */
    CRASH,
    /** The power fails everywhere at once. */
    BLACKOUT,
    /** The power fails before, in the middle of, or after a durable operation. */
    POWER_CUT,
    /** A write or a force fails: fail-stop, and back with a repaired disk. */
    DISK_ERROR,
    /** The write-ahead log is gone after a crash. */
    LOST_LOG,
    /** A clock is wrong by up to ten seconds for a while. */
    CLOCK,
    /** A process stands still for up to three seconds. */
    PAUSE,
    /** Executions take up to three seconds. */
    SLOW_EXECUTION,

    // From here on: for less than a third of the power, and without end.

    /** Says whatever harms ({@link Liar}). */
    LIAR(true),
    /** Two machines with one key. */
    TWIN(true),
    /** Finds blocks invalid that are not: its machine computes wrongly. */
    DIVERGENT(true),
    /** Forced bytes of its log or its signer's file change at a crash. */
    BIT_FLIP(true),
    /** Is never there. */
    DEAD(true);

    /** Whether it makes a validator one of the faulty that the protocol bounds. */
    final boolean breaksValidator;

    Fault() {
        this(false);
    }

    Fault(boolean breaksValidator) {
        this.breaksValidator = breaksValidator;
    }
}
