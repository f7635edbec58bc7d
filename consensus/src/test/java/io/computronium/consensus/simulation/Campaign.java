package io.computronium.consensus.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/** Many plans, each run twice, on all processors. */
final class Campaign {

    private static final int MAX_FAILURES = 5;

    private Campaign() {}

    /**
     * What came of it.
     *
     * @param failures what to do to see each failure again, and what it is
     */
    record Result(long seeds, long heights, long faults, long failed, List<String> failures) {

        String line() {
            return "simulation: seeds=%d heights=%d faults=%d failures=%d"
                    .formatted(seeds, heights, faults, failed);
        }
    }

    /** Runs the plans for {@code count} seeds from {@code first} on. */
    static Result run(long first, long count, LongFunction<Plan> plans) {
        return run(LongStream.range(first, first + count).mapToObj(plans).toList());
    }

    static Result run(List<Plan> plans) {
        long heights = 0;
        long faults = 0;
        long failed = 0;
        List<String> failures = new ArrayList<>();
        try (var pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            List<Future<Simulation.Outcome>> runs = new ArrayList<>();
            plans.forEach(plan -> runs.add(pool.submit(() -> Simulation.twice(plan))));
            for (Future<Simulation.Outcome> run : runs) {
                Simulation.Outcome outcome = run.get();
                heights += outcome.heights();
                faults += outcome.faults();
                if (!outcome.isGood()) {
                    failed++;
                    if (failures.size() < MAX_FAILURES) {
                        Simulation.Outcome shrunk = shrink(outcome);
                        failures.add(shrunk.failure() + "\n  " + shrunk.plan().command());
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        return new Result(plans.size(), heights, faults, failed, failures);
    }

    /** A smaller plan that fails, too: with fewer kinds of faults, and shorter. */
    static Simulation.Outcome shrink(Simulation.Outcome failed) {
        Simulation.Outcome smallest = failed;
        for (Fault fault : failed.plan().faults()) {
            Simulation.Outcome fewer = Simulation.twice(smallest.plan().without(fault));
            smallest = fewer.isGood() ? smallest : fewer;
        }
        int heights = smallest.plan().heights();
        while (heights > Plan.CALM_HEIGHTS + 1) {
            heights = Plan.CALM_HEIGHTS + (heights - Plan.CALM_HEIGHTS) / 2;
            Simulation.Outcome shorter = Simulation.twice(smallest.plan().ofHeights(heights));
            smallest = shorter.isGood() ? smallest : shorter;
        }
        return smallest;
    }
}
