package io.computronium.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.computronium.genesis.Devnet;
import io.computronium.genesis.GenesisJson;
import io.computronium.node.rpc.SampleContracts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What commands print, word for word, for people and with {@code --json}: transcripts in {@code
 * src/test/resources/golden}. Run with {@code -Dgolden.update=true} to write them anew, and read
 * the difference before you commit it.
 */
final class GoldenTest {

    private static final Path FOLDER = Path.of("src/test/resources/golden");

    private static final String SEND = "tx send --from alice --to bob 1.5cptm";

    private static final String JOIN =
            "club join --dues 1.5cptm --stay 7d --share 25% --note hello --from alice";

    @TempDir private Path home;

    /** Commands run one after the other in one home, each for people and for programs. */
    private record Transcript(String name, ScriptedNode.Mood mood, List<String> commands) {}

    @TestFactory
    Stream<DynamicTest> commandsPrint() {
        return Stream.of(
                        of("key", "key new me", "key list", "key show me", "key show you"),
                        of("account", "account show alice", "account show nobody"),
                        of("chain", "chain status", "block show latest", "block show 12"),
                        of("node", "node status"),
                        of("tx-send", SEND, SEND + " --wait none", SEND + " --sign-only"),
                        of("tx-dry-run", SEND + " --dry-run", SEND + " --dry-run --memo rent"),
                        of("tx-show", "tx show " + FakeNode.hex("9a"), "tx show 12"),
                        of("tx-failed", ScriptedNode.Mood.FAILING, SEND),
                        of("tx-expired", ScriptedNode.Mood.EXPIRING, SEND),
                        of("tx-refused", ScriptedNode.Mood.POOR, SEND),
                        of(
                                "contract",
                                "contract list",
                                "contract interface club",
                                "contract interface alice.tin",
                                "contract interface none",
                                "contract read club sum u2 u3",
                                "contract read club sum u2 (x"),
                        of("contract-help", "club --help", "club join --help", "box owner --help"),
                        of(
                                "contract-call",
                                JOIN,
                                JOIN + " --wait none",
                                JOIN + " --dry-run",
                                "club sum 2 3",
                                "box fill tin --units 5 --from bob"),
                        of("contract-failed", ScriptedNode.Mood.FAILING, JOIN, "club sum 2 3"),
                        of("usage", "tx send --from alice --to bob 1.5", "block show first"),
                        of("genesis", genesisCommands()),
                        of("config", configCommands()))
                .map(script -> dynamicTest(script.name, () -> compare(script)));
    }

    private static String[] genesisCommands() {
        var key = "7d4d0e7f6153a69b6242b522abbee685fda4420f8834b108c3bdae369ef549fa";
        var me = "SD000000000000000000003EFWXZ";
        var options = " --network testnet --chain-id my-net --time 1700000000000 --validator one=";
        return new String[] {
            "genesis new" + options + key + "@" + me + " --account " + me + "=5cptm --out <home>/g",
            "genesis show <home>/g",
            "genesis validate <home>/g",
            "genesis validate <home>/faulty",
            "genesis new"
                    + options
                    + key
                    + "@"
                    + me
                    + ":0 --account "
                    + me
                    + "=0cptm --out <home>/h",
        };
    }

    private static String[] configCommands() {
        return new String[] {
            "node init --home <home>/n --network devnet --genesis <home>/genesis.json",
            "config show --home <home>/n --rpc-port 7999",
            "config validate --home <home>/n",
            "config validate --home <home>/n --rpc-port 70000 --log-level loud",
            "config show --home <home>/nowhere",
        };
    }

    private static Transcript of(String name, String... commands) {
        return of(name, ScriptedNode.Mood.WELL, commands);
    }

    private static Transcript of(String name, ScriptedNode.Mood mood, String... commands) {
        return new Transcript(name, mood, List.of(commands));
    }

    private void compare(Transcript script) throws IOException {
        var file = FOLDER.resolve(script.name + ".txt");
        var text = play(script);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, text);
        }
        assertEquals(Files.readString(file), text);
    }

    private String play(Transcript script) throws IOException {
        var text = new StringBuilder();
        for (var suffix : List.of("", " --json")) {
            var folder = home.resolve(script.name + suffix.strip());
            Files.createDirectories(folder);
            var genesis = Devnet.genesis(1, 1_700_000_000_000L);
            Files.write(folder.resolve("genesis.json"), GenesisJson.write(genesis));
            var faulty =
                    new String(GenesisJson.write(genesis), StandardCharsets.UTF_8)
                            .replaceAll("\"dev\" ?: true", "\"dev\": 7")
                            .replaceAll("\"power\" ?: \"1\"", "\"power\": \"-1\"");
            Files.writeString(folder.resolve("faulty"), faulty);
            try (var node = ScriptedNode.of(script.mood)) {
                for (var command : script.commands) {
                    text.append(run(folder, node, command + suffix));
                }
            }
        }
        return text.toString();
    }

    private static String run(Path folder, FakeNode node, String command) {
        var cli =
                new Cli(folder)
                        .contracts(SampleContracts.REGISTRY)
                        .with("CPTM_RPC_URL", node.url())
                        .types("secret", "secret");
        var run = cli.run(command.replace("<home>", folder.toString()).split(" ", -1));
        var text = new StringBuilder("$ cptm ").append(command).append('\n').append(run.out());
        run.err().lines().forEach(line -> text.append("! ").append(line).append('\n'));
        return text.append("exit ")
                .append(run.exit())
                .append("\n\n")
                .toString()
                .replace(folder.toString(), "<home>")
                .replace(node.url(), "<url>")
                // That it is the right one is for the tests of genesis to say.
                .replaceAll("(genesis hash  |genesisHash\":\")[0-9a-f]{64}", "$1<hash>");
    }
}
