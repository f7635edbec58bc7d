package io.computronium.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real validators agree, stop, and go on. */
class NodeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir Path folder;

    @Test
    void fourValidatorsAgreeOnBlocks() {
        try (var network = new TestNetwork(folder, 4)) {
            network.startAll();
            network.awaitHeight(5, PATIENCE);
            var first = network.node(0).block(3).orElseThrow().header();
            for (Node node : network.running()) {
                assertEquals(first, node.block(3).orElseThrow().header());
            }
        }
    }

    @Test
    void blocksNeedThreeOfFour() throws InterruptedException {
        try (var network = new TestNetwork(folder, 4)) {
            network.startAll();
            network.awaitHeight(2, PATIENCE);
            network.stop(0);
            network.stop(1);
            Thread.sleep(1_500);
            long stalled = network.node(2).height();
            Thread.sleep(3_000);
            assertEquals(stalled, network.node(2).height(), "two of four make no block");
            network.start(0);
            network.awaitHeight(stalled + 2, Duration.ofSeconds(10));
            network.start(1);
            network.awaitHeight(stalled + 5, PATIENCE);
        }
    }

    @Test
    void aChainGoesOnAfterAllNodesStopped() {
        try (var network = new TestNetwork(folder, 4)) {
            network.startAll();
            network.awaitHeight(3, PATIENCE);
            for (int i = 0; i < 4; i++) {
                network.stop(i);
            }
            network.startAll();
            assertTrue(network.running().stream().allMatch(node -> node.height() >= 3));
            network.awaitHeight(6, PATIENCE);
        }
    }
}
