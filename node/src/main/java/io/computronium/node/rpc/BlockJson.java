package io.computronium.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.bft.SignerBits;
import io.computronium.primitives.block.Header;
import java.util.List;
import java.util.stream.IntStream;

/** Blocks as users see them. */
final class BlockJson {

    private BlockJson() {}

    static JsonNode head(ChainHead head) {
        var json =
                Json.object()
                        .put("height", Json.u64(head.height()))
                        .put("blockId", head.blockId().toHex())
                        .put("timeMillis", Json.u64(head.timeMillis()))
                        .put("parent", head.parent().toHex())
                        .put("stateRoot", head.stateRoot().toHex());
        if (head.proposer() != null) {
            json.put("proposer", head.proposer().toHex());
        }
        return json.put("epoch", Json.u64(head.epoch()))
                .put("baseFee", Json.u64(head.baseFee()))
                .put("gasUsed", Json.u64(head.gasUsed()))
                .put("gasLimit", Json.u64(head.gasLimit()))
                .put("transactions", head.transactions());
    }

    /**
     * @param full transactions with all their fields, not their ids alone
     */
    static JsonNode block(CommittedBlock committed, boolean full) {
        var block = committed.block();
        var json =
                Json.object()
                        .put("height", Json.u64(block.header().height()))
                        .put("blockId", committed.blockId().toHex());
        json.set("header", header(block.header()));
        json.set("certificate", certificate(committed.certificate()));
        json.set(
                "transactions",
                Json.array(
                        block.transactions(),
                        transaction ->
                                full
                                        ? TransactionJson.transaction(transaction)
                                        : Json.text(transaction.id())));
        return json;
    }

    private static ObjectNode header(Header header) {
        return Json.object()
                .put("version", header.version())
                .put("chainId", header.chainId())
                .put("height", Json.u64(header.height()))
                .put("timeMillis", Json.u64(header.timeMillis()))
                .put("parent", header.parent().toHex())
                .put("lastCommitHash", header.lastCommitHash().toHex())
                .put("transactionRoot", header.transactionRoot().toHex())
                .put("evidenceRoot", header.evidenceRoot().toHex())
                .put("epoch", Json.u64(header.epoch()))
                .put("validatorsHash", header.validatorsHash().toHex())
                .put("nextValidatorsHash", header.nextValidatorsHash().toHex())
                .put("parametersHash", header.parametersHash().toHex())
                .put("stateRoot", header.stateRoot().toHex())
                .put("receiptsRoot", header.receiptsRoot().toHex())
                .put("gasUsed", Json.u64(header.gasUsed()))
                .put("gasLimit", Json.u64(header.gasLimit()))
                .put("baseFee", Json.u64(header.baseFee()))
                .put("proposer", header.proposer().toHex());
    }

    private static ObjectNode certificate(CommitCertificate certificate) {
        var json = Json.object().put("round", certificate.round());
        json.set("signers", Json.array(indexes(certificate.signers()), Json::number));
        json.set("signatures", Json.array(certificate.signatures(), Json::text));
        return json;
    }

    private static List<Integer> indexes(SignerBits signers) {
        var bytes = signers.bytes();
        return IntStream.range(0, 8 * bytes.size())
                .filter(i -> (bytes.at(i / 8) >> (i % 8) & 1) != 0)
                .boxed()
                .toList();
    }
}
