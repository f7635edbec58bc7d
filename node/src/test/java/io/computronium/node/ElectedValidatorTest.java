package io.computronium.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.consensus.ConsensusParameters;
import io.computronium.genesis.ChainParameters;
import io.computronium.genesis.Devnet;
import io.computronium.genesis.GenesisDocument;
import io.computronium.genesis.codec.GenesisCodec;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.Coin;
import io.computronium.primitives.Principal;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.bft.SignBytes;
import io.computronium.primitives.bft.ValidatorSet;
import io.computronium.primitives.block.Block;
import io.computronium.primitives.codec.BftCodec;
import io.computronium.primitives.codec.TransactionCodec;
import io.computronium.primitives.crypto.KeyPair;
import io.computronium.primitives.tx.Call;
import io.computronium.primitives.tx.Credential;
import io.computronium.primitives.tx.PostConditionMode;
import io.computronium.primitives.tx.TransactionBody;
import io.computronium.vm.value.Value;
import io.computronium.vm.value.ValueCodec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The set of validators of a running network is the one that its stakers elect. */
class ElectedValidatorTest {

    private static final int EPOCH = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final KeyPair FIFTH = Devnet.key(Devnet.validator(4));

    @TempDir Path folder;

    @Test
    void aFifthValidatorRegistersIsElectedAndSigns() throws Exception {
        try (var network = new TestNetwork(folder, 5, genesisOfFour())) {
            network.startAll();
            network.awaitHeight(1, PATIENCE);
            submit(network.node(0), registration(network.genesis()));
            TestNetwork.await(
                    "election",
                    PATIENCE,
                    () -> network.node(0).head().nextValidators().size() == 5);
            long first = epochStart(network.node(0));
            network.awaitHeight(first + EPOCH, PATIENCE);

            ValidatorSet set = network.node(4).head().validators();
            Node observer = network.node(1);
            Block last = observer.block(first - 1).orElseThrow();
            assertEquals(BftCodec.hashOf(set), last.header().nextValidatorsHash());
            assertEquals(
                    BftCodec.hashOf(set),
                    observer.block(first).orElseThrow().header().validatorsHash());
            int seat = set.indexOf(FIFTH.publicKey()).orElseThrow();
            assertTrue(
                    heights(first + 1, first + EPOCH)
                            .map(height -> observer.block(height).orElseThrow().lastCommit())
                            .anyMatch(commit -> hasSigned(commit, set, seat)),
                    "it signs");
            assertTrue(
                    heights(first, first + EPOCH - 1)
                            .map(height -> observer.block(height).orElseThrow().header())
                            .anyMatch(header -> header.proposer().equals(FIFTH.publicKey())),
                    "it proposes");

            network.stop(4);
            network.stop(3);
            network.start(3); // from a state whose set is not that of genesis
            network.awaitHeight(first + EPOCH + 3, PATIENCE);
        }
    }

    private static boolean hasSigned(CommitCertificate commit, ValidatorSet set, int seat) {
        return commit.signers().toBitSet(set.size()).get(seat);
    }

    private static Stream<Long> heights(long from, long to) {
        return Stream.iterate(from, height -> height <= to, height -> height + 1);
    }

    private static long epochStart(Node node) {
        return node.height() / EPOCH * EPOCH + 1;
    }

    private static GenesisDocument genesisOfFour() {
        GenesisDocument devnet = Devnet.genesis(4, System.currentTimeMillis());
        var usual = devnet.parameters().consensus();
        var consensus =
                new ConsensusParameters(
                        usual.minIntervalMillis(), // half the time to wait for
                        usual.minIntervalMillis(),
                        usual.propose(),
                        usual.verdict(),
                        usual.prevote(),
                        usual.precommit(),
                        usual.growthRounds(),
                        usual.precisionMillis(),
                        usual.messageDelayMillis(),
                        EPOCH,
                        usual.closeBeforeTargetMillis());
        return new GenesisDocument(
                devnet.chainId(),
                devnet.network(),
                devnet.dev(),
                devnet.timeMillis(),
                new ChainParameters(
                        consensus,
                        devnet.parameters().execution(),
                        devnet.parameters().economy(),
                        devnet.parameters().staking()),
                devnet.validators(),
                devnet.accounts());
    }

    private static String registration(GenesisDocument genesis) {
        ChainIdentity chain = GenesisCodec.identityOf(genesis);
        Principal operator = Devnet.account("alice");
        PublicKey key = FIFTH.publicKey();
        byte[] possession =
                FIFTH.sign(SignBytes.keyPossession(chain, operator.toBytes(), key)).toArray();
        var call =
                new Call.ContractCall(
                        Principal.of(genesis.network().addresses().systemAccount(), "staking"),
                        "register",
                        Stream.of(
                                        new Value.Buffer(Bytes.owned(key.toArray())),
                                        new Value.Buffer(Bytes.owned(possession)),
                                        Value.UInt.of(500),
                                        Value.UInt.of(2_000),
                                        Value.UInt.of(200_000 * Coin.GRAINS_PER_CPTM))
                                .map(ValueCodec::encode)
                                .toList());
        var body =
                new TransactionBody(
                        TransactionBody.VERSION,
                        chain.chainId(),
                        operator,
                        0,
                        0,
                        60,
                        1_000_000,
                        10_000,
                        0,
                        null,
                        List.of(call),
                        List.of(),
                        PostConditionMode.ALLOW,
                        Bytes.EMPTY);
        KeyPair alice = Devnet.key("alice");
        byte[] message = SignBytes.transactionSender(chain, TransactionCodec.idOf(body));
        return TransactionCodec.assemble(
                        body, new Credential.Single(alice.publicKey(), alice.sign(message)), null)
                .bytes()
                .toHex();
    }

    private static void submit(Node node, String hex) throws IOException, InterruptedException {
        var address = node.rpcAddress();
        String request =
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tx_submit\","
                        + "\"params\":{\"transaction\":\""
                        + hex
                        + "\"}}";
        try (var client = HttpClient.newHttpClient()) {
            var answer =
                    client.send(
                            HttpRequest.newBuilder(
                                            URI.create(
                                                    "http://127.0.0.1:" + address.getPort() + "/"))
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString(request))
                                    .build(),
                            BodyHandlers.ofString());
            assertTrue(answer.body().contains("pending"), answer.body());
        }
    }
}
