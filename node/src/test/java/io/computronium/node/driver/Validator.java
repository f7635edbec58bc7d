package io.computronium.node.driver;

import io.computronium.consensus.ProposerOrder;
import io.computronium.node.execution.BuildRequest;
import io.computronium.node.execution.ExecutionService;
import io.computronium.node.execution.MemoryChain;
import io.computronium.node.execution.PreparedBlock;
import io.computronium.node.metrics.NodeMetrics;
import io.computronium.node.network.SentMessages;
import io.computronium.node.runtime.SettableClock;
import io.computronium.node.runtime.TestLoops;
import io.computronium.p2p.message.BlockGossip;
import io.computronium.p2p.message.BlockGossip.CompactBlock;
import io.computronium.p2p.message.ConsensusGossip;
import io.computronium.p2p.message.ConsensusGossip.ProposalGossip;
import io.computronium.p2p.message.ConsensusGossip.VoteGossip;
import io.computronium.p2p.message.PeerMessage;
import io.computronium.primitives.Hash;
import io.computronium.primitives.NodeId;
import io.computronium.primitives.Signature;
import io.computronium.primitives.bft.Evidence;
import io.computronium.primitives.bft.Proposal;
import io.computronium.primitives.bft.ValidatorSet;
import io.computronium.primitives.bft.Vote;
import io.computronium.primitives.bft.VoteKind;
import io.computronium.primitives.tx.Transaction;
import io.computronium.storage.disk.Disk;
import io.computronium.storage.memory.FailingDisk;
import io.computronium.storage.memory.InMemoryDisk;
import io.computronium.storage.signer.SignerStateFile;
import io.computronium.storage.wal.ConsensusWal;
import io.computronium.storage.wal.WalOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One of four validators, all real but for its peers, disks and clock, which are the test's. What
 * it sends is kept over all its restarts.
 */
final class Validator implements AutoCloseable {

    static final NodeId PEER = NodeId.ofHex("01".repeat(20));

    private static final WalOptions WAL = new WalOptions(2 << 20, 10);

    final MemoryChain chain = MemoryChain.of(4);
    final SentMessages peers = new SentMessages();
    final SettableClock clock = new SettableClock(MemoryChain.GENESIS_MILLIS);
    final List<Evidence> evidence = new CopyOnWriteArrayList<>();
    final int seat;
    private final InMemoryDisk walDisk = new InMemoryDisk();
    private final InMemoryDisk signerDisk = new InMemoryDisk();
    private final NodeMetrics metrics = new NodeMetrics("test");
    private final List<PeerMessage> said = new ArrayList<>();
    private @Nullable TestLoops loops;
    private @Nullable ConsensusDriver driver;
    private @Nullable ExecutionService execution;

    /**
     * A validator that does not run yet.
     *
     * @param turn 0: the proposer of the first block, 1: of the second, and so on
     */
    Validator(int turn) {
        this.seat = order().proposer(1 + turn, 0);
    }

    private ProposerOrder order() {
        var spec = chain.spec();
        return ProposerOrder.of(set(), spec.identity().genesisHash(), spec.consensus().epochs(), 0);
    }

    ValidatorSet set() {
        return chain.spec().genesis().validatorSet();
    }

    // ---- life

    Validator start() {
        start(walDisk, signerDisk);
        return this;
    }

    /** As {@link #start}; both disks fail after so many operations. */
    void start(int operations) {
        start(new FailingDisk(walDisk, operations), new FailingDisk(signerDisk, operations));
    }

    private void start(Disk log, Disk signerFolder) {
        var started = new TestLoops(clock);
        loops = started;
        var service =
                new ExecutionService(
                        started.loop("execution"),
                        chain.processor(),
                        chain.spec().identity(),
                        transactions -> Optional.empty(),
                        metrics,
                        clock);
        execution = service;
        var file =
                switch (SignerStateFile.open(signerFolder)) {
                    case SignerStateFile.Opening.Ready ready -> ready.file();
                    case SignerStateFile.Opening.OneSlotLost lost -> lost.file();
                    case SignerStateFile.Opening.Missing missing ->
                            SignerStateFile.create(signerFolder, 1);
                    case SignerStateFile.Opening.Damaged damaged ->
                            throw new AssertionError(damaged.reason());
                };
        var built =
                new ConsensusDriver(
                        new ConsensusDriver.Parts(
                                started.loop("consensus"),
                                clock,
                                chain.spec(),
                                chain.blocks(),
                                ConsensusWal.open(log, WAL),
                                new ValidatorSigner(chain.key(seat), chain.spec().identity(), file),
                                service,
                                new EmptyPool(),
                                peers,
                                new Events()));
        driver = built;
        built.start();
        started.settle();
    }

