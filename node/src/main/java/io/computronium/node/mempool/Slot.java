package io.computronium.node.mempool;

/** A transaction's place among those of its sender. */
record Slot(int lane, long sequence) implements Comparable<Slot> {

    @Override
    public int compareTo(Slot other) {
        int byLane = Integer.compare(lane, other.lane);
        return byLane != 0 ? byLane : Long.compare(sequence, other.sequence);
    }
}
