package io.computronium.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.computronium.primitives.Coin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The journey of a newcomer, with real processes, sockets and disks. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class DevnetIT {

    private static final int NODES = 4;

    @TempDir private Path home;

    @Test
    void transfersAreFinalAndSurviveSignalsAndCrashes() throws Exception {
        var cptm = new Installation(home);
        try (var devnet = cptm.devnet()) {
            assertEquals(NODES, devnet.frame().at("/data/nodes").size());
            transfer(cptm, 1);
            var second = cptm.json("devnet", "--reset");
            assertEquals("home_in_use", second.at("/error/name").asText(), second.toString());
            assertTrue(devnet.terminate() <= 3_000, "three seconds are promised");
        }
        try (var devnet = cptm.devnet()) {
            transfer(cptm, 2);
            devnet.kill();
        }
        try (var devnet = cptm.devnet()) {
            transfer(cptm, 3);
            assertTrue(devnet.terminate() <= 3_000);
        }
    }

    @Test
    void childrenAreNodesOfTheirOwnAndDieWithTheirSupervisor() throws Exception {
        var cptm = new Installation(home);
        try (var devnet = cptm.devnet("--processes")) {
            var children = devnet.process().toHandle().children().toList();
            assertEquals(NODES, children.size());
            children.getLast().destroyForcibly();
            var before = send(cptm);
            try (var node = cptm.node("validator-" + NODES)) {
                var after = send(cptm);
                assertTrue(after.at("/data/height").asLong() > before.at("/data/height").asLong());
                assertSameState(cptm, after.at("/data/height").asText());
                assertTrue(node.terminate() <= 3_000);
            }
            devnet.kill();
            for (var child : children) {
                child.onExit().get(10, TimeUnit.SECONDS);
            }
        }
    }

    /** One more transfer to bob, whose {@code number}th it is. */
    private static void transfer(Installation cptm, int number) throws Exception {
        var sent = send(cptm);
        assertSameState(cptm, sent.at("/data/height").asText());
        var bob = cptm.json("account", "show", "bob");
        long expected = 10_000_000 * Coin.GRAINS_PER_CPTM + number * Coin.parse("1.5cptm");
        assertEquals(expected, bob.at("/data/balance").asLong());
        var supply = cptm.json("chain", "status").at("/data/supply");
        assertEquals(
                supply.path("genesis").asLong() + supply.path("minted").asLong(),
                supply.path("current").asLong() + supply.path("burned").asLong());
    }

    private static JsonNode send(Installation cptm) throws Exception {
        var frame = cptm.json("tx", "send", "--from", "alice", "--to", "bob", "1.5cptm");
        assertTrue(frame.path("success").asBoolean(), frame.toString());
        assertEquals("final", frame.at("/data/status").asText());
        return frame;
    }

    private static void assertSameState(Installation cptm, String height) throws Exception {
        var roots = new HashSet<String>();
        for (int i = 0; i < NODES; i++) {
            roots.add(stateRoot(cptm, i, height));
        }
        assertEquals(1, roots.size(), roots.toString());
    }

    /** Asked again for a while, since a node may be a block behind. */
    private static String stateRoot(Installation cptm, int index, String height)
            throws IOException, InterruptedException {
        for (int attempt = 0; attempt < 30; attempt++) {
            var frame = cptm.json("block", "show", height, "--rpc-url", cptm.rpcUrl(index));
            if (frame.path("success").asBoolean()) {
                return frame.at("/data/header/stateRoot").asText();
            }
            Thread.sleep(500);
        }
        throw new AssertionError("node " + index + " has no block " + height);
    }
}