    /** Ends as kill -9 and a power cut do: any part of what was not forced is lost. */
    void crash(Random random) {
        listen();
        loops().close();
        walDisk.crash(random);
        signerDisk.crash(random);
        chain.crash();
    }

    /** As {@link #crash}, with the folder of the log removed. */
    void loseLog(Random random) {
        crash(random);
        walDisk.list().forEach(walDisk::delete);
    }

    @Override
    public void close() {
        loops().close();
        metrics.close();
    }

    TestLoops loops() {
        if (loops == null) {
            throw new IllegalStateException("not started");
        }
        return loops;
    }

    ConsensusDriver driver() {
        if (driver == null) {
            throw new IllegalStateException("not started");
        }
        return driver;
    }

    long height() {
        if (execution == null) {
            throw new IllegalStateException("not started");
        }
        return execution.head().height();
    }

    void pass(long millis) {
        for (long left = millis; left > 0; left -= 50) {
            loops().pass(Duration.ofMillis(Math.min(50, left)));
        }
    }

    // ---- what it says

    /** All that it ever said. */
    List<PeerMessage> said() {
        listen();
        return said;
    }

    private void listen() {
        peers.take().forEach(sent -> said.add(sent.message()));
    }

    /** The votes and proposals among {@link #said} that it signed itself. */
    List<ConsensusGossip> signed() {
        List<ConsensusGossip> signed = new ArrayList<>();
        for (PeerMessage message : said()) {
            switch (message) {
                case VoteGossip(Vote vote) -> {
                    if (vote.validatorIndex() == seat) {
                        signed.add(new VoteGossip(vote));
                    }
                }
                case ProposalGossip(Proposal proposal) -> {
                    if (order().proposer(proposal.height(), proposal.round()) == seat) {
                        signed.add(new ProposalGossip(proposal));
                    }
                }
                default -> {}
            }
        }
        return signed;
    }

    // ---- what the others say

    void hear(ConsensusGossip message) {
        driver().received(PEER, message);
        loops().settle();
    }

    void hear(BlockGossip message) {
        driver().received(PEER, message);
        loops().settle();
    }

    /** The votes of all others. */
    void hearVotes(VoteKind kind, long height, int round, @Nullable Hash blockId) {
        IntStream.range(0, set().size())
                .filter(other -> other != seat)
                .forEach(other -> hear(new VoteGossip(vote(other, kind, height, round, blockId))));
    }

    Vote vote(int voter, VoteKind kind, long height, int round, @Nullable Hash blockId) {
        var unsigned = new Vote(kind, height, round, blockId, voter, zeros());
        return new Vote(
                kind,
                height,
                round,
                blockId,
                voter,
                chain.key(voter).sign(unsigned.signBytes(chain.spec().identity())));
    }

    /** Signed by the proposer of that round. */
    Proposal proposal(long height, int round, Hash blockId) {
        var unsigned = new Proposal(height, round, -1, blockId, zeros());
        return new Proposal(
                height,
                round,
                -1,
                blockId,
                chain.key(order().proposer(height, round))
                        .sign(unsigned.signBytes(chain.spec().identity())));
    }

    private static Signature zeros() {
        return Signature.of(new byte[Signature.SIZE]);
    }

    /** The block that the proposer of this round would build on the head. */
    PreparedBlock block(int round) {
        var head = chain.head();
        return chain.processor()
                .build(
                        new BuildRequest(
                                head.height() + 1,
                                Math.max(
                                        clock.wallMillis(),
                                        head.timeMillis()
                                                + chain.spec().consensus().minIntervalMillis()),
                                set().get(order().proposer(head.height() + 1, round)).publicKey(),
                                head.certificate(),
                                List.of(),
                                List.of()));
    }

    void hearProposal(int round, PreparedBlock block) {
        hear(new ProposalGossip(proposal(block.block().header().height(), round, block.id())));
        CompactBlock.framesOf(block.id(), block.block()).forEach(this::hear);
    }

    private static final class EmptyPool implements TransactionPool {
        @Override
        public CompletableFuture<List<Transaction>> proposal(long gas, long bytes, int count) {
            return CompletableFuture.completedFuture(List.of());
        }

        @Override
        public Optional<Transaction> byWireHash(Hash wireHash) {
            return Optional.empty();
        }

        @Override
        public void pin(Hash blockId, List<Hash> wireHashes) {}
    }

    private final class Events implements DriverEvents {
        @Override
        public void entered(RoundState state) {}

        @Override
        public void found(Evidence found) {
            evidence.add(found);
        }

        @Override
        public void halted(String reason) {
            throw new AssertionError(reason);
        }
    }
}
