package io.computronium.p2p;

/** Who dialled. */
public enum Direction {
    INBOUND,
    OUTBOUND
}
