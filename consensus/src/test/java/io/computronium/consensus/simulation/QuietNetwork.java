package io.computronium.consensus.simulation;

import io.computronium.consensus.ConsensusParameters;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Validators in a good network, for tests that do one thing to them. */
final class QuietNetwork {

    private static final int NO_TWIN = -1;

    final World world;
    private List<Validator> started = List.of();

    QuietNetwork(long seed, int nodes, ConsensusParameters parameters) {
        this(seed, nodes, parameters, NO_TWIN);
    }

    /**
     * @param twin the key that two machines have; the second one comes last
     */
    QuietNetwork(long seed, int nodes, ConsensusParameters parameters, int twin) {
        world = new World(new Plan(seed, nodes, 0, Set.of()), nodes, parameters);
        for (int key = 0; key < nodes; key++) {
            add(key, key == twin ? Fault.TWIN : null);
        }
        if (twin != NO_TWIN) {
            add(twin, Fault.TWIN);
        }
    }

    private void add(int key, @Nullable Fault flaw) {
        int node = world.validators.size();
        world.validators.add(new Validator(world, node, key, flaw, Driver::sayHonestly));
    }

    /** Starts all from the given one on. */
    void startFrom(int first) {
        started = world.validators.subList(first, world.validators.size());
        started.forEach(validator -> world.after(0, validator::start));
    }

    /** Runs until all that were started have decided a height. */
    boolean reaches(long height, long withinMillis) {
        return world.run(
                world.now() + withinMillis,
                () -> started.stream().allMatch(v -> v.isUp() && v.height() > height));
    }
}
