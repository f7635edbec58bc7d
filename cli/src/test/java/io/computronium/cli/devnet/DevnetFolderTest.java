package io.computronium.cli.devnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.cli.home.Setting;
import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import io.computronium.genesis.Devnet;
import io.computronium.genesis.codec.GenesisCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder of a devnet: made once, gone on with, deleted only if it is one. */
final class DevnetFolderTest {

    @TempDir private Path parent;

    @Test
    void everyNodeHasAHomeThatFitsTheOthers() {
        try (var folder = open(3, false)) {
            folder.configure(7300, 7400, "warn");
            var homes = folder.homes();
            assertEquals(3, homes.size());
            for (int i = 0; i < 3; i++) {
                var home = homes.get(i);
                var settings = home.settings(Map.of(), Map.of());
                assertEquals(Devnet.validator(i), settings.text(Setting.NAME));
                assertEquals(Integer.toString(7300 + i), settings.text(Setting.RPC_PORT));
                assertEquals(2, settings.list(Setting.P2P_PEERS).size());
                assertFalse(
                        settings.text(Setting.P2P_PEERS).contains(home.nodeId().toHex()),
                        "a node is not its own peer");
                assertTrue(
                        settings.text(Setting.P2P_PEERS)
                                .contains(homes.get((i + 1) % 3).nodeId().toHex()));
                assertEquals(
                        home.genesis().validators().get(i).publicKey(),
                        home.validatorKey().publicKey());
            }
        }
    }

    @Test
    void theGenesisIsTheSameEverywhere() {
        try (var here = DevnetFolder.open(parent.resolve("a"), 4, false);
                var there = DevnetFolder.open(parent.resolve("b"), 4, false)) {
            assertEquals(GenesisCodec.hashOf(here.genesis()), GenesisCodec.hashOf(there.genesis()));
            assertEquals(here.genesis(), there.homes().getFirst().genesis());
        }
    }

    @Test
    void aRestartGoesOnFromTheFolder() throws IOException {
        open(2, false).close();
        var data = parent.resolve("net/validator-1/data");
        Files.createDirectories(data);
        open(2, false).close();
        assertTrue(Files.exists(data));
    }

    @Test
    void resetDeletesTheData() throws IOException {
        open(2, false).close();
        var data = parent.resolve("net/validator-1/data/block");
        Files.createDirectories(data);
        var others = Files.writeString(parent.resolve("net/notes"), "mine");
        open(2, true).close();
        assertFalse(Files.exists(data));
        assertTrue(Files.exists(others), "deleted what it did not make");
    }

    @Test
    void resetDoesNotFollowLinks() throws IOException {
        open(1, false).close();
        var outside = Files.createDirectories(parent.resolve("outside"));
        var file = Files.writeString(outside.resolve("file"), "mine");
        Files.createSymbolicLink(parent.resolve("net/validator-1/link"), outside);
        open(1, true).close();
        assertTrue(Files.exists(file));
    }

    @Test
    void aFolderOfSomebodyElseIsNotTouched() throws IOException {
        var file = parent.resolve("net/validator-1");
        Files.createDirectories(file);
        assertEquals(ErrorCode.HOME, failure(2, true).code());
        assertTrue(Files.exists(file));
        try (var files = Files.list(parent.resolve("net"))) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void anotherNumberOfValidatorsNeedsAReset() {
        open(2, false).close();
        var failure = failure(3, false);
        assertEquals(ErrorCode.HOME, failure.code());
        assertTrue(failure.next().contains("--validators 2"), failure.next());
        open(3, true).close();
    }

    @Test
    void oneDevnetAtATimeRunsInAFolder() {
        try (var _ = open(1, false)) {
            assertEquals(ErrorCode.HOME_IN_USE, failure(1, true).code());
        }
        open(1, false).close();
    }

    @Test
    void anUnfinishedCreationIsMadeAnew() throws IOException {
        open(2, false).close();
        Files.delete(parent.resolve("net/validator-2/node.toml"));
        try (var folder = open(2, false)) {
            assertTrue(folder.homes().get(1).exists());
        }
    }

    private DevnetFolder open(int validators, boolean reset) {
        return DevnetFolder.open(parent.resolve("net"), validators, reset);
    }

    private Failure failure(int validators, boolean reset) {
        return assertThrows(Failure.class, () -> open(validators, reset).close());
    }
}
