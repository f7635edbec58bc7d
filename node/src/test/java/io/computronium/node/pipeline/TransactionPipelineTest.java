package io.computronium.node.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.node.mempool.Head;
import io.computronium.node.mempool.Mempool;
import io.computronium.node.mempool.MempoolLimits;
import io.computronium.node.mempool.TxAdmission;
import io.computronium.node.mempool.TxAdmission.Accepted;
import io.computronium.node.mempool.TxAdmission.Known;
import io.computronium.node.mempool.TxAdmission.PoolRefused;
import io.computronium.node.mempool.TxAdmission.Reason;
import io.computronium.node.mempool.TxAdmission.Refused;
import io.computronium.node.metrics.NodeMetrics;
import io.computronium.node.runtime.EventLoop;
import io.computronium.node.runtime.NodeClock;
import io.computronium.node.runtime.NodeThreads;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.primitives.NodeId;
import io.computronium.primitives.Principal;
import io.computronium.primitives.crypto.SignatureCheck;
import io.computronium.primitives.crypto.batch.BatchVerifier;
import io.computronium.primitives.state.AccountState;
import io.computronium.primitives.tx.Transaction;
import io.computronium.primitives.tx.TransactionFault;
import io.computronium.vm.SignatureChecks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class TransactionPipelineTest {

    private static final Origin PEER = new Origin.Peer(NodeId.ofHex("0a".repeat(20)));
    private static final Hash BLOCK = Hash.ofHex("bb".repeat(32));

    /** Counts what it verifies, and waits at the gate before each batch. */
    private static final class CountingVerifier implements BatchVerifier {
        final BatchVerifier verifier = BatchVerifier.oneByOne();
        final List<Integer> batches = new CopyOnWriteArrayList<>();
        final Semaphore entered = new Semaphore(0);
        volatile CountDownLatch gate = new CountDownLatch(0);

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public BitSet verify(List<SignatureCheck> checks) {
            batches.add(checks.size());
            entered.release();
            await(gate);
            return verifier.verify(checks);
        }

        int verified() {
            return batches.stream().mapToInt(Integer::intValue).sum();
        }
    }

    /** Everyone is rich and nothing was ever used. */
    private static final class RichHead implements Head {
        @Override
        public long height() {
            return 0;
        }

        @Override
        public long baseFee() {
            return 1;
        }

        @Override
        public AccountState account(Principal principal) {
            return new AccountState(1_000_000_000, 0, List.of(), false);
        }

        @Override
        public Optional<Bytes> record(Bytes key) {
            return Optional.empty();
        }
    }

    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final NodeThreads threads =
            new NodeThreads("test", NodeClock.system(), (_, failure) -> failures.add(failure));
    private final EventLoop loop = threads.eventLoop("mempool", 1_000, Duration.ofSeconds(5));
    private final CountingVerifier verifier = new CountingVerifier();
    private final List<List<TransactionGossip.Item>> gossip = new CopyOnWriteArrayList<>();
    private NodeMetrics metrics = new NodeMetrics("test");
    private final Wallet wallet = new Wallet(1);
    private Mempool pool = pool(MempoolLimits.DEFAULT);
    private TransactionPipeline pipeline = pipeline(PipelineLimits.DEFAULT);

    private static Mempool pool(MempoolLimits limits) {
        return new Mempool(limits, (_, _, _, _) -> Optional.empty(), new RichHead());
    }

    private TransactionPipeline pipeline(PipelineLimits limits) {
        return new TransactionPipeline(
                limits,
                TransactionPipelineTest::rules,
                verifier,
                pool,
                loop,
                gossip::add,
                threads,
                metrics);
    }

    private static StatelessRules.Verdict rules(Transaction transaction) {
        if (transaction.body().lane() != 0) {
            return new StatelessRules.Verdict.Refused(
                    new Refused(TransactionFault.LANE_RESERVED, ""));
        }
        return new StatelessRules.Verdict.Provided(SignatureChecks.of(Wallet.CHAIN, transaction));
    }

    private static PipelineLimits limits(int slots, int reserved, long bytes, int batch) {
        return new PipelineLimits(
                slots,
                reserved,
                bytes,
                batch,
                Duration.ofMillis(1),
                1_024,
                64 << 10,
                Duration.ofMillis(10));
    }

    private void restart(PipelineLimits limits) {
        pipeline.close();
        metrics.close();
        metrics = new NodeMetrics("test");
        pipeline = pipeline(limits);
    }

    @AfterEach
    void close() {
        pipeline.close();
        loop.close();
        metrics.close();
        assertEquals(List.of(), failures);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TxAdmission get(CompletableFuture<TxAdmission> answer) throws Exception {
        return answer.get(20, TimeUnit.SECONDS);
    }

    private TxAdmission submit(Transaction transaction) throws Exception {
        return get(pipeline.submit(transaction.bytes().toArray()));
    }

    /** As a user who comes again when the node is busy. */
    private CompletableFuture<TxAdmission> insist(byte[] bytes) throws InterruptedException {
        while (true) {
            var answer = pipeline.submit(bytes);
            if (!answer.isDone()) {
                return answer;
            }
            Thread.sleep(1);
        }
    }

    @Test
    void tenThousandTransfersGoThroughAndBadOnesDoNot() throws Exception {
        int senders = 100;
        int each = 100;
        List<CompletableFuture<TxAdmission>> answers = new ArrayList<>();
        List<TxAdmission> expected = new ArrayList<>();
        List<Hash> good = new ArrayList<>();
        int forged = 0;
        for (int sender = 0; sender < senders; sender++) {
            var owner = new Wallet(100 + sender);
            for (int sequence = 0; sequence < each; sequence++) {
                int number = sender * each + sequence;
                var transaction = owner.transfer(sequence);
                answers.add(insist(transaction.bytes().toArray()));
                expected.add(new Accepted(transaction.id()));
                good.add(transaction.id());
                if (number % 50 == 0) {
                    forged++;
                    answers.add(insist(owner.forged(sequence + 1_000).bytes().toArray()));
                    expected.add(new Refused(TransactionFault.BAD_SIGNATURE, ""));
                }
                if (number % 70 == 0) {
                    var bytes = transaction.bytes().toArray();
                    bytes[number % bytes.length] ^= 0x40; // in a key, a length, a signature
                    answers.add(insist(bytes));
                    expected.add(new Refused(TransactionFault.MALFORMED, ""));
                }
            }
        }
        for (int i = 0; i < answers.size(); i++) {
            var answer = get(answers.get(i));
            if (expected.get(i) instanceof Refused(var fault, _)) {
                var found = ((Refused) answer).fault();
                boolean broken = fault == TransactionFault.MALFORMED;
                assertTrue(found == fault || broken && found == TransactionFault.BAD_SIGNATURE);
            } else {
                assertEquals(expected.get(i), answer);
            }
        }
        assertEquals(good.size(), pool.published().size().transactions());
        assertTrue(verifier.verified() >= good.size() + forged);
        pipeline.close();
        Thread.sleep(20);
        assertEquals(good, spread().toList());
    }

    private Stream<Hash> spread() {
        return gossip.stream().flatMap(List::stream).map(item -> item.transaction().id());
    }

    @Test
    void signaturesAreVerifiedOnce() throws Exception {
        var transaction = wallet.transfer(0);
        var forged = wallet.forged(1);
        assertEquals(new Accepted(transaction.id()), submit(transaction));
        for (int i = 0; i < 5; i++) {
            assertEquals(new Known(transaction.id()), submit(transaction));
            assertEquals("bad_signature", submit(forged).code());
        }
        assertEquals(2, verifier.verified());
    }

    @Test
    void copiesInOneBatchAreVerifiedOnceToo() throws Exception {
        verifier.gate = new CountDownLatch(1);
        var blocker = pipeline.submit(wallet.transfer(0).bytes().toArray());
        verifier.entered.acquire();
        var copy = wallet.transfer(1).bytes().toArray();
        var answers = Stream.generate(() -> pipeline.submit(copy)).limit(50).toList();
        verifier.gate.countDown();
        get(blocker);
        List<String> codes = new ArrayList<>();
        for (var answer : answers) {
            codes.add(get(answer).code());
        }
        assertEquals("accepted", codes.removeFirst());
        assertEquals(List.of("known"), codes.stream().distinct().toList());
        assertEquals(List.of(1, 1), verifier.batches);
        assertEquals(2, spread(2).size());
    }

    /** Waits until that many were spread. */
    private List<Hash> spread(int count) throws InterruptedException {
        while (spread().count() < count) {
            Thread.sleep(1);
        }
        return spread().toList();
    }

    @Test
    void whatThePoolRefusedIsAskedAgainButNotVerifiedAgain() throws Exception {
        pool = pool(new MempoolLimits(1, 1 << 20, 10, 10, 2, 2));
        restart(PipelineLimits.DEFAULT);
        var rich = new Wallet(2).transfer(0, 900);
        var poor = wallet.transfer(0, 100);
        assertEquals(new Accepted(rich.id()), submit(rich));
        assertEquals(new PoolRefused(Reason.POOL_FULL), submit(poor));
        loop.ask(
                        () -> {
                            pool.onCommitted(used(rich), List.of(rich), List.of());
                            return true;
                        })
                .get();
        assertEquals(new Accepted(poor.id()), submit(poor));
        assertEquals(2, verifier.verified());
    }

    private static Head used(Transaction transaction) {
        var rich = new RichHead();
        return new Head() {
            @Override
            public long height() {
                return 1;
            }

            @Override
            public long baseFee() {
                return 1;
            }

            @Override
            public AccountState account(Principal principal) {
                var state = rich.account(principal);
                return principal.equals(transaction.body().sender()) ? state.use(0, 0) : state;
            }

            @Override
            public Optional<Bytes> record(Bytes key) {
                return Optional.empty();
            }
        };
    }

    @Test
    void refusedBeforeAnySignature() throws Exception {
        assertEquals("malformed", get(pipeline.submit(new byte[] {1, 2, 3})).code());
        assertEquals("malformed", get(pipeline.submit(new byte[0])).code());
        var tooLong = pipeline.submit(new byte[Transaction.MAX_BYTES + 1]);
        assertTrue(tooLong.isDone());
        assertEquals("malformed", tooLong.get().code());
        assertEquals(0, verifier.verified());
        assertTrue(metrics.scrape().contains("outcome=\"malformed\"} 3"), metrics.scrape());
    }

    @Test
    void batchesAreWhatIsAtHandUpToTheLimit() throws Exception {
        verifier.gate = new CountDownLatch(1);
        var first = pipeline.submit(wallet.transfer(0).bytes().toArray());
        verifier.entered.acquire();
        List<CompletableFuture<TxAdmission>> answers = new ArrayList<>();
        for (int sequence = 1; sequence <= 300; sequence++) {
            var owner = new Wallet(1_000 + sequence);
            answers.add(pipeline.submit(owner.transfer(0).bytes().toArray()));
        }
        verifier.gate.countDown();
        get(first);
        for (var answer : answers) {
            get(answer);
        }
        assertEquals(List.of(1, 256, 44), verifier.batches);
    }

    @Test
    void slowPoolHoldsEverythingBack() throws Exception {
        restart(limits(16, 4, 1 << 20, 1));
        var gate = new CountDownLatch(1);
        loop.execute(() -> await(gate));
        List<CompletableFuture<TxAdmission>> taken = new ArrayList<>();
        CompletableFuture<TxAdmission> answer;
        int sequence = 0;
        do { // one batch after the other waits for the pool, until the ring is full
            Thread.sleep(10);
            answer = pipeline.submit(wallet.transfer(sequence++).bytes().toArray());
            taken.add(answer);
        } while (!answer.isDone());
        taken.removeLast();
        assertEquals(new PoolRefused(Reason.BUSY), answer.get());
        assertEquals(4, pipeline.remainingCapacity());
        assertFalse(pipeline.offer(wallet.transfer(100).bytes().toArray(), PEER));
        for (int i = 0; i < 4; i++) {
            taken.add(pipeline.offerRequired(wallet.transfer(50 + i).bytes().toArray(), PEER));
        }
        var beyond = pipeline.offerRequired(wallet.transfer(60).bytes().toArray(), PEER);
        assertEquals(new PoolRefused(Reason.BUSY), beyond.getNow(new Known(BLOCK)));
        assertTrue(taken.stream().noneMatch(CompletableFuture::isDone));
        gate.countDown();
        for (var accepted : taken) {
            assertEquals("accepted", get(accepted).code());
        }
        assertEquals(taken.size(), pool.published().size().transactions());
        assertEquals("accepted", submit(wallet.transfer(sequence)).code());
    }

    @Test
    void bytesInTheRingAreBounded() throws Exception {
        int size = wallet.transfer(1).bytes().size();
        restart(limits(16, 4, 2L * size, 1));
        verifier.gate = new CountDownLatch(1);
        var first = pipeline.submit(wallet.transfer(0).bytes().toArray());
        verifier.entered.acquire(); // out of the ring
        assertFalse(pipeline.submit(wallet.transfer(1).bytes().toArray()).isDone());
        assertTrue(pipeline.offer(wallet.transfer(2).bytes().toArray(), PEER));
        assertFalse(pipeline.offer(wallet.transfer(3).bytes().toArray(), PEER));
        assertFalse(pipeline.offerRequired(wallet.transfer(3).bytes().toArray(), PEER).isDone());
        verifier.gate.countDown();
        assertEquals("accepted", get(first).code());
    }

    @Test
    void requiredBodiesAreKeptThoughThePoolIsFull() throws Exception {
        pool = pool(new MempoolLimits(1, 1 << 20, 10, 10, 2, 2));
        restart(PipelineLimits.DEFAULT);
        submit(new Wallet(2).transfer(0, 900));
        var body = wallet.transfer(0, 100);
        var missing = loop.ask(() -> pool.pin(BLOCK, List.of(body.wireHash()))).get();
        assertEquals("{0}", missing.toString());
        var answer = get(pipeline.offerRequired(body.bytes().toArray(), PEER));
        assertEquals(new PoolRefused(Reason.POOL_FULL), answer);
        assertEquals(body, pool.published().byWireHash(body.wireHash()).orElseThrow());
        var forged = wallet.forged(5);
        loop.ask(() -> pool.pin(Hash.ZERO, List.of(forged.wireHash()))).get();
        assertEquals(
                "bad_signature",
                get(pipeline.offerRequired(forged.bytes().toArray(), PEER)).code());
        assertTrue(pool.published().byWireHash(forged.wireHash()).isEmpty());
    }

    @Test
    void gossipGoesOutOnceInBatchesWithItsOrigin() throws Exception {
        verifier.gate = new CountDownLatch(1);
        var first = pipeline.submit(wallet.transfer(0).bytes().toArray());
        verifier.entered.acquire();
        assertTrue(pipeline.offer(wallet.transfer(1).bytes().toArray(), PEER));
        assertTrue(pipeline.offer(wallet.transfer(1).bytes().toArray(), Origin.LOCAL));
        assertTrue(pipeline.offer(wallet.forged(2).bytes().toArray(), PEER));
        verifier.gate.countDown();
        get(first);
        var ids = List.of(wallet.transfer(0).id(), wallet.transfer(1).id());
        assertEquals(ids, spread(2));
        var items = gossip.stream().flatMap(List::stream).toList();
        assertEquals(Origin.LOCAL, items.get(0).origin());
        assertEquals(PEER, items.get(1).origin());
    }

    @Test
    void fullBatchesOfGossipDoNotWait() throws Exception {
        int size = wallet.transfer(0).bytes().size();
        restart(
                new PipelineLimits(
                        1_024,
                        16,
                        1 << 20,
                        256,
                        Duration.ofMillis(1),
                        1_024,
                        10 * size,
                        Duration.ofHours(1)));
        var answers =
                IntStream.range(0, 25)
                        .mapToObj(i -> pipeline.submit(wallet.transfer(i).bytes().toArray()))
                        .toList();
        for (var answer : answers) {
            get(answer);
        }
        assertEquals(List.of(10, 10), gossip.stream().map(List::size).toList());
    }

    @Test
    void closingAnswersWhatIsOnItsWay() throws Exception {
        verifier.gate = new CountDownLatch(1);
        var inVerification = pipeline.submit(wallet.transfer(0).bytes().toArray());
        verifier.entered.acquire();
        var inRing = pipeline.submit(wallet.transfer(1).bytes().toArray());
        pipeline.close();
        assertEquals("busy", get(pipeline.submit(wallet.transfer(2).bytes().toArray())).code());
        verifier.gate.countDown();
        assertEquals("accepted", get(inVerification).code());
        assertEquals("busy", get(inRing).code());
    }
}
