package io.computronium.node;

import io.computronium.consensus.Step;
import io.computronium.node.driver.ConsensusDriver;
import io.computronium.node.driver.DriverEvents;
import io.computronium.node.driver.RoundState;
import io.computronium.node.driver.ValidatorSigner;
import io.computronium.node.execution.BlockCommitted;
import io.computronium.node.execution.BlockProcessor;
import io.computronium.node.execution.ChainSpec;
import io.computronium.node.execution.ChainTip;
import io.computronium.node.execution.ExecutionService;
import io.computronium.node.mempool.Mempool;
import io.computronium.node.metrics.NodeMetrics;
import io.computronium.node.network.PeerDispatch;
import io.computronium.node.network.PeerOutbox;
import io.computronium.node.network.TransactionSpread;
import io.computronium.node.pipeline.TransactionPipeline;
import io.computronium.node.rpc.ChainReads;
import io.computronium.node.rpc.NodeReads;
import io.computronium.node.rpc.RpcConfig;
import io.computronium.node.rpc.RpcMethods;
import io.computronium.node.rpc.RpcServer;
import io.computronium.node.runtime.EventLoop;
import io.computronium.node.runtime.NodeClock;
import io.computronium.node.runtime.NodeThreads;
import io.computronium.node.sync.BlockSynchroniser;
import io.computronium.p2p.PeerAddress;
import io.computronium.p2p.PeerListener;
import io.computronium.p2p.PeerNetwork;
import io.computronium.p2p.PeerNetworkConfig;
import io.computronium.p2p.transport.TlsPeerNetwork;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.bft.Evidence;
import io.computronium.primitives.bft.ValidatorSet;
import io.computronium.primitives.block.Block;
import io.computronium.primitives.block.ExecutionStatus;
import io.computronium.primitives.crypto.batch.Engine;
import io.computronium.storage.FolderInUseException;
import io.computronium.storage.block.BlockSchema;
import io.computronium.storage.block.BlockStore;
import io.computronium.storage.disk.FileDisk;
import io.computronium.storage.rocksdb.RocksDbOptions;
import io.computronium.storage.rocksdb.RocksDbStore;
import io.computronium.storage.state.StateSchema;
import io.computronium.storage.state.StateStore;
import io.computronium.storage.wal.ConsensusWal;
import io.computronium.storage.wal.WalOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node: everything is wired here and nowhere else. Several in one process share nothing.
 *
 * <p>Whatever fails for good, a disk or an invariant, ends the node: it signs nothing more, and
 * {@link #failure} tells whoever runs it.
 */
public final class Node implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Node.class);

    private static final Duration DRAIN = Duration.ofMillis(500);
    private static final int MAILBOX = 8_192;

    /** The most that is spent on making the verifier fast, in a JVM that has not run it yet. */
    private static final Duration WARM_UP = Duration.ofSeconds(1);

    /** Far more than ten heights of a hundred validators; read as a whole at start. */
    private static final WalOptions WAL = new WalOptions(16 << 20, 10);

    private final NodeResources resources;
    private final CompletableFuture<Throwable> failure;
    private final BlockStore blocks;
    private final ExecutionService execution;
    private final PeerNetwork network;
    private final RpcServer rpc;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Node(
            NodeResources resources,
            CompletableFuture<Throwable> failure,
            BlockStore blocks,
            ExecutionService execution,
            PeerNetwork network,
            RpcServer rpc) {
        this.resources = resources;
        this.failure = failure;
        this.blocks = blocks;
        this.execution = execution;
        this.network = network;
        this.rpc = rpc;
    }

    /**
     * Starts a node; it is at work when this returns.
     *
     * @throws NodeStartException if only the operator can say how to go on
     */
    public static Node start(NodeConfig config) {
        var resources = new NodeResources();
        try {
            return wire(config, NodeClock.system(), resources);
        } catch (FolderInUseException e) {
            resources.close();
            throw new NodeStartException(e.getMessage() + ". Stop that one first.", e);
        } catch (RuntimeException | Error e) {
            resources.close();
            throw e;
        }
    }

    /** Opens what the node consists of, each part after those that it needs. */
    private static Node wire(NodeConfig config, NodeClock clock, NodeResources resources) {
        var failure = new CompletableFuture<Throwable>();
        var threads =
                new NodeThreads(
                        config.name(), clock, (thread, cause) -> failed(failure, thread, cause));
        var spec = ChainSpec.of(config.genesis());
        var limits = config.limits();
        var folder = DataFolder.open(config.dataFolder(), spec.identity().genesisHash());

        var blocks =
                resources.add(
                        BlockStore.open(
                                RocksDbStore.open(
                                        folder.blocks(),
                                        BlockSchema.SCHEMA,
                                        RocksDbOptions.DEFAULT)));
        var flushLoop = resources.add(loop(threads, "flush")); // off the way of a block
        var state =
                resources.add(
                        StateStore.open(
                                RocksDbStore.open(
                                        folder.state(), StateSchema.SCHEMA, RocksDbOptions.DEFAULT),
                                limits.state(),
                                flushLoop));
        var processor = BlockProcessor.open(spec, blocks, state, clock);
        var head = processor.head();

        var metrics = resources.add(new NodeMetrics(config.name()));
        var outbox = new PeerOutbox();
        var verifier = Engine.fastest(new SecureRandom(), WARM_UP); // before consensus is joined
        LOG.info("signatures are verified by {}", verifier.name());
        var poolLoop = resources.add(loop(threads, "mempool"));
        var mempool = new Mempool(limits.mempool(), NodePool.rules(spec), NodePool.headOf(head));
        var pool = new NodePool(mempool, poolLoop);
        var mesh = config.peers().stream().map(PeerAddress::id).collect(Collectors.toSet());
        var pipeline =
                resources.add(
                        new TransactionPipeline(
                                limits.pipeline(),
                                TransactionSignatures.rules(spec),
                                verifier,
                                mempool,
                                poolLoop,
                                new TransactionSpread(outbox, mesh),
                                threads,
                                metrics));
        var execution =
                new ExecutionService(
                        resources.add(loop(threads, "execution")),
                        processor,
                        spec.identity(),
                        TransactionSignatures.gate(spec.identity(), verifier),
                        metrics,
                        clock);
        execution.listen(pool::committed);
        execution.listen(committed -> count(metrics, committed));
        var events = new Events(failure, head.height() + 1);
        var wal = resources.add(ConsensusWal.open(FileDisk.open(folder.wal()), WAL));
        var signer = signer(config, spec, folder, blocks, head, resources);
        var driver =
                new ConsensusDriver(
                        new ConsensusDriver.Parts(
                                resources.add(loop(threads, "consensus")),
                                clock,
                                spec,
                                blocks,
                                wal,
                                signer,
                                execution,
                                pool,
                                outbox,
                                events));
        var sync =
                new BlockSynchroniser(
                        resources.add(loop(threads, "sync")),
                        clock,
                        blocks,
                        execution,
                        outbox,
                        driver::headMoved);
        var dispatch =
                new PeerDispatch(driver, sync, pipeline, () -> execution.head().height(), clock);
        var network = resources.add(network(config, spec, dispatch));
        outbox.open(network);

        var chain = new ChainReader(spec, blocks, state, execution);
        execution.listen(chain::committed);
        var node =
                new NodeReader(
                        version(),
                        () -> !failure.isDone(),
                        signer == null ? null : signer.publicKey(),
                        verifier.name(),
                        execution,
                        sync,
                        dispatch,
                        events.round::get);
        var methods = RpcMethods.of(chain, mempool.published(), pipeline::submit, node);
        var rpc = resources.add(rpc(config, methods, chain, node, metrics, threads));
        watch(metrics, execution, sync, network);
        driver.start();
        sync.start();
        return new Node(resources, failure, blocks, execution, network, rpc);
    }

    private static EventLoop loop(NodeThreads threads, String role) {
        return threads.eventLoop(role, MAILBOX, DRAIN);
    }

    private static @Nullable ValidatorSigner signer(
            NodeConfig config,
            ChainSpec spec,
            DataFolder folder,
            BlockStore blocks,
            ChainTip head,
            NodeResources resources) {
        return config.validatorKey() == null
                ? null
                : resources.add(
                        SignerOpening.open(
                                folder.signer(),
                                config.validatorKey(),
                                spec.identity(),
                                blocks,
                                head.validators(),
                                config.signFromHeight()));
    }

    private static PeerNetwork network(NodeConfig config, ChainSpec spec, PeerListener listener) {
        try {
            return TlsPeerNetwork.start(
                    new PeerNetworkConfig(
                            config.name(),
                            config.p2p(),
                            config.nodeKey(),
                            spec.identity(),
                            config.peers(),
                            config.limits().peers()),
                    listener);
        } catch (IOException e) {
            throw new NodeStartException(
                    "cannot listen for peers at "
                            + config.p2p()
                            + " ("
                            + e.getMessage()
                            + "). Is another node running? Choose another port.",
                    e);
        }
    }

    private static RpcServer rpc(
            NodeConfig config,
            RpcMethods methods,
            ChainReads chain,
            NodeReads node,
            NodeMetrics metrics,
            NodeThreads threads) {
        try {
            return new RpcServer(
                    RpcConfig.at(config.rpc()), methods, chain, node, metrics, threads);
        } catch (IOException e) {
            throw new NodeStartException(
                    "cannot serve JSON-RPC at "
                            + config.rpc()
                            + " ("
                            + e.getMessage()
                            + "). Is another node running? Choose another port.",
                    e);
        }
    }

    private static void count(NodeMetrics metrics, BlockCommitted committed) {
        var header = committed.block().header();
        var certificate = committed.head().certificate();
        if (certificate != null) {
            countMissed(metrics, certificate, committed.head().validators());
        }
        long failed =
                committed.receipts().stream()
                        .filter(r -> !(r.status() instanceof ExecutionStatus.Succeeded))
                        .count();
        metrics.blockCommitted(
                committed.receipts().size(),
                (int) failed,
                header.gasUsed(),
                header.gasLimit(),
                certificate == null ? 0 : certificate.round(),
                committed.nanos());
    }

    private static void countMissed(
            NodeMetrics metrics, CommitCertificate certificate, ValidatorSet validators) {
        BitSet signed = certificate.signers().toBitSet(validators.size());
        for (int i = signed.nextClearBit(0);
                i < validators.size();
                i = signed.nextClearBit(i + 1)) {
            metrics.slotMissed(validators.get(i).publicKey().toHex());
        }
    }

    private static void watch(
            NodeMetrics metrics,
            ExecutionService execution,
            BlockSynchroniser sync,
            PeerNetwork network) {
        metrics.watch(
                "height", "Height of the last committed block", () -> execution.head().height());
        metrics.watch(
                "lag",
                "Blocks that a peer claims to be ahead",
                () -> Math.max(0, sync.bestHeight() - execution.head().height()));
        metrics.watch("peers", "Connected peers", () -> network.peers().size());
    }

    private static String version() {
        String version = Node.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private static void failed(
            CompletableFuture<Throwable> failure, String thread, Throwable cause) {
        if (failure.complete(cause)) { // what follows from it is not news
            LOG.error("{} failed, the node stops", thread, cause);
        }
    }

    /** The height of the last committed block. */
    public long height() {
        return execution.head().height();
    }

    /** The chain as of the last commit. */
    public ChainTip head() {
        return execution.head();
    }

    /** A committed block. */
    public Optional<Block> block(long height) {
        return blocks.block(height);
    }

    /** Where users reach this node. */
    public InetSocketAddress rpcAddress() {
        return rpc.address();
    }

    /** Where peers reach this node. */
    public InetSocketAddress p2pAddress() {
        return network.localAddress();
    }

    /** Completed with the cause when the node fails for good; whoever runs it closes it then. */
    public CompletableFuture<Throwable> failure() {
        return failure.copy();
    }

    /** Stops everything, within three seconds; what is durable stays. May be called again. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            resources.close();
        }
    }

    /** What the driver tells. */
    private static final class Events implements DriverEvents {

        private final CompletableFuture<Throwable> failure;
        private final AtomicReference<RoundState> round;

        Events(CompletableFuture<Throwable> failure, long height) {
            this.failure = failure;
            this.round = new AtomicReference<>(new RoundState(height, 0, Step.NEW_HEIGHT));
        }

        @Override
        public void entered(RoundState state) {
            round.set(state);
        }

        @Override
        public void found(Evidence evidence) {
            LOG.warn("a validator contradicted itself: {}", evidence);
        }

        @Override
        public void halted(String reason) {
            failed(failure, "consensus", new IllegalStateException(reason));
        }
    }
}
