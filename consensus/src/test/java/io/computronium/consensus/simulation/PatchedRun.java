package io.computronium.consensus.simulation;

import java.util.function.LongFunction;

/**
 * The simulation for the class loader that planted a bug in it: from a seed to the invariant that
 * breaks, or an empty text.
 */
public final class PatchedRun implements LongFunction<String> {

    private static final int HEIGHTS = 40;

    @Override
    public String apply(long seed) {
        try {
            var outcome =
                    Simulation.once(
                            Plan.of(seed, seed % 8 == 7 ? 1 : seed % 4 == 2 ? 7 : 4, HEIGHTS));
            return outcome.invariant() == null ? "" : outcome.invariant();
        } catch (LinkageError e) {
            throw e; // the patch is wrong, not the code
        }
    }
}
