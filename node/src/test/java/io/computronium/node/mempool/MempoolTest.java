package io.computronium.node.mempool;

import static io.computronium.node.mempool.Draft.account;
import static io.computronium.node.mempool.Draft.draft;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.node.mempool.TxAdmission.Accepted;
import io.computronium.node.mempool.TxAdmission.Known;
import io.computronium.node.mempool.TxAdmission.PoolRefused;
import io.computronium.node.mempool.TxAdmission.Reason;
import io.computronium.node.mempool.TxAdmission.Refused;
import io.computronium.primitives.Hash;
import io.computronium.primitives.tx.Transaction;
import io.computronium.primitives.tx.TransactionFault;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class MempoolTest {

    private static final Hash BLOCK_A = Hash.ofHex("aa".repeat(Hash.SIZE));
    private static final Hash BLOCK_B = Hash.ofHex("bb".repeat(Hash.SIZE));

    private final Ledger ledger = new Ledger();
    private Mempool pool = pool(MempoolLimits.DEFAULT);

    private Mempool pool(MempoolLimits limits) {
        return new Mempool(limits, Ledger::rules, ledger.head());
    }

    @BeforeEach
    void fund() {
        for (int account = 1; account <= 9; account++) {
            ledger.balance(account, 1_000_000);
        }
        pool = pool(MempoolLimits.DEFAULT);
    }

    private static MempoolLimits limits(int count, long bytes, int perSender, int gap) {
        return new MempoolLimits(count, bytes, perSender, gap, 2, 2);
    }

    private void accepts(Draft... drafts) {
        for (Draft draft : drafts) {
            var transaction = draft.build();
            assertEquals(
                    new Accepted(transaction.id()),
                    pool.admit(transaction),
                    () -> "admission of " + draft);
        }
    }

    private void refuses(Draft draft, TransactionFault fault) {
        var size = pool.published().size();
        var admission = pool.admit(draft.build());
        assertTrue(
                admission instanceof Refused refused && refused.fault() == fault,
                () -> draft + ": " + admission);
        assertEquals(size, pool.published().size());
    }

    private void refuses(Draft draft, Reason reason) {
        var size = pool.published().size();
        assertEquals(new PoolRefused(reason), pool.admit(draft.build()));
        assertEquals(size, pool.published().size());
    }

    private List<Transaction> all() {
        return pool.proposal(Long.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE);
    }

    private void proposes(Draft... drafts) {
        assertEquals(Stream.of(drafts).map(Draft::build).toList(), all());
    }

    private void commit(Draft... drafts) {
        var block = Stream.of(drafts).map(Draft::build).toList();
        pool.onCommitted(ledger.commit(block), block, List.of());
    }

    @Test
    void bestTipFirstThenFirstCome() {
        accepts(draft(1).price(100, 10), draft(2).price(100, 30), draft(3).price(100, 10));
        proposes(draft(2).price(100, 30), draft(1).price(100, 10), draft(3).price(100, 10));
    }

    @Test
    void baseFeeSqueezesTheTip() {
        accepts(draft(1).price(100, 50), draft(2).price(60, 60));
        ledger.baseFee(20);
        commit();
        // 50 of 50 wanted, and 60 - 20 = 40 of 60.
        proposes(draft(1).price(100, 50), draft(2).price(60, 60));
        ledger.baseFee(1);
        commit();
        proposes(draft(2).price(60, 60), draft(1).price(100, 50));
    }

    @Test
    void whatDoesNotReachTheBaseFeeWaitsUnproposed() {
        accepts(draft(1).price(10, 10), draft(1).sequence(1).price(100, 10), draft(2));
        ledger.baseFee(11);
        commit();
        proposes(draft(2));
        refuses(draft(3).price(10, 10), TransactionFault.FEE_TOO_LOW);
        ledger.baseFee(10);
        commit();
        proposes(draft(2), draft(1).price(10, 10), draft(1).sequence(1).price(100, 10));
    }

    @Test
    void laneZeroIsInSequenceHoweverMuchTheLaterPay() {
        accepts(
                draft(1).sequence(1).price(100, 90),
                draft(1).sequence(0).price(100, 5),
                draft(1).sequence(2).price(100, 80),
                draft(2).price(100, 50));
        proposes(
                draft(2).price(100, 50),
                draft(1).sequence(0).price(100, 5),
                draft(1).sequence(1).price(100, 90),
                draft(1).sequence(2).price(100, 80));
    }

    @Test
    void otherLanesGoByTipAlone() {
        accepts(
                draft(1).at(3, 0).price(100, 5),
                draft(1).at(3, 63).price(100, 50),
                draft(1).at(4, 7).price(100, 20));
        refuses(draft(1).at(3, 64), TransactionFault.SEQUENCE_AHEAD);
        proposes(
                draft(1).at(3, 63).price(100, 50),
                draft(1).at(4, 7).price(100, 20),
                draft(1).at(3, 0).price(100, 5));
    }

    @Test
    void windowThatMovesOnLeavesBehind() {
        ledger.commit(List.of(draft(1).at(3, 10).build()));
        pool = pool(MempoolLimits.DEFAULT);
        accepts(draft(1).at(3, 9).price(100, 5), draft(1).at(3, 74).price(100, 50));
        proposes(draft(1).at(3, 74).price(100, 50)); // 9 is 65 behind then
        accepts(draft(1).at(3, 9).price(110, 60));
        proposes(draft(1).at(3, 9).price(110, 60), draft(1).at(3, 74).price(100, 50));
    }

    @Test
    void gapsOfLaneZeroWaitWithinTheBound() {
        pool = pool(limits(100, 1 << 20, 50, 3));
        accepts(draft(1).sequence(3));
        refuses(draft(1).sequence(4), TransactionFault.SEQUENCE_AHEAD);
        proposes();
        accepts(draft(1).sequence(0));
        accepts(draft(1).sequence(4)); // the first that is missing is 1 now
        proposes(draft(1).sequence(0));
        accepts(draft(1).sequence(1), draft(1).sequence(2));
        proposes(
                LongStream.range(0, 5)
                        .mapToObj(sequence -> draft(1).sequence(sequence))
                        .toArray(Draft[]::new));
    }

    @Test
    void sameTransactionIsKnownAndUsedSequenceIsNot() {
        var transaction = draft(1).build();
        accepts(draft(1));
        assertEquals(new Known(transaction.id()), pool.admit(transaction));
        commit(draft(1));
        refuses(draft(1), TransactionFault.SEQUENCE_USED);
        assertTrue(pool.published().byId(transaction.id()).isEmpty());
    }

    @Test
    void replacementPaysATenthMoreOfBoth() {
        accepts(draft(1).price(100, 10));
        refuses(draft(1).price(109, 11), Reason.REPLACEMENT_UNDERPRICED);
        refuses(draft(1).price(110, 10), Reason.REPLACEMENT_UNDERPRICED);
        accepts(draft(1).price(110, 11));
        proposes(draft(1).price(110, 11));
        assertEquals(1, pool.published().size().transactions());
        refuses(draft(1).price(120, 13), Reason.REPLACEMENT_UNDERPRICED); // 121 would do
        accepts(draft(1).price(121, 13).at(1, 0)); // another lane, another place
    }

    @Test
    void pendingFeesStayWithinTheBalance() {
        ledger.balance(1, 250);
        pool = pool(MempoolLimits.DEFAULT);
        accepts(draft(1), draft(1).sequence(1)); // 100 grains each
        refuses(draft(1).sequence(2), TransactionFault.INSUFFICIENT_FEE_BALANCE);
        accepts(draft(1).sequence(2).price(50, 1));
        refuses(draft(1).sequence(3).price(1, 1).gas(1), TransactionFault.INSUFFICIENT_FEE_BALANCE);
    }

    @Test
    void replacementNeedsOnlyTheDifference() {
        ledger.balance(1, 110);
        pool = pool(MempoolLimits.DEFAULT);
        accepts(draft(1).price(100, 10), draft(1).price(110, 11));
        refuses(draft(1).price(121, 13), TransactionFault.INSUFFICIENT_FEE_BALANCE);
    }

    @Test
    void payerPaysForOthers() {
        ledger.balance(8, 150);
        pool = pool(MempoolLimits.DEFAULT);
        accepts(draft(1).payer(8));
        refuses(draft(2).payer(8), TransactionFault.INSUFFICIENT_FEE_BALANCE);
        refuses(draft(8), TransactionFault.INSUFFICIENT_FEE_BALANCE);
        commit(draft(1).payer(8));
        refuses(draft(2).payer(8), TransactionFault.INSUFFICIENT_FEE_BALANCE); // 50 left
        accepts(draft(2).payer(8).price(50, 1));
    }

    @Test
    void feesBeyondAllCoinsDoNotOverflow() {
        refuses(
                draft(1).gas(Long.MAX_VALUE).price(Long.MAX_VALUE, 1),
                TransactionFault.INSUFFICIENT_FEE_BALANCE);
    }

    @Test
    void oneSenderHasALimit() {
        pool = pool(limits(100, 1 << 20, 2, 64));
        accepts(draft(1), draft(1).at(1, 0));
        refuses(draft(1).sequence(1), Reason.SENDER_LIMIT);
        accepts(draft(1).price(110, 11)); // a replacement adds none
        accepts(draft(2));
    }

    @Test
    void fullPoolGivesUpWhatPaysLeast() {
        pool = pool(limits(2, 1 << 20, 50, 64));
        accepts(draft(1).price(100, 10), draft(2).price(100, 20));
        refuses(draft(3).price(100, 10), Reason.POOL_FULL);
        accepts(draft(3).price(100, 11));
        proposes(draft(2).price(100, 20), draft(3).price(100, 11));
    }

    @Test
    void fullOfBytesGivesUpAsManyAsItTakes() {
        long size = draft(1).build().bytes().size();
        pool = pool(limits(100, 3 * size, 50, 64));
        accepts(draft(1).price(100, 1), draft(2).price(100, 2), draft(3).price(100, 30));
        refuses(draft(4).price(100, 20).memo(64).payer(5), Reason.POOL_FULL); // needs three places
        accepts(draft(4).price(100, 20).memo(40)); // needs two
        proposes(draft(3).price(100, 30), draft(4).price(100, 20).memo(40));
    }

    @Test
    void whatWaitsForAGapGoesFirst() {
        pool = pool(limits(2, 1 << 20, 50, 64));
        accepts(draft(1).sequence(1).price(100, 90), draft(2).price(100, 10));
        refuses(draft(3).sequence(1).price(100, 50), Reason.POOL_FULL);
        accepts(draft(3).price(100, 1));
        proposes(draft(2).price(100, 10), draft(3).price(100, 1));
    }

    @Test
    void nobodyPushesOutOnesOwn() {
        pool = pool(limits(2, 1 << 20, 50, 64));
        accepts(draft(1).price(100, 1), draft(2).price(100, 50));
        refuses(draft(1).sequence(1).price(100, 40), Reason.POOL_FULL);
        accepts(draft(1).sequence(1).price(100, 60));
        proposes(draft(1).price(100, 1), draft(1).sequence(1).price(100, 60));
    }

    @Test
    void expiredLeaveAndAreRememberedForAWhile() {
        accepts(draft(1).validUntil(1), draft(2).validUntil(2), draft(2).sequence(1));
        commit();
        assertEquals(1, pool.published().expired(draft(1).validUntil(1).build().id()).orElse(-1));
        proposes(draft(2).validUntil(2), draft(2).sequence(1));
        commit();
        proposes(); // sequence 1 waits for 0 again
        assertEquals(1, pool.published().size().transactions());
        refuses(draft(1).validUntil(2), TransactionFault.EXPIRED);
        accepts(draft(2));
        proposes(draft(2), draft(2).sequence(1));
    }

    @Test
    void includedOnTheirLastHeightAreNotExpired() {
        accepts(draft(1).validUntil(1));
        commit(draft(1).validUntil(1));
        assertTrue(pool.published().expired(draft(1).validUntil(1).build().id()).isEmpty());
    }

    @Test
    void otherTransactionsOfABlockUseSequencesToo() {
        accepts(draft(1), draft(1).sequence(1), draft(1).sequence(2), draft(1).at(2, 5));
        commit(draft(1).memo(1), draft(1).sequence(1).memo(1), draft(1).at(2, 5).memo(1));
        proposes(draft(1).sequence(2));
    }

    @Test
    void balanceGoneTakesTheLastCome() {
        accepts(draft(1), draft(1).sequence(1), draft(1).at(1, 0));
        ledger.balance(1, 200);
        pool.onCommitted(ledger.commit(List.of()), List.of(), List.of(account(1)));
        proposes(draft(1), draft(1).sequence(1));
    }

    @Test
    void coinsReceivedInABlockCount() {
        ledger.balance(1, 100);
        pool = pool(MempoolLimits.DEFAULT);
        accepts(draft(1));
        refuses(draft(1).sequence(1), TransactionFault.INSUFFICIENT_FEE_BALANCE);
        ledger.balance(1, 200);
        var transfer = draft(2).to(1).build();
        pool.onCommitted(ledger.commit(List.of(transfer)), List.of(transfer), List.of(account(1)));
        accepts(draft(1).sequence(1));
    }

    @Test
    void proposalStaysWithinItsLimitsAndPassesOverWhatDoesNotFit() {
        accepts(
                draft(1).gas(600).price(100, 30),
                draft(2).gas(500).price(100, 20),
                draft(2).sequence(1).gas(1).price(100, 15),
                draft(3).gas(400).price(100, 10));
        var fits = List.of(draft(1).gas(600).price(100, 30), draft(3).gas(400).price(100, 10));
        assertEquals(
                fits.stream().map(Draft::build).toList(), pool.proposal(1_000, Long.MAX_VALUE, 10));
        assertEquals(1, pool.proposal(Long.MAX_VALUE, Long.MAX_VALUE, 1).size());
        int size = draft(1).gas(600).price(100, 30).build().bytes().size();
        assertEquals(1, pool.proposal(Long.MAX_VALUE, size + 1, 10).size());
    }

    @Test
    void pinnedBodiesOutliveThePool() {
        accepts(draft(1));
        var here = draft(1).build();
        var later = draft(2).build();
        var hashes = List.of(here.wireHash(), later.wireHash());
        assertEquals("{1}", pool.pin(BLOCK_A, hashes).toString());
        assertEquals("{1}", pool.pin(BLOCK_B, hashes).toString());
        commit(draft(1), draft(2));
        assertTrue(pool.admit(later) instanceof Refused);
        assertEquals("{}", pool.pin(BLOCK_A, hashes).toString());
        pool.release(BLOCK_A);
        pool.release(BLOCK_A);
        assertEquals(here, pool.published().byWireHash(here.wireHash()).orElseThrow());
        pool.release(BLOCK_B);
        assertTrue(pool.published().byWireHash(here.wireHash()).isEmpty());
        assertTrue(pool.published().byWireHash(later.wireHash()).isEmpty());
    }

    @Test
    void releaseLeavesWhatStillWaits() {
        accepts(draft(1));
        var hash = draft(1).build().wireHash();
        assertTrue(pool.pin(BLOCK_A, List.of(hash)).isEmpty());
        pool.release(BLOCK_A);
        assertTrue(pool.published().byWireHash(hash).isPresent());
    }

    @Test
    void oldestPinGivesWay() {
        pool = pool(limits(100, 1 << 20, 50, 64)); // 2 pins
        var missing = draft(1).build();
        pool.pin(BLOCK_A, List.of(missing.wireHash()));
        pool.pin(BLOCK_B, List.of());
        pool.pin(Hash.ZERO, List.of());
        ledger.balance(1, 0);
        pool.onCommitted(ledger.commit(List.of()), List.of(), List.of());
        pool.admit(missing);
        assertFalse(pool.published().byWireHash(missing.wireHash()).isPresent());
    }

    @Test
    void idleAccountsAreForgotten() {
        accepts(draft(1).payer(2));
        commit(draft(1).payer(2));
        assertEquals(0, pool.published().size().bytes());
        ledger.balance(2, 0); // a remembered account would still have the old balance
        pool.onCommitted(ledger.commit(List.of()), List.of(), List.of());
        refuses(draft(1).sequence(1).payer(2), TransactionFault.INSUFFICIENT_FEE_BALANCE);
    }
}
