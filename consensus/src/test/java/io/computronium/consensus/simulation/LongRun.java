package io.computronium.consensus.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * As many seeds as one likes: what {@code -Psimulation} runs instead of all tests. Its last line is
 * the result. Not a test by its name, so that no other build runs it.
 */
class LongRun {

    private static final int[] SIZES = {1, 4, 7};

    @Test
    void run() {
        int heights = Integer.getInteger("simulation.heights", 60);
        int nodes = Integer.getInteger("simulation.nodes", 0);
        Long seed = Long.getLong("simulation.seed");
        long first = seed == null ? 0 : seed;
        long count = seed == null ? Long.getLong("simulation.seeds", 2_000) : 1;
        Set<Fault> faults = faults(System.getProperty("simulation.faults", ""));
        var result =
                Campaign.run(
                        first,
                        count,
                        s ->
                                new Plan(
                                        s,
                                        nodes > 0 ? nodes : SIZES[(int) (s % SIZES.length)],
                                        heights,
                                        faults));
        result.failures().forEach(System.out::println);
        System.out.println(result.line());
        assertEquals(List.of(), result.failures());
    }

    private static Set<Fault> faults(String names) {
        Set<Fault> faults = EnumSet.noneOf(Fault.class);
        if (names.isEmpty()) {
            return EnumSet.allOf(Fault.class);
        }
        Arrays.stream(names.split(",", -1))
                .filter(name -> !name.equals("NONE"))
                .map(Fault::valueOf)
                .forEach(faults::add);
        return faults;
    }
}
