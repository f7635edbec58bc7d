package io.computronium.consensus.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.consensus.ConsensusParameters;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * INV-16: the power fails before, in the middle of and after every durable operation of the first
 * five heights, at each of four validators, and at all of them. {@link Judge} looks on.
 */
class CrashPointsTest {

    private static final int NODES = 4;
    private static final int HEIGHTS = 5;

    @TestFactory
    java.util.stream.Stream<DynamicTest> everyOperation() {
        return IntStream.rangeClosed(0, NODES)
                .mapToObj(who ->
                        DynamicTest.dynamicTest(
                                who == NODES ? "all validators" : "validator " + who,
                                () -> everyOperation(who)));
    }

    /**
     * @param who whose power fails; {@link #NODES}: everyone's
     */
    private static void everyOperation(int who) {
        var calm = network();
        long first = calm.world.validators.get(who % NODES).power.operations();
        calm.startFrom(0);
        assertTrue(calm.reaches(HEIGHTS, 20_000));
        long last = calm.world.validators.get(who % NODES).power.operations();
        assertTrue(last - first >= 40, "operations of five heights: " + (last - first));
        for (Power.Moment moment : Power.Moment.values()) {
            LongStream.range(first, last)
                    .parallel()
                    .forEach(operation -> crash(who, operation, moment));
        }
    }

    private static void crash(int who, long operation, Power.Moment moment) {
        var network = network();
        for (int node = 0; node < NODES; node++) {
            if (who == node || who == NODES) {
                network.world.validators.get(node).power.cutAt(operation, moment);
            }
        }
        network.startFrom(0);
        String point = "node " + who + ", operation " + operation + ", " + moment;
        try {
            assertTrue(network.reaches(HEIGHTS + 2, 60_000), () -> "stuck: " + point);
        } catch (Violation e) {
            throw new AssertionError(point + ": " + e.getMessage(), e);
        }
    }

    private static QuietNetwork network() {
        return new QuietNetwork(11, NODES, ConsensusParameters.DEFAULT);
    }
}
