package io.computronium.consensus.simulation;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One run of the simulation: the same plan is the same run.
 *
 * @param nodes seats in the validator set
 * @param heights how long it is; the last ten without new faults
 * @param faults what may go wrong
 */
record Plan(long seed, int nodes, int heights, Set<Fault> faults) {

    static final int CALM_HEIGHTS = 10;

    static Plan of(long seed, int nodes, int heights) {
        return new Plan(seed, nodes, heights, EnumSet.allOf(Fault.class));
    }

    Plan without(Fault fault) {
        var fewer = EnumSet.copyOf(faults);
        fewer.remove(fault);
        return new Plan(seed, nodes, heights, fewer);
    }

    Plan ofHeights(int fewer) {
        return new Plan(seed, nodes, fewer, faults);
    }

    /** Repeats this run alone. */
    String command() {
        String names = faults.stream().map(Fault::name).collect(Collectors.joining(","));
        return "mvn -q verify -Psimulation -Dsimulation.seed=%d -Dsimulation.nodes=%d -Dsimulation.heights=%d -Dsimulation.faults=%s"
                .formatted(seed, nodes, heights, names.isEmpty() ? "NONE" : names);
    }
}
