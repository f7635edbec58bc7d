package io.computronium.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.computronium.node.mempool.PendingTransactions;
import io.computronium.node.rpc.NodeReads.NodeStatus;
import io.computronium.node.rpc.NodeReads.PeerView;
import io.computronium.node.rpc.RpcMethod.Access;
import java.util.List;

/** Namespaces {@code net_} and {@code node_}. */
final class NodeMethods {

    private final ChainReads chain;
    private final PendingTransactions pool;
    private final NodeReads node;

    NodeMethods(ChainReads chain, PendingTransactions pool, NodeReads node) {
        this.chain = chain;
        this.pool = pool;
        this.node = node;
    }

    List<RpcMethod<?, ?>> all() {
        return List.of(peers(), status());
    }

    private RpcMethod<ParamsCodec.None, List<PeerView>> peers() {
        return new RpcMethod<>(
                "net_peers",
                "The peers that are connected.",
                Access.READ,
                ParamsCodec.NONE,
                new ResultCodec<>(
                        "{peers: [{nodeId, address, direction, height, connectedMillis}]}",
                        peers -> Json.object().set("peers", Json.array(peers, NodeMethods::peer))),
                5,
                none -> node.peers());
    }

    private static JsonNode peer(PeerView peer) {
        return Json.object()
                .put("nodeId", peer.id().toHex())
                .put("address", peer.address())
                .put("direction", peer.inbound() ? "inbound" : "outbound")
                .put("height", Json.u64(peer.height()))
                .put("connectedMillis", Json.u64(peer.connectedMillis()));
    }

    private RpcMethod<ParamsCodec.None, NodeStatus> status() {
        return new RpcMethod<>(
                "node_status",
                "What this node is and how it does.",
                Access.READ,
                ParamsCodec.NONE,
                new ResultCodec<>(
                        "{version, chainId, genesisHash, dev, height, blockId, timeMillis, syncing,"
                                + " peers: count, mempool: {transactions, bytes}, validator:"
                                + " {publicKey, seated} or null, step: {height, round, step},"
                                + " signatureVerifier}",
                        this::toJson),
                5,
                none -> node.status());
    }

    private JsonNode toJson(NodeStatus status) {
        var facts = chain.facts();
        var head = chain.head();
        var size = pool.size();
        var validator = status.validator();
        var step = status.step();
        var json =
                Json.object()
                        .put("version", status.version())
                        .put("chainId", facts.identity().chainId())
                        .put("genesisHash", facts.identity().genesisHash().toHex())
                        .put("dev", facts.dev())
                        .put("height", Json.u64(head.height()))
                        .put("blockId", head.blockId().toHex())
                        .put("timeMillis", Json.u64(head.timeMillis()))
                        .put("syncing", status.syncing())
                        .put("peers", node.peers().size());
        json.putObject("mempool")
                .put("transactions", size.transactions())
                .put("bytes", Json.u64(size.bytes()));
        if (validator == null) {
            json.putNull("validator");
        } else {
            json.putObject("validator")
                    .put("publicKey", validator.publicKey().toHex())
                    .put("seated", validator.seated());
        }
        json.putObject("step")
                .put("height", Json.u64(step.height()))
                .put("round", step.round())
                .put("step", step.step());
        return json.put("signatureVerifier", status.signatureVerifier());
    }
}
