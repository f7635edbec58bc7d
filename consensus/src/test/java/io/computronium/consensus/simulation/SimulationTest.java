package io.computronium.consensus.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every invariant, for many seeds, under everything that can go wrong. */
class SimulationTest {

    private static final int HEIGHTS = 60;

    /** As many as the build has time for; {@code -Psimulation} runs more. */
    private static final int SEEDS = 500;

    /** Of twenty seeds, how many have one, four and seven seats. */
    private static int nodes(long seed) {
        long kind = seed % 20;
        return kind < 6 ? 1 : kind < 17 ? 4 : 7;
    }

    @Test
    void everySeedKeepsTheInvariants() {
        var result = Campaign.run(0, SEEDS, seed -> Plan.of(seed, nodes(seed), HEIGHTS));
        System.out.println(result.line());
        assertEquals(List.of(), result.failures(), "each with the command that repeats it");
        assertTrue(result.faults() >= 500_000, result::line);
        assertTrue(result.heights() >= SEEDS * HEIGHTS * 9 / 10, result::line);
    }

    /** A hundred validators, in few seeds and for few heights. */
    @Test
    void manyValidators() {
        var result = Campaign.run(0, 2, seed -> Plan.of(seed, 50, 14));
        assertEquals(List.of(), result.failures());
    }

    @Test
    void anotherSeedIsAnotherRun() {
        var one = Simulation.once(Plan.of(1, 4, 20));
        var other = Simulation.once(Plan.of(2, 4, 20));
        assertFalse(one.trace() == other.trace());
    }

    /** A failure that needs one kind of fault alone shrinks to it, and names a command. */
    @Test
    void failureShrinks() {
        var plan = new Plan(3, 1, 60, EnumSet.of(Fault.CRASH, Fault.LOSS));
        var failed = new Simulation.Outcome(plan, 0, 0, 0, "INV-1", "planted");
        var shrunk = Campaign.shrink(failed);
        assertEquals(plan, shrunk.plan(), "what does not fail again is left as it was");
        assertEquals(
                "mvn -q verify -Psimulation -Dsimulation.seed=3 -Dsimulation.nodes=1"
                        + " -Dsimulation.heights=60 -Dsimulation.faults=LOSS,CRASH",
                shrunk.plan().command());
    }
}
