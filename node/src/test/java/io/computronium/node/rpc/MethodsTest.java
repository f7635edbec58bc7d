package io.computronium.node.rpc;

import static io.computronium.node.rpc.HttpSocket.json;
import static io.computronium.node.rpc.HttpSocket.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.computronium.node.mempool.TxAdmission;
import io.computronium.primitives.block.ExecutionStatus;
import io.computronium.primitives.tx.Asset;
import io.computronium.primitives.tx.TransactionFault;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the methods answer. */
final class MethodsTest extends RunningServer {

    @Test
    void headAndParameters() throws IOException {
        assertEquals(
                json(
                        """
                        {"height":"1","blockId":"%s","timeMillis":"1700000000000","parent":"%s",
                         "stateRoot":"07%s","proposer":"%s","epoch":"0","baseFee":"7",
                         "gasUsed":"42000","gasLimit":"300000000","transactions":2}
                        """
                                .formatted(
                                        fake.blockId,
                                        FakeNode.GENESIS,
                                        "00".repeat(31),
                                        FakeNode.KEY)),
                result("chain_head", "{}"));
        assertEquals(
                json(
                        """
                        {"chainId":"test-1","genesisHash":"%s","dev":true,"addressVersion":13,
                         "parametersHash":"06%s","consensus":{"intervalMillis":"1000"},
                         "execution":{"blockGasLimit":"300000000"}}
                        """
                                .formatted(FakeNode.GENESIS, "00".repeat(31))),
                result("chain_parameters", "{}"));
    }

    @Test
    void blockByHeightAndId() throws IOException {
        var block = result("chain_block", "{'height':'latest'}");
        assertEquals(block, result("chain_block", "{'blockId':'" + fake.blockId + "'}"));
        assertEquals("1", block.get("height").textValue());
        assertEquals(fake.blockId.toHex(), block.get("blockId").textValue());
        assertEquals("0", block.at("/header/epoch").textValue());
        assertEquals(1, block.at("/header/version").intValue());
        assertEquals(18, block.get("header").size());
        assertEquals(json("[0,3]"), block.at("/certificate/signers"));
        assertEquals(2, block.at("/certificate/signatures").size());
        assertEquals(FakeNode.SUCCEEDED.id().toHex(), block.at("/transactions/0").textValue());
        var full = result("chain_block", "{'height':'1','transactions':'full'}");
        assertEquals(FakeNode.FAILED.id().toHex(), full.at("/transactions/1/id").textValue());
        assertEquals("150000000", full.at("/transactions/1/calls/0/amount").textValue());
    }

    @Test
    void stateReadsNameTheirHeight() throws IOException {
        assertEquals(
                json(
                        """
                        {"height":"1","value":
                         {"genesis":"1000","minted":"50","burned":"7","current":"1043"}}
                        """),
                result("chain_supply", "{'at':'1'}"));
        assertEquals(
                json(
                        """
                        {"height":"1","value":{"address":"%s","balance":"9007199254740993",
                         "nextSequence":"2","lanes":[{"lane":3,"highest":"2","seen":"5"}]}}
                        """
                                .formatted(FakeNode.ALICE)),
                result("account_get", "{'address':'" + FakeNode.ALICE + "'}"));
        assertEquals(
                "0",
                result("account_get", "{'address':'" + FakeNode.BOB + "','at':'latest'}")
                        .at("/value/balance")
                        .textValue());
        assertEquals(
                json(
                        """
                        {"height":"1","value":{"epoch":"0","totalPower":"15","validators":[
                         {"publicKey":"%1$s","power":"10","operator":"%2$s"},
                         {"publicKey":"%1$s","power":"5","operator":"%3$s"}]}}
                        """
                                .formatted(FakeNode.KEY, FakeNode.BOB, FakeNode.ALICE)),
                result("validator_list", "{}"));
    }

