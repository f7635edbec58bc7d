package io.computronium.vm;

import io.computronium.primitives.Hash;
import io.computronium.primitives.Principal;
import io.computronium.primitives.block.Event;
import io.computronium.primitives.block.KernelFailure;
import java.util.ArrayList;
import java.util.List;

/**
 * What the frames of one transaction share, or of one step that the block itself takes.
 *
 * @param account whom {@code mandate} is about
 */
record Execution(
        Rules rules,
        BlockContext block,
        WorkingState state,
        Origin origin,
        GasMeter gas,
        Movements movements,
        Principal account,
        Mandate mandate,
        Events events) {

    /** Which transaction of the block. */
    record Origin(Hash transactionId, int index) {

        /** The block itself. */
        static final Origin BLOCK = new Origin(Hash.ZERO, 0);
    }

    /** What was announced, as far as it was not taken back. */
    static final class Events {
        private final Journal journal;
        private final List<Event> events = new ArrayList<>();

        Events(Journal journal) {
            this.journal = journal;
        }

        void add(Event event) {
            events.add(event);
            journal.add(events::removeLast);
        }

        List<Event> all() {
            return List.copyOf(events);
        }
    }

    /**
     * @throws KernelStop if that is more than there is
     */
    void charge(long amount) {
        if (!gas.charge(amount)) {
            throw new KernelStop(KernelFailure.OUT_OF_GAS);
        }
    }

    /** Charges for what the state grew by; that it shrinks gives nothing back. */
    void chargeGrowth(long bytes) {
        if (bytes > 0) {
            charge(bytes * rules.gas().stateByte());
        }
    }
}
