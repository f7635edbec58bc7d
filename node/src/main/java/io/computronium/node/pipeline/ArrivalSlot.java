package io.computronium.node.pipeline;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A slot of the ring; keeps nothing alive once its content is taken. */
final class ArrivalSlot {

    private @Nullable Arrival arrival;

    void put(Arrival newArrival) {
        arrival = newArrival;
    }

    Arrival take() {
        var taken = Objects.requireNonNull(arrival);
        arrival = null;
        return taken;
    }
}
