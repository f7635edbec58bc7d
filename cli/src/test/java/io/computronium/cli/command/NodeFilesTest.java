package io.computronium.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.cli.shell.ErrorCode;
import io.computronium.genesis.Devnet;
import io.computronium.genesis.GenesisJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in a node's folder: used if it is good, refused with the place of the fault if not. */
final class NodeFilesTest {

    @TempDir private Path home;

    private Path genesis() {
        return home.resolve("node/genesis.json");
    }

    @BeforeEach
    void makeANode() throws IOException {
        var document = home.resolve("genesis.json");
        Files.write(document, GenesisJson.write(Devnet.genesis(1, 1)));
        var made = new Cli(home).run("node", "init", "--network=devnet", "--genesis=" + document);
        assertEquals(0, made.exit(), made.err());
    }

    private void requireRefused(ErrorCode code, String named) {
        // Its launcher fails by itself with another code, so nothing has been started.
        var run = new Cli(home).run("node", "start", "--json");
        assertEquals(1, run.exit());
        assertEquals(code.symbol(), run.frame().at("/error/name").asText(), run.out());
        assertTrue(run.frame().at("/error").toString().contains(named), run.out());
    }

    @Test
    void aCorruptConfigurationIsRefusedByKey() throws IOException {
        Files.writeString(home.resolve("node/node.toml"), "[rpc]\nport = \"soon\"\n");
        requireRefused(ErrorCode.CONFIG, "rpc.port");
        Files.writeString(home.resolve("node/node.toml"), "[rpc\n");
        requireRefused(ErrorCode.CONFIG, "node.toml");
    }

    @Test
    void aCorruptGenesisIsRefusedByField() throws IOException {
        String good = Files.readString(genesis());
        Files.writeString(genesis(), good.replaceAll("\"dev\" ?: true", "\"dev\": 7"));
        var run = new Cli(home).run("config", "validate", "--json");
        assertEquals("genesis", run.frame().at("/error/name").asText(), run.out());
        assertTrue(run.out().contains("dev"), run.out());
        Files.writeString(genesis(), good.substring(0, good.length() / 2));
        assertEquals(
                "genesis",
                new Cli(home)
                        .run("config", "validate", "--json")
                        .frame()
                        .at("/error/name")
                        .asText());
    }
}