    @Test
    void nodeAndPeers() throws IOException {
        assertEquals(
                json(
                        """
                        {"version":"0.1.0","chainId":"test-1","genesisHash":"%s","dev":true,
                         "height":"1","blockId":"%s","timeMillis":"1700000000000","syncing":false,
                         "peers":2,"mempool":{"transactions":1,"bytes":"321"},
                         "validator":{"publicKey":"%s","seated":true},
                         "step":{"height":"2","round":0,"step":"propose"},
                         "signatureVerifier":"bouncycastle"}
                        """
                                .formatted(FakeNode.GENESIS, fake.blockId, FakeNode.KEY)),
                result("node_status", "{}"));
        assertEquals(
                json(
                        """
                        {"nodeId":"%s","address":"127.0.0.1:7401","direction":"inbound",
                         "height":"3","connectedMillis":"1234"}
                        """
                                .formatted("0d".repeat(20))),
                result("net_peers", "{}").at("/peers/0"));
    }

    @Test
    void transactionsOfTheChainAndOfThePool() throws IOException {
        var found = result("tx_get", "{'id':'" + FakeNode.SUCCEEDED.id() + "'}");
        assertEquals(
                json(
                        """
                        {"status":"succeeded","results":["03"],"events":[{"contract":"%s.coin",
                         "name":"transfer","keys":["0a"],"data":"0b0c"}],"gasUsed":"21000",
                         "fee":"210"}
                        """
                                .formatted(FakeNode.ALICE)),
                found.get("receipt"));
        assertEquals(
                json(
                        """
                        {"id":"%s","wireHash":"%s","size":%d,"version":1,"chainId":"test-1",
                         "sender":"%4$s","lane":0,"sequence":"0","validUntil":"50",
                         "gasLimit":"30000","maxFeePerKilogas":"100","tipPerKilogas":"2",
                         "calls":[{"type":"transfer","to":"%5$s","amount":"150000000",
                         "memo":"6869"}],"postConditions":[{"principal":"%4$s","asset":"coin",
                         "type":"sent","comparison":"at_most","amount":"150000000"}],
                         "postConditionMode":"deny","memo":"",
                         "senderCredential":{"kind":"single","key":"%6$s"},"bytes":"%7$s"}
                        """
                                .formatted(
                                        FakeNode.SUCCEEDED.id(),
                                        FakeNode.SUCCEEDED.wireHash(),
                                        FakeNode.SUCCEEDED.bytes().size(),
                                        FakeNode.ALICE,
                                        FakeNode.BOB,
                                        FakeNode.KEY,
                                        FakeNode.SUCCEEDED.bytes())),
                found.get("transaction"));
        assertEquals(fake.blockId.toHex(), found.get("blockId").textValue());
        assertEquals(
                "post_condition",
                result("tx_get", "{'id':'" + FakeNode.FAILED.id() + "'}")
                        .at("/receipt/failure")
                        .textValue());
        var pending = result("tx_get", "{'id':'" + FakeNode.WAITING.id() + "'}");
        assertEquals(2, pending.size());
        assertTrue(pending.has("id") && pending.has("transaction"));
    }

    @Test
    void statusesOfTransactions() throws IOException {
        assertStatus("{'status':'final','height':'1','index':0}", FakeNode.SUCCEEDED.id().toHex());
        assertStatus("{'status':'failed','height':'1','index':1}", FakeNode.FAILED.id().toHex());
        assertStatus("{'status':'pending','validUntil':'50'}", FakeNode.WAITING.id().toHex());
        assertStatus("{'status':'unknown'}", "00".repeat(32));
        var late = FakeNode.transfer(9, 1);
        fake.waiting.put(late.id(), late); // the pool does not know of the last block yet
        assertStatus("{'status':'expired','validUntil':'1'}", late.id().toHex());
        fake.waiting.clear();
        fake.expired.put(late.id(), 1L);
        assertStatus("{'status':'expired','validUntil':'1'}", late.id().toHex());
    }

