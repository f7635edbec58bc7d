package io.computronium.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.computronium.node.rpc.ContractInterface;
import io.computronium.node.rpc.SampleContracts;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.codec.TransactionCodec;
import io.computronium.primitives.tx.Call;
import io.computronium.primitives.tx.Transaction;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A {@link FakeNode} that answers every method like a small chain would. */
final class ScriptedNode {

    /** What becomes of transactions. */
    enum Mood {
        WELL,
        FAILING,
        EXPIRING,
        POOR
    }

    private ScriptedNode() {}

    static FakeNode of(Mood mood) throws IOException {
        var taken = new ConcurrentHashMap<String, Transaction>();
        return new FakeNode()
                .on("account_get", ScriptedNode::account)
                .on("tx_submit", params -> submit(mood, params, taken))
                .on("tx_status", params -> status(mood, params, taken))
                .on("tx_wait", params -> status(mood, params, taken))
                .on("tx_get", params -> transaction(mood, params, taken))
                .on("tx_simulate", ScriptedNode::simulate)
                .on("contract_interface", ScriptedNode::contract)
                .on("contract_read", params -> readContract(mood))
                .answer(
                        "contract_list",
                        """
                        {"height":"12","value":[
                         {"contract":"SD000000000000000000003EFWXZ.club","name":"club",
                          "kind":"singleton","meaning":"A club with lockers"},
                         {"contract":"SD000000000000000000003EFWXZ.box","name":"box",
                          "kind":"template","meaning":"A box of tokens"}]}\
                        """)
                .answer(
                        "chain_supply",
                        """
                        {"height":"12","value":{"genesis":"5000000000","minted":"0",
                         "burned":"42","current":"4999999958"}}\
                        """)
                .answer(
                        "validator_list",
                        """
                        {"height":"12","value":{"epoch":"0","totalPower":"2","validators":[
                         {"publicKey":"%s","power":"1","operator":"SD000000000000000000003EFWXZ"},
                         {"publicKey":"%s","power":"1","operator":"SD000000000000000000003EFWXZ"}]}}\
                        """
                                .formatted(FakeNode.hex("01"), FakeNode.hex("02")))
                .answer(
                        "chain_block",
                        """
                        {"height":"12","blockId":"%s","header":{"version":1,"chainId":"devnet",
                         "height":"12","timeMillis":"1700000000000","stateRoot":"%s",
                         "gasUsed":"17000","gasLimit":"300000000","proposer":"%s"},
                         "certificate":{"round":0,"signers":[0,1],"signatures":["00","01"]},
                         "transactions":["%s"]}\
                        """
                                .formatted(
                                        FakeNode.hex("ab"),
                                        FakeNode.hex("cd"),
                                        FakeNode.hex("ef"),
                                        FakeNode.hex("9a")))
                .answer(
                        "node_status",
                        """
                        {"version":"0.1.0","chainId":"devnet","genesisHash":"%s","dev":true,
                         "height":"12","blockId":"%s","timeMillis":"1700000000000",
                         "syncing":false,"peers":1,"mempool":{"transactions":3,"bytes":"1234"},
                         "validator":{"publicKey":"%s","seated":true},
                         "step":{"height":"13","round":0,"step":"propose"},
                         "signatureVerifier":"vector-512"}\
                        """
                                .formatted(
                                        FakeNode.GENESIS_HASH,
                                        FakeNode.hex("ab"),
                                        FakeNode.hex("01")))
                .answer(
                        "net_peers",
                        """
                        {"peers":[{"nodeId":"%s","address":"127.0.0.1:7401",
                         "direction":"outbound","height":"12","connectedMillis":"5000"}]}\
                        """
                                .formatted("c0".repeat(20)));
    }

    static JsonNode account(JsonNode params) {
        return FakeNode.parse(
                """
                {"height":"12","value":{"address":"%s","balance":"1250000000",
                 "nextSequence":"3","lanes":[]}}\
                """
                        .formatted(params.get("address").asText()));
    }

