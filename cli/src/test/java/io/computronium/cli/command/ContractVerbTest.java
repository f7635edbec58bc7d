package io.computronium.cli.command;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.computronium.genesis.Devnet;
import io.computronium.node.rpc.SampleContracts;
import io.computronium.primitives.AddressVersions;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.primitives.Uint128;
import io.computronium.primitives.codec.TransactionCodec;
import io.computronium.primitives.tx.Asset;
import io.computronium.primitives.tx.Call;
import io.computronium.primitives.tx.PostCondition;
import io.computronium.primitives.tx.Transaction;
import io.computronium.primitives.tx.TransactionBody;
import io.computronium.vm.value.ValueCodec;
import io.computronium.vm.value.ValueText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Commands made from declarations: what is signed and asked, and what is refused. */
final class ContractVerbTest {

    private static final Principal ALICE = Devnet.account("alice");
    private static final Principal CLUB =
            Principal.of(AddressVersions.TESTNET.systemAccount(), "club");

    @TempDir private Path home;
    private FakeNode node = new FakeNode();
    private final List<Transaction> submitted = new ArrayList<>();
    private final AtomicReference<JsonNode> read = new AtomicReference<>();

    ContractVerbTest() throws IOException {}

    @BeforeEach
    void script() throws IOException {
        node.close();
        node = ScriptedNode.of(ScriptedNode.Mood.WELL);
        node.on(
                "tx_submit",
                params -> {
                    var bytes = Bytes.ofHex(params.get("transaction").asText()).toArray();
                    submitted.add(TransactionCodec.TRANSACTION.decode(bytes));
                    return FakeNode.parse("{}");
                });
        node.on(
                "contract_read",
                params -> {
                    read.set(params);
                    return FakeNode.parse(
                            """
                            {"height":"12","value":{"hex":"0x03","repr":"true","json":true}}\
                            """);
                });
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void argumentsAreReadByTypeAndUnit() {
        var join =
                "club join --dues 1.5cptm --stay 7d --share 2.5% --note hello --days u1,2 --loud";
        var body = sent(join);
        assertEquals(
                "join u150000000 u604800 u250 (some u\"hello\") (list u1 u2) true", call(body));
        assertEquals(List.of(atMost(Asset.COIN, 150_000_000)), body.postConditions());
        assertEquals(1_000_000, body.gasLimit());
        assertEquals(CLUB, ((Call.ContractCall) body.calls().getFirst()).contract());
    }

    @Test
    void wordsFillWhatOptionsLeave() {
        assertEquals(
                "join u100 u5 u10000 none (list) false",
                call(sent("club join 100grain --share 100% 5blocks")));
        assertEquals(
                "join u100 u5 u1 (some u\"x\") (list u7 u8) false",
                call(sent("club join 100grain 5 1bp x 7,8")));
    }

    @Test
    void principalsGoByManyNames() {
        var badge = " --badge 0x" + "ab".repeat(32);
        for (var friend :
                List.of("bob", Devnet.account("bob").toString(), "'" + Devnet.account("bob"))) {
            assertTrue(
                    call(sent("club invite --friend " + friend + badge))
                            .contains(Devnet.account("bob").toString()),
                    friend);
        }
        assertTrue(call(sent("club invite --friend club" + badge)).contains("'" + CLUB));
        assertTrue(
                call(sent("club invite --friend bob.tin" + badge))
                        .contains(Devnet.account("bob") + ".tin"));
    }

    @Test
    void aKeyCanStandForItsBytes() {
        assertTrue(
                call(sent("club invite bob carol"))
                        .endsWith("0x" + Devnet.key("carol").publicKey().toHex()));
    }

    @Test
    void instancesGoByTheirOwner() {
        for (var name : List.of("tin", "alice.tin", ALICE + ".tin")) {
            var body = sent("box fill " + name + " 5");
            assertEquals("fill u5", call(body));
            assertEquals(
                    Principal.of(ALICE.address(), "tin"),
                    ((Call.ContractCall) body.calls().getFirst()).contract());
            assertEquals(List.of(), body.postConditions());
        }
        var created = (Call.ContractCall) sent("box create tin 5").calls().getFirst();
        assertEquals("box", created.contract().contract());
        assertEquals("create \"tin\" u5", call(sent("box create tin 5")));
    }

    @Test
    void maxSpendAndMaxSendAreWhatMayLeave() {
        var body = sent("club join 1cptm 5 1bp --max-spend 2cptm --max-send alice.gold=7");
        long fee = (body.gasLimit() * body.maxFeePerKilogas() + 999) / 1_000;
        var gold = new Asset.Token(Principal.of(ALICE.address(), "gold"), "token");
        assertEquals(
                List.of(atMost(Asset.COIN, 200_000_000 - fee), atMost(gold, 7)),
                body.postConditions());
        var refused = run("club join 1cptm 5 1bp --max-spend 1cptm --from alice --json");
        assertEquals("max_spend", refused.frame().at("/error/name").asText());
    }

    @Test
    void readingSendsNothing() {
        var frame = run("club sum 2 --second 3 --at 7 --json").frame();
        assertEquals("true", frame.at("/data/result/repr").asText());
        JsonNode asked = requireNonNull(read.get());
        assertEquals("sum", asked.at("/function").asText());
        assertEquals("7", asked.at("/at").asText());
        assertEquals("0x0100000000000000000000000000000003", asked.at("/arguments/1").asText());
        assertEquals(List.of(), submitted);
        assertEquals(0, run("box owner tin --from alice").exit());
        assertEquals(ALICE + ".tin", read.get().get("contract").asText());
        var whose = run("box owner tin --json").frame().at("/error/message").asText();
        assertTrue(whose.contains("whose 'tin' is not said"), whose);
    }

    @Test
    void valuesComeFromFilesToo() throws IOException {
        var file = Files.writeString(home.resolve("days.json"), "[\"1\", \"2\"]");
        assertTrue(call(sent("club join 1cptm 5 1bp --days " + file)).contains("(list u1 u2)"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "club join 5 5 1bp              | dues: ",
                "club join 1cptm 5x 1bp         | stay: a number of blocks",
                "club join 1cptm 5 0.001%       | share: a share in steps",
                "club join 1cptm 5              | --share is missing: of the profit",
                "club join 1cptm 5 1bp a 1 b    | too many arguments: b",
                "club join 1cptm 5 1bp --days x | days: a number expected",
                "club join 1cptm 5 1bp --days 1,2,3,4 | days: a value of (list 3 uint)",
                "club join 1cptm 5 1bp --note 123456789012345678901 | note: a value of",
                "club join 1cptm 5 1bp --days (list,u1 | days: ",
                "club invite nobody 00          | no key named 'nobody'",
                "club invite bob xyz            | badge: bytes in hex",
                "club invite bob "
                        + "00000000000000000000000000000000000000000000000000000000000000000000"
                        + " | badge: a value of (buff 32)",
                "box fill 1tin 5                | no key named",
            })
    void saysWhichArgumentIsWrong(String command, String reason) {
        var frame = run(command + " --from alice --wait none --json").frame();
        var message = frame.at("/error/message").asText();
        assertTrue(message.contains(reason), frame.toString());
        assertEquals(List.of(), submitted);
    }

    /** Of the real contracts: a user who copies an example has given everything. */
    @TestFactory
    Stream<DynamicTest> examplesAreComplete() {
        var tree = new Cli(home).tree();
        return tree.getSubcommands().values().stream()
                .flatMap(noun -> noun.getSubcommands().values().stream())
                .filter(verb -> verb.getCommand() instanceof ContractVerb)
                .map(verb ->
                        dynamicTest(
                                verb.getCommandSpec().qualifiedName(),
                                () -> assertComplete(tree, verb)));
    }

    private static void assertComplete(CommandLine tree, CommandLine verb) {
        var footer = String.join("", verb.getCommandSpec().usageMessage().footer());
        var words = footer.strip().replace("%%", "%").split(" +");
        tree.parseArgs(List.of(words).subList(1, words.length).toArray(String[]::new));
        ContractVerb command = verb.getCommand();
        assertEquals(Optional.empty(), command.incomplete(), footer);
    }

    @Test
    void anyContractCanBeCalledByFunction() {
        assertEquals(
                "fill u5",
                call(sent("contract call alice.tin fill 0x0100000000000000000000000000000005")));
        assertEquals("fill u5", call(sent("contract call alice.tin fill u5")));
        assertEquals(
                "join u100 u1 u1 none (list u1) true",
                call(sent("contract call club join 100grain 1 u1 none [\"1\"] true")));
        assertEquals(0, run("contract read club sum u1 2").exit());
        assertTrue(run("contract read club join").err().contains("contract call"), "access");
        assertTrue(run("contract call club nope --from alice").err().contains("no function"));
        assertTrue(
                run("contract call club join 1 --from alice").err().contains("takes 6 arguments"));
    }

    private TransactionBody sent(String command) {
        int before = submitted.size();
        var run = run(command + " --from alice --wait none");
        assertEquals(0, run.exit(), run.err());
        assertEquals(before + 1, submitted.size());
        return submitted.getLast().body();
    }

    private static String call(TransactionBody body) {
        var call = (Call.ContractCall) body.calls().getFirst();
        var text = new StringBuilder(call.function());
        call.arguments()
                .forEach(value -> text.append(' ').append(ValueText.of(ValueCodec.decode(value))));
        return text.toString();
    }

    private static PostCondition atMost(Asset asset, long amount) {
        return new PostCondition.Sent(
                ALICE, asset, PostCondition.Comparison.AT_MOST, Uint128.of(amount));
    }

    private Cli.Run run(String command) {
        return new Cli(home)
                .contracts(SampleContracts.REGISTRY)
                .with("CPTM_RPC_URL", node.url())
                .run(command.split(" "));
    }
}
