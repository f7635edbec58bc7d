package io.computronium.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.computronium.cli.home.NodeHome;
import io.computronium.cli.home.NodeLauncher.Occasion;
import io.computronium.cli.home.NodeLauncher.RunningNode;
import io.computronium.cli.home.Setting;
import io.computronium.cli.home.Settings;
import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import io.computronium.genesis.Devnet;
import io.computronium.genesis.GenesisJson;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The supervisor, over nodes that are scripted. */
final class DevnetCommandTest {

    @TempDir private Path home;
    private final List<String> running = new CopyOnWriteArrayList<>();
    private final AtomicLong height = new AtomicLong();
    private final FakeNode node = new FakeNode();

    DevnetCommandTest() throws IOException {}

    @BeforeEach
    void makeBlocks() {
        node.on("chain_head", _ -> head());
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void itSaysWhereEverythingIsAndStopsWhenTold() {
        var cli = new Cli(home).launching(this::start);
        // The stop comes once nodes answer and a block was seen.
        node.on(
                "chain_head",
                _ -> {
                    if (height.get() > 3) {
                        cli.stop().request();
                    }
                    return head();
                });
        var run = cli.run("devnet", "--json", "--rpc-port", port(), "--p2p-port", "17400");
        assertEquals(0, run.exit(), run.err());
        var data = run.frame().at("/data");
        assertEquals("devnet, no value", data.at("/note").asText());
        assertEquals(4, data.at("/nodes").size());
        assertEquals(node.url(), data.at("/nodes/0/rpc").asText());
        assertEquals("127.0.0.1:17403", data.at("/nodes/3/p2p").asText());
        assertEquals("alice", data.at("/accounts/0/name").asText());
        assertEquals("1", data.at("/block/height").asText());
        assertEquals(List.of(), running, "not all nodes were closed");
    }

    @Test
    void peopleGetABanner() {
        var cli = new Cli(home).launching(this::start);
        node.on(
                "chain_head",
                _ -> {
                    if (height.get() > 3) {
                        cli.stop().request();
                    }
                    return head();
                });
        var run = cli.run("devnet", "--rpc-port", port(), "--p2p-port", "17400");
        assertTrue(run.out().startsWith("devnet, no value: 4 validators in one process\n"));
        assertTrue(run.out().contains("accounts  alice bob carol dave faucet\n"), run.out());
        assertTrue(run.out().contains(node.url()), run.out());
    }

    @Test
    void aNodeThatDoesNotStartTakesTheOthersDown() {
        var cli =
                new Cli(home)
                        .launching((folder, settings, occasion) -> {
                            if (running.size() == 2) {
                                throw new Failure(ErrorCode.NODE_START, "port in use", "choose");
                            }
                            return start(folder, settings, occasion);
                        });
        var run = cli.run("devnet", "--json", "--rpc-port", port(), "--p2p-port", "17400");
        assertEquals(1, run.exit());
        assertEquals("node_start", run.frame().at("/error/name").asText());
        assertEquals(List.of(), running);
    }

    @Test
    void portsThatOverlapAreRefused() {
        var run = new Cli(home).run("devnet", "--rpc-port", "7300", "--p2p-port", "7302");
        assertEquals(2, run.exit());
        assertEquals(2, new Cli(home).run("devnet", "--rpc-port", "65534").exit());
        assertEquals(2, new Cli(home).run("devnet", "--validators", "0").exit());
        assertEquals(2, new Cli(home).run("devnet", "--validators", "33").exit());
    }

    @Test
    void aNodeWhoseParentIsGoneStops() throws Exception {
        var genesis = home.resolve("genesis.json");
        Files.write(genesis, GenesisJson.write(Devnet.genesis(1, 1)));
        new Cli(home).run("node", "init", "--network", "devnet", "--genesis", genesis.toString());
        var parent = new ProcessBuilder("sleep", "600").start();
        var cli = new Cli(home).launching(this::start);
        parent.destroyForcibly();
        var run = cli.run("node", "start", "--json", "--parent", Long.toString(parent.pid()));
        assertEquals(0, run.exit(), run.err());
        assertEquals("cptm-devnet", run.frame().at("/data/chainId").asText());
        assertEquals(List.of(), running);
    }

    private RunningNode start(NodeHome folder, Settings settings, Occasion occasion) {
        var name = settings.text(Setting.NAME);
        running.add(name);
        return new RunningNode() {
            @Override
            public InetSocketAddress rpcAddress() {
                return InetSocketAddress.createUnresolved("127.0.0.1", 1);
            }

            @Override
            public InetSocketAddress p2pAddress() {
                return InetSocketAddress.createUnresolved("127.0.0.1", 2);
            }

            @Override
            public boolean isRunning() {
                return true;
            }

            @Override
            public void close() {
                running.remove(name);
            }
        };
    }

    private JsonNode head() {
        return FakeNode.parse(
                """
                {"height":"%d","blockId":"%s","baseFee":"1000","transactions":0}\
                """
                        .formatted(height.incrementAndGet(), FakeNode.hex("ab")));
    }

    private String port() {
        return node.url().substring(node.url().lastIndexOf(':') + 1);
    }
}