    /** One of the sample contracts; what is not under the system account is a box. */
    private static JsonNode contract(JsonNode params) {
        var address = params.get("contract").asText();
        var system = address.startsWith("SD000000000000000000003EFWXZ.");
        var name = system ? address.substring(address.indexOf('.') + 1) : "box";
        var contract = SampleContracts.REGISTRY.find(name);
        if (contract.isEmpty()) {
            throw new FakeNode.Refusal(-32_001, "");
        }
        var kind =
                !contract.get().isTemplate()
                        ? ContractInterface.Kind.SINGLETON
                        : system
                                ? ContractInterface.Kind.TEMPLATE
                                : ContractInterface.Kind.INSTANCE;
        var answer = JsonNodeFactory.instance.objectNode().put("height", "12");
        var value = answer.putObject("value").put("contract", address);
        value.setAll(ContractInterface.of(contract.get(), kind));
        return answer;
    }

    private static JsonNode readContract(Mood mood) {
        if (mood == Mood.FAILING) {
            throw new FakeNode.Refusal(-32_006, "CLOSED");
        }
        return FakeNode.parse(
                """
                {"height":"12","value":{"hex":"0x0100000000000000000000000000000005",
                 "repr":"u5","json":"5"}}\
                """);
    }

    private static JsonNode submit(Mood mood, JsonNode params, Map<String, Transaction> taken) {
        if (mood == Mood.POOR) {
            throw new FakeNode.Refusal(-32_003, "insufficient_fee_balance");
        }
        var bytes = Bytes.ofHex(params.get("transaction").asText()).toArray();
        var transaction = TransactionCodec.TRANSACTION.decode(bytes);
        taken.put(transaction.id().toHex(), transaction);
        return FakeNode.parse("{\"id\":\"%s\",\"status\":\"pending\"}".formatted(transaction.id()));
    }

    private static JsonNode status(Mood mood, JsonNode params, Map<String, Transaction> taken) {
        var id = params.get("id").asText();
        if (!taken.containsKey(id)) {
            return FakeNode.parse("{\"id\":\"%s\",\"status\":\"unknown\"}".formatted(id));
        }
        var word =
                switch (mood) {
                    case WELL, POOR -> "final";
                    case FAILING -> "failed";
                    case EXPIRING -> "expired";
                };
        return FakeNode.parse(
                "{\"id\":\"%s\",\"status\":\"%s\",\"height\":\"13\",\"index\":0}"
                        .formatted(id, word));
    }

    private static JsonNode transaction(
            Mood mood, JsonNode params, Map<String, Transaction> taken) {
        var id = params.get("id").asText();
        if (!taken.containsKey(id)) {
            throw new FakeNode.Refusal(-32_001, "");
        }
        var transaction = taken.get(id);
        boolean calls = transaction.body().calls().getFirst() instanceof Call.ContractCall;
        var results =
                !calls
                        ? ""
                        : mood == Mood.FAILING
                                ? "\"080100000000000000000000000000002332\""
                                : "\"070100000000000000000000000000000001\"";
        var receipt =
                mood == Mood.FAILING && calls
                        ? "\"status\":\"call_failed\",\"callIndex\":0"
                        : mood == Mood.FAILING
                                ? "\"status\":\"kernel_failed\",\"callIndex\":0,\"failure\":\"post_condition\""
                                : "\"status\":\"succeeded\"";
        return FakeNode.parse(
                """
                {"id":"%s","height":"13","index":0,"blockId":"%s","transaction":{"bytes":"%s"},
                 "receipt":{%s,"results":[%s],"events":[],"gasUsed":"17000","fee":"17017"}}\
                """
                        .formatted(
                                id,
                                FakeNode.hex("ab"),
                                transaction.bytes().toHex(),
                                receipt,
                                results));
    }

    private static JsonNode simulate(JsonNode params) {
        var bytes = Bytes.ofHex(params.get("transaction").asText()).toArray();
        var sender = TransactionCodec.TRANSACTION.decode(bytes).body().sender();
        return FakeNode.parse(
                """
                {"height":"12","receipt":{"status":"succeeded","results":[],"events":[],
                 "gasUsed":"17000","fee":"17017"},"balanceChanges":[
                 {"principal":"%s","asset":"coin","delta":"-150017017"}]}\
                """
                        .formatted(sender));
    }
}
