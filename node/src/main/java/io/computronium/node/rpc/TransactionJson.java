package io.computronium.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.computronium.primitives.block.Event;
import io.computronium.primitives.block.ExecutionStatus;
import io.computronium.primitives.block.Receipt;
import io.computronium.primitives.tx.Asset;
import io.computronium.primitives.tx.Call;
import io.computronium.primitives.tx.Credential;
import io.computronium.primitives.tx.PostCondition;
import io.computronium.primitives.tx.Transaction;
import java.util.Locale;

/** Transactions and receipts as users see them. */
final class TransactionJson {

    private TransactionJson() {}

    static ObjectNode transaction(Transaction transaction) {
        var body = transaction.body();
        var json =
                Json.object()
                        .put("id", transaction.id().toHex())
                        .put("wireHash", transaction.wireHash().toHex())
                        .put("size", transaction.bytes().size())
                        .put("version", body.version())
                        .put("chainId", body.chainId())
                        .put("sender", body.sender().toString())
                        .put("lane", body.lane())
                        .put("sequence", Json.u64(body.sequence()))
                        .put("validUntil", Json.u64(body.validUntil()))
                        .put("gasLimit", Json.u64(body.gasLimit()))
                        .put("maxFeePerKilogas", Json.u64(body.maxFeePerKilogas()))
                        .put("tipPerKilogas", Json.u64(body.tipPerKilogas()));
        if (body.payer() != null) {
            json.put("payer", body.payer().toString());
        }
        json.set("calls", Json.array(body.calls(), TransactionJson::call));
        json.set("postConditions", Json.array(body.postConditions(), TransactionJson::condition));
        json.put("postConditionMode", lower(body.postConditionMode()));
        json.put("memo", body.memo().toHex());
        json.set("senderCredential", credential(transaction.sender()));
        if (transaction.payer() != null) {
            json.set("payerCredential", credential(transaction.payer()));
        }
        return json.put("bytes", transaction.bytes().toHex());
    }

    static ObjectNode receipt(Receipt receipt) {
        var json = Json.object();
        switch (receipt.status()) {
            case ExecutionStatus.Succeeded _ -> json.put("status", "succeeded");
            case ExecutionStatus.CallFailed(int callIndex) ->
                    json.put("status", "call_failed").put("callIndex", callIndex);
            case ExecutionStatus.KernelFailed(int callIndex, var failure) ->
                    json.put("status", "kernel_failed")
                            .put("callIndex", callIndex)
                            .put("failure", lower(failure));
        }
        json.set("results", Json.array(receipt.results(), Json::text));
        json.set("events", Json.array(receipt.events(), TransactionJson::event));
        return json.put("gasUsed", Json.u64(receipt.gasUsed())).put("fee", Json.u64(receipt.fee()));
    }

    static String asset(Asset asset) {
        return switch (asset) {
            case Asset.Coin _ -> "coin";
            case Asset.Token(var contract, var name) -> contract + "::" + name;
        };
    }

    private static JsonNode call(Call call) {
        return switch (call) {
            case Call.Transfer(var to, long amount, var memo) -> {
                var json =
                        Json.object()
                                .put("type", "transfer")
                                .put("to", to.toString())
                                .put("amount", Json.u64(amount));
                yield memo == null ? json : json.put("memo", memo.toHex());
            }
            case Call.ContractCall(var contract, var function, var arguments) ->
                    Json.object()
                            .put("type", "contract_call")
                            .put("contract", contract.toString())
                            .put("function", function)
                            .set("arguments", Json.array(arguments, Json::text));
            case Call.Deploy(var name, int level, var source) ->
                    Json.object()
                            .put("type", "deploy")
                            .put("name", name)
                            .put("level", level)
                            .put("source", source.toHex());
        };
    }

    private static JsonNode condition(PostCondition condition) {
        var json =
                Json.object()
                        .put("principal", condition.principal().toString())
                        .put("asset", asset(condition.asset()));
        return switch (condition) {
            case PostCondition.Sent sent ->
                    json.put("type", "sent")
                            .put("comparison", lower(sent.comparison()))
                            .put("amount", sent.amount().toString());
            case PostCondition.Received received ->
                    json.put("type", "received").put("amount", received.amount().toString());
            case PostCondition.NonFungible token ->
                    json.put("type", token.kept() ? "kept" : "sent_token")
                            .put("tokenId", token.id().toHex());
        };
    }

    private static ObjectNode credential(Credential credential) {
        return switch (credential) {
            case Credential.Single single ->
                    Json.object().put("kind", "single").put("key", single.key().toHex());
            case Credential.Session session ->
                    Json.object()
                            .put("kind", "session")
                            .put("session", Json.u64(session.id()))
                            .put("key", session.key().toHex());
            case Credential.Multi multi -> multi(multi);
        };
    }

    private static ObjectNode multi(Credential.Multi multi) {
        var json = Json.object().put("kind", "multi").put("threshold", multi.keySet().threshold());
        json.set(
                "keys",
                Json.array(
                        multi.keySet().keys(),
                        member ->
                                Json.object()
                                        .put("key", member.key().toHex())
                                        .put("weight", member.weight())));
        json.set("signers", Json.array(multi.signatures(), member -> Json.number(member.index())));
        return json;
    }

    private static JsonNode event(Event event) {
        var json =
                Json.object()
                        .put("contract", event.contract().toString())
                        .put("name", event.name());
        json.set("keys", Json.array(event.keys(), Json::text));
        return json.put("data", event.data().toHex());
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
