package io.computronium.node;

import io.computronium.genesis.GenesisDocument;
import io.computronium.node.mempool.MempoolLimits;
import io.computronium.node.pipeline.PipelineLimits;
import io.computronium.p2p.PeerAddress;
import io.computronium.p2p.PeerLimits;
import io.computronium.primitives.crypto.KeyPair;
import io.computronium.storage.state.StateOptions;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a node is started with.
 *
 * @param name for threads and log lines
 * @param dataFolder the node's alone; made if it is not there
 * @param nodeKey its identity among peers
 * @param validatorKey what it votes with; null: it follows the chain and never votes
 * @param signFromHeight for a validator key whose signer file is missing although the chain has
 *     begun: the first height that may be signed. Null: refuse to start then
 * @param rpc where it serves JSON-RPC; port 0 takes any free one
 * @param p2p where it listens for peers; port 0 takes any free one
 * @param peers to stay connected to
 */
public record NodeConfig(
        String name,
        Path dataFolder,
        GenesisDocument genesis,
        KeyPair nodeKey,
        @Nullable KeyPair validatorKey,
        @Nullable Long signFromHeight,
        InetSocketAddress rpc,
        InetSocketAddress p2p,
        List<PeerAddress> peers,
        Limits limits) {

    /** How much of everything. */
    public record Limits(
            PeerLimits peers, PipelineLimits pipeline, MempoolLimits mempool, StateOptions state) {

        public static final Limits DEFAULT =
                new Limits(
                        PeerLimits.DEFAULT,
                        PipelineLimits.DEFAULT,
                        MempoolLimits.DEFAULT,
                        StateOptions.DEFAULT);
    }

    public NodeConfig {
        peers = List.copyOf(peers);
    }

    /**
     * Peers as configuration writes them.
     *
     * @throws IllegalArgumentException if one is not {@code <id in hex>@<host>:<port>}
     */
    public static List<PeerAddress> peers(List<String> texts) {
        return texts.stream().map(PeerAddress::parse).toList();
    }
}