    private void assertStatus(String expected, String id) throws IOException {
        var status = json(expected.replace('\'', '"').replace("{", "{\"id\":\"" + id + "\","));
        assertEquals(status, result("tx_status", "{'id':'" + id + "'}"));
        if (!expected.contains("unknown") && !expected.contains("pending")) {
            var wait = "{'id':'" + id + "','timeoutMillis':10000}"; // answers at once
            assertEquals(status, result("tx_wait", wait));
        }
    }

    @Test
    void waitEndsWithTheBlockOrTheTime() throws IOException, InterruptedException {
        var id = FakeNode.WAITING.id().toHex();
        assertEquals(
                "pending",
                result("tx_wait", "{'id':'" + id + "','timeoutMillis':20}")
                        .get("status")
                        .textValue());
        socket.send(post(call("tx_wait", "{'id':'" + id + "','timeoutMillis':10000}")));
        Thread.sleep(50);
        fake.include(2, FakeNode.WAITING, new ExecutionStatus.Succeeded());
        fake.nextBlock.complete(null);
        assertEquals("final", socket.read().json().at("/result/status").textValue());
    }

    @Test
    void submissions() throws IOException {
        var hex = "{'transaction':'" + FakeNode.WAITING.bytes() + "'}";
        var pending =
                json("{\"id\":\"%s\",\"status\":\"pending\"}".formatted(FakeNode.WAITING.id()));
        fake.admission = new TxAdmission.Accepted(FakeNode.WAITING.id());
        assertEquals(pending, result("tx_submit", hex));
        fake.admission = new TxAdmission.Known(FakeNode.WAITING.id());
        assertEquals(pending, result("tx_submit", hex));
        for (var reason : TxAdmission.Reason.values()) {
            fake.admission = new TxAdmission.PoolRefused(reason);
            assertRefused(reason.code(), error("tx_submit", hex));
        }
        for (var fault : TransactionFault.values()) {
            fake.admission = new TxAdmission.Refused(fault, "why");
            var error = error("tx_submit", hex);
            assertRefused(fault.code(), error);
            assertEquals("why", error.at("/data/detail").textValue());
        }
        assertRefused("malformed", error("tx_submit", "{'transaction':'0g'}"));
    }

    private static void assertRefused(String reason, JsonNode error) {
        assertEquals(-32003, error.get("code").intValue());
        assertEquals(reason, error.at("/data/reason").textValue());
    }

    @Test
    void submittingWhatIsFinalIsNoError() throws IOException {
        fake.admission = new TxAdmission.Refused(TransactionFault.SEQUENCE_USED, "");
        var again = "{'transaction':'" + FakeNode.FAILED.bytes() + "'}";
        assertEquals("failed", result("tx_submit", again).get("status").textValue());
        var other = "{'transaction':'" + FakeNode.transfer(0, 49).bytes() + "'}";
        assertRefused("sequence_used", error("tx_submit", other));
    }

    @Test
    void syncingNodeTakesNoTransactions() throws IOException {
        fake.syncing = true;
        var hex = "{'transaction':'" + FakeNode.WAITING.bytes() + "'}";
        assertEquals(-32000, error("tx_submit", hex).get("code").intValue());
        assertEquals(-32000, error("tx_simulate", hex).get("code").intValue());
        result("chain_head", "{}");
    }

    @Test
    void simulations() throws IOException {
        var hex = "{'transaction':'" + FakeNode.WAITING.bytes() + "'}";
        assertRefused("wrong_key", error("tx_simulate", hex));
        var included = (Lookup.Found<IncludedTransaction>) fake.transaction(FakeNode.FAILED.id());
        fake.simulation =
                new Simulation.Ran(
                        1,
                        included.value().receipt(),
                        List.of(new Simulation.BalanceChange(FakeNode.ALICE, Asset.COIN, -210)));
        var ran = result("tx_simulate", hex);
        assertEquals("kernel_failed", ran.at("/receipt/status").textValue());
        assertEquals(
                json(
                        "[{\"principal\":\"%s\",\"asset\":\"coin\",\"delta\":\"-210\"}]"
                                .formatted(FakeNode.ALICE)),
                ran.get("balanceChanges"));
    }
}
