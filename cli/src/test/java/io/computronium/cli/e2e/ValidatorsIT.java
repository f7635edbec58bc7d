package io.computronium.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.computronium.genesis.Devnet;
import io.computronium.genesis.NetworkPreset;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.Hash;
import io.computronium.primitives.Principal;
import io.computronium.primitives.bft.SignBytes;
import io.computronium.primitives.codec.TransactionCodec;
import io.computronium.primitives.crypto.KeyPair;
import io.computronium.primitives.tx.Call;
import io.computronium.primitives.tx.Credential;
import io.computronium.primitives.tx.PostConditionMode;
import io.computronium.primitives.tx.Transaction;
import io.computronium.primitives.tx.TransactionBody;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Validators as users run them, killed as machines are. */
class ValidatorsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What the design promises: the end after a signal, the next block with a quorum back. */
    private static final Duration STOP = Duration.ofSeconds(3);

    private static final Duration GOING_ON = Duration.ofSeconds(5);
    private static final int VALIDATORS = 4;
    private static final int SENDERS = 50;
    private static final int TRANSFERS_EACH = 40;

    @TempDir Path folder;

    @Test
    void aKilledDevnetGoesOnAndLosesNothingFinal() {
        int rpc = freePorts();
        long last = 0;
        String lastId = "";
        for (int kill = 0; kill < 3; kill++) {
            try (NodeProcess devnet = devnet(rpc)) {
                devnet.awaitHeight(last + 2, PATIENCE);
                if (last > 0) {
                    assertEquals(lastId, blockId(devnet, last));
                }
                sleep(ThreadLocalRandom.current().nextLong(1_500));
                last = devnet.height();
                lastId = blockId(devnet, last);
                devnet.kill();
            }
        }
        try (NodeProcess devnet = devnet(rpc)) {
            devnet.awaitHeight(last + 1, PATIENCE);
            assertEquals(lastId, blockId(devnet, last));
            Duration stopped = devnet.stop();
            assertTrue(stopped.compareTo(STOP) <= 0, "stopped in " + stopped);
        }
    }

    @Test
    void twoOfFourMakeNoBlockAndAThirdBringsThemBack() {
        int rpc = freePorts();
        List<NodeProcess> nodes = validators(rpc);
        try {
            nodes.forEach(node -> node.awaitHeight(3, PATIENCE));
            nodes.get(2).kill();
            nodes.get(3).kill();
            sleep(2_000); // what was on its way when they died
            long stalled = nodes.getFirst().height();
            sleep(5_000);
            assertEquals(stalled, nodes.getFirst().height(), "two of four make no block");

            nodes.set(2, validator(rpc, 2));
            nodes.get(2).awaitHeight(0, PATIENCE); // a JVM's start is not the protocol's
            NodeProcess.await(
                    "block after a third is back",
                    GOING_ON,
                    () -> nodes.getFirst().height() > stalled);
            nodes.set(3, validator(rpc, 3));
            nodes.forEach(node -> node.awaitHeight(stalled + 4, PATIENCE));
        } finally {
            nodes.forEach(NodeProcess::close);
        }
        requireNothingSignedTwice();
    }

    @Test
    void twoThousandTransfersWhileAValidatorIsKilled() throws IOException {
        int rpc = freePorts();
        List<NodeProcess> nodes = validators(rpc);
        try {
            nodes.getFirst().awaitHeight(2, PATIENCE);
            ChainIdentity chain = identity(nodes.getFirst());
            fund(nodes.getFirst(), chain);

            List<Transaction> transfers = transfers(nodes.getFirst(), chain);
            submit(nodes.getFirst(), transfers.subList(0, 1_000));
            nodes.get(3).kill();
            submit(nodes.get(1), transfers.subList(1_000, 2_000));
            NodeProcess.await(
                    "all transfers final",
                    PATIENCE,
                    () -> sent(nodes.getFirst()) == SENDERS * TRANSFERS_EACH);

            nodes.set(3, validator(rpc, 3));
            long height = nodes.getFirst().height();
            nodes.forEach(node -> node.awaitHeight(height + 2, PATIENCE));
            assertEachOnce(nodes.get(3), transfers, height);
            assertSameRoot(nodes, height);
            assertConserved(nodes.get(3));
            requireNothingSignedTwice(); // while they run
        } finally {
            nodes.forEach(NodeProcess::close);
        }
        for (int i = 0; i < VALIDATORS; i++) {
            Path log = home(i).resolve("node.log");
            assertFalse(Files.readString(log).contains("contradicted itself"), log.toString());
        }
        requireNothingSignedTwice();
    }

    // ---- processes

    private NodeProcess devnet(int rpc) {
        return NodeProcess.start(
                rpc,
                folder.resolve("devnet.out"),
                "devnet",
                "--home",
                folder.resolve("devnet").toString(),
                "--rpc-port",
                "" + rpc,
                "--p2p-port",
                "" + (rpc + VALIDATORS));
    }

    /** All validators, in processes of their own. */
    private List<NodeProcess> validators(int rpc) {
        try (NodeProcess devnet = devnet(rpc)) { // makes the folders
            devnet.awaitHeight(1, PATIENCE);
            devnet.stop();
        }
        List<NodeProcess> nodes = new ArrayList<>();
        for (int i = 0; i < VALIDATORS; i++) {
            nodes.add(validator(rpc, i));
        }
        return nodes;
    }

    private NodeProcess validator(int rpc, int index) {
        return NodeProcess.start(
                rpc + index,
                folder.resolve("node-" + index + ".out"),
                "node",
                "start",
                "--home",
                home(index).toString());
    }

    private Path home(int index) {
        return folder.resolve("devnet").resolve(Devnet.validator(index));
    }

    /** The first of some free ports below those that the system gives to outgoing connections. */
    private static int freePorts() {
        int first = 10_000 + ThreadLocalRandom.current().nextInt(1_000) * 10;
        while (!IntStream.range(first, first + 2 * VALIDATORS).allMatch(ValidatorsIT::isFree)) {
            first += 2 * VALIDATORS;
        }
        return first;
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    // ---- transactions

    private static ChainIdentity identity(NodeProcess node) {
        JsonNode parameters = node.call("chain_parameters");
        return new ChainIdentity(
                parameters.path("chainId").asText(),
                Hash.ofHex(parameters.path("genesisHash").asText()));
    }

    private static String sender(int index) {
        return "sender-" + index;
    }

    /** Alice gives each sender a coin, sixteen in a transaction. */
    private static void fund(NodeProcess node, ChainIdentity chain) {
        List<Transaction> gifts = new ArrayList<>();
        long validUntil = node.height() + 60;
        for (int from = 0; from < SENDERS; from += TransactionBody.MAX_CALLS) {
            List<Call> calls =
                    IntStream.range(from, Math.min(SENDERS, from + TransactionBody.MAX_CALLS))
                            .<Call>mapToObj(i ->
                                    new Call.Transfer(Devnet.account(sender(i)), 100_000_000, null))
                            .toList();
            gifts.add(transaction(chain, "alice", gifts.size(), validUntil, calls));
        }
        submit(node, gifts);
        NodeProcess.await(
                "gifts", PATIENCE, () -> balance(node, Devnet.account(sender(SENDERS - 1))) > 0);
    }

    private static List<Transaction> transfers(NodeProcess node, ChainIdentity chain) {
        List<Transaction> transfers = new ArrayList<>();
        long validUntil = node.height() + 300;
        List<Call> calls = List.of(new Call.Transfer(Devnet.account("bob"), 1_000, null));
        for (int sequence = 0; sequence < TRANSFERS_EACH; sequence++) {
            for (int i = 0; i < SENDERS; i++) {
                transfers.add(transaction(chain, sender(i), sequence, validUntil, calls));
            }
        }
        return transfers;
    }

    private static Transaction transaction(
            ChainIdentity chain, String from, long sequence, long validUntil, List<Call> calls) {
        KeyPair key = Devnet.key(from);
        var body =
                new TransactionBody(
                        TransactionBody.VERSION,
                        chain.chainId(),
                        Devnet.account(from),
                        0,
                        sequence,
                        validUntil,
                        200_000,
                        10_000,
                        0,
                        null,
                        calls,
                        List.of(),
                        PostConditionMode.DENY,
                        Bytes.EMPTY);
        byte[] message = SignBytes.transactionSender(chain, TransactionCodec.idOf(body));
        return TransactionCodec.assemble(
                body, new Credential.Single(key.publicKey(), key.sign(message)), null);
    }

    private static void submit(NodeProcess node, List<Transaction> transactions) {
        for (int at = 0; at < transactions.size(); at += 50) {
            ArrayNode batch = JsonNodeFactory.instance.arrayNode();
            for (Transaction transaction :
                    transactions.subList(at, Math.min(transactions.size(), at + 50))) {
                ObjectNode params = JsonNodeFactory.instance.objectNode();
                params.put("transaction", transaction.bytes().toHex());
                batch.add(NodeProcess.request("tx_submit", params));
            }
            for (JsonNode answer : node.batch(batch)) {
                assertTrue(answer.has("result"), answer.toString());
            }
        }
    }

    // ---- what must hold

    private static long sent(NodeProcess node) {
        long sum = 0;
        for (int i = 0; i < SENDERS; i++) {
            sum += account(node, Devnet.account(sender(i))).path("nextSequence").asLong();
        }
        return sum;
    }

    private static void assertEachOnce(
            NodeProcess node, List<Transaction> transfers, long lastHeight) {
        Set<String> wanted = new HashSet<>();
        transfers.forEach(transfer -> wanted.add(transfer.id().toHex()));
        int found = 0;
        for (long height = 1; height <= lastHeight; height++) {
            for (JsonNode id :
                    node.call("chain_block", "height", "" + height).path("transactions")) {
                if (wanted.contains(id.asText())) {
                    found++;
                    JsonNode status = node.call("tx_status", "id", id.asText());
                    assertEquals("final", status.path("status").asText());
                    assertEquals(height, status.path("height").asLong());
                }
            }
        }
        assertEquals(wanted.size(), found);
    }

    private static void assertSameRoot(List<NodeProcess> nodes, long height) {
        Set<String> roots = new HashSet<>();
        for (NodeProcess node : nodes) {
            JsonNode block = node.call("chain_block", "height", "" + height);
            roots.add(block.path("header").path("stateRoot").asText());
        }
        assertEquals(1, roots.size(), roots.toString());
    }

    /** All accounts that can have coins here, against the supply of one height. */
    private static void assertConserved(NodeProcess node) {
        List<Principal> holders = new ArrayList<>();
        Devnet.ACCOUNTS.forEach(name -> holders.add(Devnet.account(name)));
        IntStream.range(0, VALIDATORS)
                .forEach(i -> holders.add(Devnet.account(Devnet.operator(i))));
        IntStream.range(0, SENDERS).forEach(i -> holders.add(Devnet.account(sender(i))));
        var system = NetworkPreset.DEVNET.network().addresses().systemAccount();
        holders.add(Principal.of(system, "econ"));
        holders.add(Principal.of(system, "staking"));
        String height = Long.toString(node.height()); // each block mints
        long sum = 0;
        for (Principal holder : holders) {
            sum +=
                    node.call("account_get", "address", holder.toString(), "at", height)
                            .path("value")
                            .path("balance")
                            .asLong();
        }
        JsonNode supply = node.call("chain_supply", "at", height).path("value");
        assertEquals(supply.path("current").asLong(), sum);
    }

    private static long balance(NodeProcess node, Principal principal) {
        return account(node, principal).path("balance").asLong();
    }

    private static JsonNode account(NodeProcess node, Principal principal) {
        return node.call("account_get", "address", principal.toString()).path("value");
    }

    /** Over the whole history of every validator: one message for each height, round and step. */
    private void requireNothingSignedTwice() {
        for (int i = 0; i < VALIDATORS; i++) {
            List<String> lines =
                    NodeProcess.output(
                            "validator", "signer", "export", "--home", home(i).toString());
            Set<String> steps = new HashSet<>();
            for (String line : lines) {
                JsonNode signed = NodeProcess.parse(line);
                String step =
                        signed.path("height").asText()
                                + " "
                                + signed.path("round").asText()
                                + " "
                                + signed.path("step").asText();
                assertTrue(steps.add(step), "signed twice by " + i + ": " + line);
            }
            assertTrue(steps.size() > 5, i + " signed " + steps);
        }
    }

    private static String blockId(NodeProcess node, long height) {
        return node.call("chain_block", "height", "" + height).path("blockId").asText();
    }
}
