package io.computronium.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.computronium.genesis.Devnet;
import io.computronium.primitives.AddressVersions;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.Hash;
import io.computronium.primitives.Principal;
import io.computronium.primitives.Uint128;
import io.computronium.primitives.bft.SignBytes;
import io.computronium.primitives.codec.TransactionCodec;
import io.computronium.primitives.crypto.Ed25519;
import io.computronium.primitives.crypto.Hash160;
import io.computronium.primitives.tx.Asset;
import io.computronium.primitives.tx.Call;
import io.computronium.primitives.tx.Credential;
import io.computronium.primitives.tx.PostCondition;
import io.computronium.primitives.tx.PostConditionMode;
import io.computronium.primitives.tx.Transaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** {@code tx send}: what is signed, and what is done when nodes refuse, forget or are silent. */
final class SendCommandTest {

    private static final Principal ALICE = Devnet.account("alice");
    private static final Principal BOB = Devnet.account("bob");

    @TempDir private Path home;
    private FakeNode node = new FakeNode();
    private final List<Transaction> submitted = new ArrayList<>();

    SendCommandTest() throws IOException {}

    @BeforeEach
    void script() throws IOException {
        node.close();
        node = ScriptedNode.of(ScriptedNode.Mood.WELL);
        node.on("tx_submit", this::submit);
        node.on("tx_wait", params -> status(params, "final"));
        node.on("tx_status", params -> status(params, "unknown"));
        node.on("tx_get", SendCommandTest::settled);
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void theBodySaysWhatWasTypedAndNoMore() {
        var frame = send("--memo", "rent", "--wait", "none").frame();
        var transaction = submitted.getFirst();
        var body = transaction.body();
        assertEquals(transaction.id().toHex(), frame.at("/data/id").asText());
        assertEquals("devnet", body.chainId());
        assertEquals(ALICE, body.sender());
        assertEquals(0, body.lane());
        assertEquals(3, body.sequence());
        assertEquals(12 + 60, body.validUntil());
        assertEquals(2 * 1_000 + 1, body.maxFeePerKilogas());
        assertNull(body.payer());
        assertEquals(List.of(new Call.Transfer(BOB, 150_000_000, null)), body.calls());
        assertEquals(PostConditionMode.DENY, body.postConditionMode());
        assertEquals(
                List.of(
                        new PostCondition.Sent(
                                ALICE,
                                Asset.COIN,
                                PostCondition.Comparison.AT_MOST,
                                Uint128.of(150_000_000))),
                body.postConditions());
        assertEquals("72656e74", body.memo().toHex());
    }

    @Test
    void theSignatureIsForThisChainOnly() {
        send();
        var transaction = submitted.getFirst();
        var chain = new ChainIdentity("devnet", Hash.ofHex(FakeNode.GENESIS_HASH));
        assertTrue(transaction.sender() instanceof Credential.Single);
        var credential = (Credential.Single) transaction.sender();
        assertEquals(Devnet.key("alice").publicKey(), credential.key());
        assertTrue(
                Ed25519.verify(
                        credential.key(),
                        SignBytes.transactionSender(chain, transaction.id()),
                        credential.signature()));
    }

    @Test
    void aPayerSignsTheSameBody() {
        send("--fee-payer", "carol");
        var transaction = submitted.getFirst();
        var chain = new ChainIdentity("devnet", Hash.ofHex(FakeNode.GENESIS_HASH));
        var payer = (Credential.Single) Objects.requireNonNull(transaction.payer());
        assertEquals(Devnet.account("carol"), transaction.body().payer());
        assertTrue(
                Ed25519.verify(
                        payer.key(),
                        SignBytes.transactionPayer(chain, transaction.id()),
                        payer.signature()));
    }

    @Test
    void aKeyOfOnesOwnNeedsItsPassword() {
        var cli = new Cli(home).types("secret", "secret");
        assertEquals(0, cli.run("key", "new", "me").exit());
        var command = List.of("tx", "send", "--from", "me", "--to", "bob", "1cptm", "--json");
        var wrong = run(new Cli(home).types("secret?"), command);
        assertEquals("key_password", wrong.frame().at("/error/name").asText());
        var silent = run(new Cli(home), command);
        assertEquals("key_password_missing", silent.frame().at("/error/name").asText());
        assertEquals(List.of(), submitted);
        assertEquals(0, run(new Cli(home).types("secret"), command).exit());
        var byStdin = new ArrayList<>(command);
        byStdin.add("--password-stdin");
        assertEquals(0, run(new Cli(home).stdin("secret\nmore"), byStdin).exit());
        assertEquals(2, submitted.size());
    }

    @TestFactory
    Stream<DynamicTest> amountsThatAreWrongUsage() {
        return Stream.of(
                        "1.5",
                        "150000000",
                        "-1cptm",
                        "+1cptm",
                        "0cptm",
                        "0.000000001cptm",
                        "1.5grain",
                        "NaNcptm",
                        "1e3cptm",
                        "1,5cptm",
                        "1000000001cptm",
                        "99999999999999999999grain",
                        "cptm",
                        "1.cptm",
                        "1btc",
                        "9".repeat(1 << 20))
                .map(amount ->
                        dynamicTest(
                                amount.substring(0, Math.min(amount.length(), 30)),
                                () -> {
                                    var run =
                                            cli(
                                                    "tx", "send", "--from", "alice", "--to", "bob",
                                                    "--json", "--", amount);
                                    assertEquals(2, run.exit(), run.out());
                                    assertEquals("usage", run.frame().at("/error/name").asText());
                                    assertTrue(run.out().length() < 2_000);
                                    assertEquals(List.of(), submitted);
                                }));
    }

    @TestFactory
    Stream<DynamicTest> recipientsThatAreRefused() {
        var bob = BOB.toString();
        var key = Devnet.key("bob").publicKey();
        var foreign = Hash160.address(AddressVersions.MAINNET.key(), key).toString();
        var typo = bob.substring(0, 9) + (bob.charAt(9) == '7' ? '8' : '7') + bob.substring(10);
        return Map.of(
                        foreign,
                        "address_foreign: start with SD",
                        typo,
                        "address_malformed: character 10",
                        bob.toLowerCase(Locale.ROOT),
                        "address_malformed: capital",
                        bob.substring(0, 30),
                        "address_malformed: character by character",
                        bob + ".1st",
                        "address_malformed: ",
                        "bobby",
                        "unknown_account: key list",
                        "alice",
                        "usage: --to")
                .entrySet()
                .stream()
                .map(entry ->
                        dynamicTest(
                                entry.getKey(), () -> refuses(entry.getKey(), entry.getValue())));
    }

    private void refuses(String recipient, String expected) {
        var error =
                cli("tx", "send", "--from", "alice", "--to", recipient, "1cptm", "--json")
                        .frame()
                        .at("/error");
        int colon = expected.indexOf(':');
        assertEquals(expected.substring(0, colon), error.at("/name").asText());
        var next = error.at("/details/next").asText();
        assertTrue(next.contains(expected.substring(colon + 2)), next);
        assertEquals(List.of(), submitted);
    }

    @Test
    void namesOfDevnetsMeanNothingElsewhere() {
        node.answer(
                "chain_parameters",
                """
                {"chainId":"other","genesisHash":"%s","dev":false,"addressVersion":13}\
                """
                        .formatted(FakeNode.GENESIS_HASH));
        var frame = send().frame();
        assertEquals("unknown_account", frame.at("/error/name").asText());
    }

    @Test
    void maxSpendBoundsAmountAndFee() {
        var refused = send("--max-spend", "150000010grain").frame();
        assertEquals("max_spend", refused.at("/error/name").asText());
        // 30,000 gas at the base fee and the tip.
        assertEquals("150030030", refused.at("/error/details/needed").asText());
        assertEquals(List.of(), submitted);
        assertEquals(0, send("--max-spend", "150030030grain").exit());
        assertEquals(1_001, submitted.getFirst().body().maxFeePerKilogas());
    }

    @Test
    void withAPayerMaxSpendBoundsTheAmountAlone() {
        assertEquals(0, send("--max-spend", "1.5cptm", "--fee-payer", "carol").exit());
        var run = send("--max-spend", "1.4cptm", "--fee-payer", "carol");
        assertEquals("max_spend", run.frame().at("/error/name").asText());
    }

    @Test
    void aSequenceThatSomebodyUsedIsReplaced() {
        node.on("tx_submit", params -> refuseBelow(5, "sequence_used", params));
        assertEquals(0, send().exit());
        assertEquals(5, submitted.getFirst().body().sequence());
    }

    @Test
    void aSequenceThatAnotherWalletHasWaitingIsSkipped() {
        node.on("tx_submit", params -> refuseBelow(6, "replacement_underpriced", params));
        assertEquals(0, send().exit());
        assertEquals(6, submitted.getFirst().body().sequence());
    }

    @Test
    void whatThisWalletHasWaitingIsRemembered() {
        node.on("tx_wait", params -> status(params, "pending"));
        node.on("tx_status", params -> status(params, "pending"));
        assertEquals(0, send("--wait", "none").exit());
        assertEquals(0, send("--wait", "none").exit());
        assertEquals(3, submitted.get(0).body().sequence());
        assertEquals(4, submitted.get(1).body().sequence());
        // It got lost: the chain's own answer counts again.
        node.on("tx_status", params -> status(params, "unknown"));
        assertEquals(0, send("--wait", "none").exit());
        assertEquals(3, submitted.get(2).body().sequence());
    }

    @Test
    void aSubmissionWhoseAnswerWasLostIsNotMadeTwice() {
        node.on(
                "tx_submit",
                params -> {
                    submit(params);
                    throw new FakeNode.Refusal(-32_003, "sequence_used");
                });
        node.on("tx_status", params -> status(params, "final"));
        assertEquals(0, send().exit());
        assertEquals(1, submitted.size());
    }

    @Test
    void theSameBytesAreSentAgainWhenTheNodeForgotThem() {
        var answers = new ArrayList<>(List.of("unknown", "pending", "unknown", "final"));
        node.on("tx_wait", params -> status(params, answers.removeFirst()));
        assertEquals(0, send().exit());
        assertEquals(3, submitted.size());
        assertEquals(1, submitted.stream().map(Transaction::bytes).distinct().count());
    }

    @Test
    void aBusyNodeIsAskedAgain() {
        var busy = new ArrayList<>(List.of(true, true, false));
        node.on(
                "tx_submit",
                params -> {
                    if (busy.removeFirst()) {
                        throw new FakeNode.Refusal(-32_003, "busy");
                    }
                    return submit(params);
                });
        assertEquals(0, send().exit());
        assertEquals(1, submitted.size());
    }

    @Test
    void whatIsSignedOnlyIsBroadcastLater() throws IOException {
        var signed = send("--sign-only").frame().at("/data/transaction").asText();
        assertEquals(List.of(), submitted);
        Files.writeString(home.resolve("payment.tx"), signed + "\n");
        for (var source : List.of(signed, home.resolve("payment.tx").toString())) {
            var frame = cli("tx", "broadcast", source, "--json").frame();
            assertEquals("final", frame.at("/data/status").asText(), frame.toString());
        }
        assertEquals(signed, submitted.getLast().bytes().toHex());
        var cut = cli("tx", "broadcast", signed.substring(2), "--json").frame();
        assertEquals("transaction_malformed", cut.at("/error/name").asText());
    }

    @Test
    void aDryRunSignsAndSendsNothing() {
        var frame = send("--dry-run").frame();
        assertEquals("simulated", frame.at("/data/status").asText());
        assertEquals("-150017017", frame.at("/data/balanceChanges/0/delta").asText());
        assertEquals(List.of(), submitted);
        assertTrue(node.calls().contains("tx_simulate"));
        assertTrue(!node.calls().contains("tx_submit"));
    }

    @TestFactory
    Stream<DynamicTest> answersThatMakeNoSense() {
        return Map.of(
                        "chain_head", "{\"height\":\"-1\",\"baseFee\":\"1\"}",
                        "chain_parameters", "{\"chainId\":\"UPPER\"}",
                        "account_get", "{\"height\":\"1\",\"value\":{\"balance\":5}}",
                        "tx_wait", "{\"status\":\"perhaps\"}",
                        "tx_get", "[]")
                .entrySet()
                .stream()
                .map(entry ->
                        dynamicTest(
                                entry.getKey(),
                                () -> {
                                    script();
                                    node.answer(entry.getKey(), entry.getValue());
                                    var frame = send().frame();
                                    assertEquals(
                                            "node_answer",
                                            frame.at("/error/name").asText(),
                                            frame.toString());
                                }));
    }

    @Test
    void aNodeThatIsNotThereIsSaid() {
        node.close();
        var run = cli("tx", "send", "--from", "alice", "--to", "bob", "1cptm");
        assertEquals(1, run.exit());
        assertTrue(run.err().contains("cptm devnet"), run.err());
        assertEquals("", run.out());
    }

    private Cli.Run send(String... more) {
        var command = new ArrayList<>(List.of("tx", "send", "--from", "alice", "--to", "bob"));
        command.addAll(List.of("1.5cptm", "--json"));
        command.addAll(List.of(more));
        return run(new Cli(home), command);
    }

    private Cli.Run cli(String... command) {
        return run(new Cli(home), List.of(command));
    }

    private Cli.Run run(Cli cli, List<String> command) {
        return cli.with("CPTM_RPC_URL", node.url()).run(command.toArray(String[]::new));
    }

    private JsonNode submit(JsonNode params) {
        var transaction = transaction(params);
        submitted.add(transaction);
        return status(
                FakeNode.JSON.createObjectNode().put("id", transaction.id().toHex()), "pending");
    }

    private JsonNode refuseBelow(long sequence, String reason, JsonNode params) {
        if (transaction(params).body().sequence() < sequence) {
            throw new FakeNode.Refusal(-32_003, reason);
        }
        return submit(params);
    }

    private static Transaction transaction(JsonNode params) {
        var bytes = Bytes.ofHex(params.get("transaction").asText()).toArray();
        return TransactionCodec.TRANSACTION.decode(bytes);
    }

    private static JsonNode status(JsonNode params, String status) {
        return FakeNode.parse(
                "{\"id\":\"%s\",\"status\":\"%s\",\"height\":\"13\",\"index\":0}"
                        .formatted(params.get("id").asText(), status));
    }

    private static JsonNode settled(JsonNode params) {
        return FakeNode.parse(
                """
                {"id":"%s","height":"13","index":0,"receipt":{"status":"succeeded",
                 "results":[],"events":[],"gasUsed":"17000","fee":"17017"}}\
                """
                        .formatted(params.get("id").asText()));
    }
}
