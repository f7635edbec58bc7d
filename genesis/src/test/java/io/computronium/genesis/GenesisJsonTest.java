package io.computronium.genesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.computronium.primitives.AddressVersions;
import io.computronium.primitives.Coin;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GenesisJsonTest {

    private static final GenesisDocument DEVNET = Devnet.genesis(4, 1_800_000_000_000L);
    private static final String FOREIGN = AddressVersions.MAINNET.systemAccount().toString();

    /** A change to a good document, and the path of the one fault that follows. */
    private record Case(String path, Consumer<ObjectNode> change) {}

    @Test
    void readsWhatItWrites() {
        byte[] json = GenesisJson.write(DEVNET);
        assertEquals(DEVNET, GenesisJson.read(json));
        assertEquals(text(json), text(GenesisJson.write(GenesisJson.read(json))));
        assertTrue(text(json).endsWith("}\n") && !text(json).contains("\r"), "plain lines");
    }

    @TestFactory
    Stream<DynamicTest> namesTheFieldAtFault() {
        return Stream.of(
                        at("format", root -> root.put("format", "cptm.genesis.v2")),
                        at("chainId", root -> root.put("chainId", "Devnet")),
                        at("chainId", root -> root.put("chainId", "a".repeat(33))),
                        at("network", root -> root.put("network", "devnet")),
                        at("timeMillis", root -> root.put("timeMillis", -1)),
                        at("timeMillis", root -> root.put("timeMillis", 1L << 53)),
                        at("timeMillis", root -> root.put("timeMillis", 1.5)),
                        at("timeMillis", root -> root.put("timeMillis", "1")),
                        at("dev", root -> root.putNull("dev")),
                        at("chainId", root -> root.remove("chainId")),
                        at("extra", root -> root.put("extra", 1)),
                        at("totalSupply", root -> root.put("totalSupply", "1")),
                        at("totalSupply", root -> root.put("totalSupply", 1)),
                        at("totalSupply", root -> root.put("totalSupply", "01")),
                        at("totalSupply", root -> root.put("totalSupply", "9".repeat(30))),
                        at("parameters", root -> root.remove("parameters")),
                        at("parameters", root -> root.putArray("parameters")),
                        at(
                                "parameters.consensus.epochLength",
                                root -> in(root, "/parameters/consensus").put("epochLength", 0)),
                        at(
                                "parameters.consensus.growthRounds",
                                root ->
                                        in(root, "/parameters/consensus")
                                                .put("growthRounds", 1L << 31)),
                        at(
                                "parameters.consensus.propose.baseMillis",
                                root ->
                                        in(root, "/parameters/consensus/propose")
                                                .put("baseMillis", 0)),
                        at(
                                "parameters.consensus.propose.unit",
                                root ->
                                        in(root, "/parameters/consensus/propose")
                                                .put("unit", "ms")),
                        at(
                                "parameters.execution.blockGasLimit",
                                root ->
                                        in(root, "/parameters/execution")
                                                .put("blockGasLimit", 999_999)),
                        at(
                                "parameters.execution.maxBlockBytes",
                                root ->
                                        in(root, "/parameters/execution")
                                                .put("maxBlockBytes", 16 << 20)),
                        at(
                                "parameters.execution.initialBaseFee",
                                root ->
                                        in(root, "/parameters/execution")
                                                .put("initialBaseFee", "99")),
                        at(
                                "parameters.economy.treasuryBp",
                                root -> in(root, "/parameters/economy").put("treasuryBp", 7_001)),
                        at(
                                "parameters.economy.emission",
                                root -> in(root, "/parameters/economy").put("emission", "1")),
                        at(
                                "parameters.economy.emission[0]",
                                root ->
                                        in(root, "/parameters/economy")
                                                .putArray("emission")
                                                .add(1)),
                        at(
                                "parameters.economy.emission",
                                root ->
                                        in(root, "/parameters/economy")
                                                .putArray("emission")
                                                .add(Long.toString(Coin.MAX_SUPPLY_GRAINS))),
                        at(
                                "parameters.staking.seats",
                                root -> in(root, "/parameters/staking").put("seats", 1_025)),
                        at(
                                "parameters.staking.minSelfBond",
                                root -> in(root, "/parameters/staking").put("minSelfBond", "0")),
                        at("parameters.staking", root -> in(root, "/parameters").remove("staking")),
                        at("validators", root -> root.putArray("validators")),
                        at("validators[1].name", root -> in(root, "/validators/1").put("name", "")),
                        at(
                                "validators[1].name",
                                root -> in(root, "/validators/1").put("name", "validator-1")),
                        at(
                                "validators[0].publicKey",
                                root -> in(root, "/validators/0").put("publicKey", "01")),
                        at(
                                "validators[0].publicKey",
                                root ->
                                        in(root, "/validators/0")
                                                .put("publicKey", "01" + "00".repeat(31))),
                        at(
                                "validators[3].publicKey",
                                root ->
                                        in(root, "/validators/3")
                                                .put(
                                                        "publicKey",
                                                        Devnet.key("validator-1")
                                                                .publicKey()
                                                                .toHex())),
                        at(
                                "validators[2].power",
                                root -> in(root, "/validators/2").put("power", "0")),
                        at(
                                "validators[3].power",
                                root ->
                                        in(root, "/validators/3")
                                                .put("power", Long.toString((1L << 60) - 2))),
                        at(
                                "validators[0].operator",
                                root -> in(root, "/validators/0").put("operator", FOREIGN)),
                        at(
                                "validators[0].operator",
                                root -> in(root, "/validators/0").put("operator", "SD0")),
                        at(
                                "validators[1].operator",
                                root ->
                                        in(root, "/validators/1")
                                                .put(
                                                        "operator",
                                                        Devnet.account("operator-1").toString())),
                        at(
                                "validators[0].bond",
                                root -> in(root, "/validators/0").put("bond", "0")),
                        at(
                                "validators[0].commissionBp",
                                root -> in(root, "/validators/0").put("commissionBp", 10_001)),
                        at(
                                "accounts[2].address",
                                root ->
                                        in(root, "/accounts/2")
                                                .put(
                                                        "address",
                                                        Devnet.account("alice").toString())),
                        at(
                                "accounts[0].balance",
                                root -> in(root, "/accounts/0").put("balance", "0")),
                        at(
                                "accounts[0].balance",
                                root -> in(root, "/accounts/0").put("balance", "-5")),
                        at(
                                "accounts[8].balance",
                                root ->
                                        in(root, "/accounts/8")
                                                .put(
                                                        "balance",
                                                        Long.toString(Coin.MAX_SUPPLY_GRAINS))),
                        at("accounts[1]", root -> root.withArray("/accounts").set(1, "alice")))
                .map(c ->
                        DynamicTest.dynamicTest(
                                c.path, () -> assertEquals(List.of(c.path), paths(c))));
    }

    @Test
    void namesEveryFaultInOneReading() {
        ObjectNode root = tree();
        root.put("chainId", "X");
        root.put("nmae", "devnet");
        in(root, "/parameters/consensus").put("epochLength", 0).put("intervalMillis", 100);
        in(root, "/parameters/economy").put("burnBp", "30 %");
        in(root, "/validators/0").put("power", "0").put("name", "A");
        in(root, "/accounts/4").remove("balance");
        assertEquals(
                List.of(
                        "chainId",
                        "parameters.consensus.minIntervalMillis",
                        "parameters.consensus.epochLength",
                        "parameters.economy.burnBp",
                        "validators[0].name",
                        "validators[0].power",
                        "accounts[4].balance",
                        "nmae"),
                faults(root.toString()).stream().map(GenesisFault::path).toList());
    }

    @Test
    void mainNetworkHasNoDevelopmentMethods() {
        ObjectNode root = tree();
        root.put("network", "main");
        assertTrue(paths(root).contains("dev"), "with addresses of the other network at fault too");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "nothing               | ''",
                "white space           | ' '",
                "not an object         | []",
                "null                  | null",
                "cut off               | {\"format\":",
                "a field twice         | {\"dev\": true, \"dev\": true}",
                "two documents         | {} {}",
                "a comment             | {} // end",
                "a trailing comma      | {\"dev\": true,}",
                "a name without quotes | {dev: true}",
                "not a number          | {\"timeMillis\": NaN}",
            })
    void refusesWhatIsNotOneJsonObject(String what, String json) {
        assertEquals("", faults(json).getFirst().path(), what);
    }

    @Test
    void boundsWhatItReads() {
        assertEquals(1, faults("{\"a\":".repeat(17) + "1" + "}".repeat(17)).size());
        assertEquals(1, faults("{\"timeMillis\": " + "9".repeat(1_000_000) + "}").size());
        assertEquals(1, faults("{\"chainId\": \"" + "a".repeat(1_000_000) + "\"}").size());
        assertEquals(1, faults(" ".repeat(GenesisJson.MAX_BYTES + 1)).size());
    }

    private static Case at(String path, Consumer<ObjectNode> change) {
        return new Case(path, change);
    }

    private static ObjectNode in(ObjectNode root, String pointer) {
        return root.withObject(pointer);
    }

    private static ObjectNode tree() {
        return GenesisWriter.tree(DEVNET);
    }

    private static List<String> paths(Case c) {
        ObjectNode root = tree();
        c.change.accept(root);
        return paths(root);
    }

    private static List<String> paths(ObjectNode root) {
        return faults(root.toString()).stream().map(GenesisFault::path).toList();
    }

    private static List<GenesisFault> faults(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return assertThrows(InvalidGenesisException.class, () -> GenesisJson.read(bytes)).faults();
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
