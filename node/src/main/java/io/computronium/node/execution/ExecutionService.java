package io.computronium.node.execution;

import io.computronium.node.metrics.NodeMetrics;
import io.computronium.node.runtime.EventLoop;
import io.computronium.node.runtime.NodeClock;
import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.block.Block;
import io.computronium.primitives.codec.BlockCodec;
import io.computronium.primitives.crypto.Ed25519;
import io.computronium.primitives.tx.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * The thread that executes blocks. Requests are answered in order; answers complete on that thread,
 * so whoever waits for one mails itself on.
 */
public final class ExecutionService {

    /** What came of a block from a peer. */
    public sealed interface Import {

        record Imported(BlockCommitted committed) implements Import {}

        /** Its height was committed already. */
        record Known() implements Import {}

        /** A height between the head and this one is missing. */
        record Ahead(long headHeight) implements Import {}

        /**
         * @param reason for the log; the peer that sent it is at fault
         */
        record Refused(String reason) implements Import {}
    }

    private final EventLoop loop;
    private final BlockProcessor processor;
    private final ChainIdentity chain;
    private final SignatureGate signatures;
    private final NodeMetrics metrics;
    private final NodeClock clock;
    private final List<Consumer<BlockCommitted>> listeners = new CopyOnWriteArrayList<>();
    private volatile ChainTip head;

    /**
     * A service on a thread of its own.
     *
     * @param processor the loop's alone from now on
     */
    public ExecutionService(
            EventLoop loop,
            BlockProcessor processor,
            ChainIdentity chain,
            SignatureGate signatures,
            NodeMetrics metrics,
            NodeClock clock) {
        this.loop = loop;
        this.processor = processor;
        this.chain = chain;
        this.signatures = signatures;
        this.metrics = metrics;
        this.clock = clock;
        this.head = processor.head();
    }

    /**
     * Adds a listener, called on the execution thread at each commit, after those that were added
     * before and before anyone who asked learns of it. It must not block.
     */
    public void listen(Consumer<BlockCommitted> listener) {
        listeners.add(listener);
    }

    /** The chain after the last commit. Any thread. */
    public ChainTip head() {
        return head;
    }

    /** Builds a block; empty if its height is not the next any more. */
    public CompletableFuture<Optional<PreparedBlock>> build(BuildRequest request) {
        return loop.ask(() ->
                request.height() == processor.head().height() + 1
                        ? Optional.of(timed(() -> processor.build(request), metrics::blockBuilt))
                        : Optional.empty());
    }

    /**
     * Judges a block.
     *
     * @param unverified the block's transactions that did not come out of the pool; their
     *     signatures are verified first
     */
    public CompletableFuture<Judgement> judge(Block block, List<Transaction> unverified) {
        return loop.ask(() ->
                signatures
                        .firstBad(unverified)
                        .<Judgement>map(bad -> new Judgement.Invalid("signature of " + bad))
                        .orElseGet(
                                () -> timed(() -> processor.judge(block), metrics::blockExecuted)));
    }

    private <T> T timed(Supplier<T> work, LongConsumer meter) {
        long start = clock.monotonicNanos();
        T result = work.get();
        meter.accept(clock.monotonicNanos() - start);
        return result;
    }

    /**
     * Commits a block that was built or judged valid; empty if its height was committed before.
     *
     * @param certificate valid
     */
    public CompletableFuture<Optional<BlockCommitted>> commit(CommitCertificate certificate) {
        return loop.ask(() ->
                certificate.height() == processor.head().height() + 1
                        ? Optional.of(publish(processor.commit(certificate)))
                        : Optional.empty());
    }

    /** Checks, executes and commits a final block from a peer. */
    public CompletableFuture<Import> importBlock(Block block, CommitCertificate certificate) {
        return loop.ask(() -> importNow(block, certificate));
    }

    private Import importNow(Block block, CommitCertificate certificate) {
        ChainTip parent = processor.head();
        long height = block.header().height();
        if (height <= parent.height()) {
            return new Import.Known();
        }
        if (height > parent.height() + 1) {
            return new Import.Ahead(parent.height());
        }
        if (certificate.height() != height
                || !certificate.blockId().equals(BlockCodec.idOf(block.header()))
                || !certificate.isValid(chain, parent.nextValidators(), Ed25519::verify)) {
            return new Import.Refused("certificate of height " + height + " proves nothing");
        }
        Optional<Transaction> bad = signatures.firstBad(block.transactions());
        if (bad.isPresent()) {
            return new Import.Refused("signature of " + bad.get());
        }
        return switch (processor.judge(block)) {
            case Judgement.Valid valid ->
                    new Import.Imported(publish(processor.commit(certificate)));
            case Judgement.Invalid invalid ->
                    new Import.Refused("block " + height + ": " + invalid.reason());
            case Judgement.OffHeight off -> new Import.Ahead(off.headHeight());
        };
    }

    private BlockCommitted publish(BlockCommitted committed) {
        head = committed.head();
        listeners.forEach(listener -> listener.accept(committed));
        return committed;
    }
}
