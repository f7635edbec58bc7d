package io.computronium.node.driver;

import io.computronium.primitives.bft.Evidence;

/** What the driver tells the node. Called on the consensus thread; must not block. */
public interface DriverEvents {

    void entered(RoundState state);

    /** A validator contradicted itself. */
    void found(Evidence evidence);

    /** The protocol demands to stop (D10): nothing is signed any more. */
    void halted(String reason);
}
