package io.computronium.node.mempool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.node.mempool.TxAdmission.Refused;
import io.computronium.primitives.Principal;
import io.computronium.primitives.tx.Transaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random traffic, to the pool and to the model; both must answer alike at every step. */
final class MempoolModelTest {

    private static final int ACCOUNTS = 5;
    private static final int STEPS = 1_200;

    private static final MempoolLimits LIMITS = new MempoolLimits(24, 5_000, 7, 3, 2, 4);

    private final Ledger ledger = new Ledger();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void answersAsTheModelDoes(long seed) {
        var random = new Random(seed);
        IntStream.range(0, ACCOUNTS).forEach(account -> ledger.balance(account, 3_000));
        var pool = new Mempool(LIMITS, Ledger::rules, ledger.head());
        var model = new ModelPool(LIMITS, ledger.head());
        var last = anyDraft(random).build();
        Set<String> outcomes = new HashSet<>();
        for (int step = 0; step < STEPS; step++) {
            String where = "seed " + seed + ", step " + step;
            if (random.nextInt(30) > 0) {
                var transaction = random.nextInt(20) == 0 ? last : anyDraft(random).build();
                last = transaction;
                var expected = comparable(model.admit(transaction));
                assertEquals(expected, comparable(pool.admit(transaction)), where);
                outcomes.add(expected.replaceAll("[0-9a-f]{64}", ""));
            } else {
                commit(random, pool, model);
            }
            int count = 1 + random.nextInt(30);
            int gas = 2_000 + random.nextInt(20_000);
            assertEquals(
                    model.proposal(gas, count), pool.proposal(gas, Long.MAX_VALUE, count), where);
            var size = pool.published().size();
            assertEquals(model.size(), size.transactions(), where);
            assertEquals(model.bytes(), size.bytes(), where);
            assertTrue(size.transactions() <= LIMITS.maxTransactions(), where);
            assertTrue(size.bytes() <= LIMITS.maxBytes(), where);
        }
        // A generator that does not reach a branch proves nothing about it.
        assertEquals(10, outcomes.size(), () -> "seed " + seed + ": " + outcomes);
    }

    private Draft anyDraft(Random random) {
        int sender = random.nextInt(ACCOUNTS);
        int payer = random.nextInt(ACCOUNTS);
        int lane = random.nextInt(4) == 0 ? 1 : 0;
        var head = ledger.head();
        var state = head.account(Draft.account(sender));
        long next = lane == 0 ? state.nextSequence() : state.lane(lane).highest() + 1;
        long sequence = Math.max(0, next - 2 + random.nextInt(lane == 0 ? 9 : 70));
        long maxFee = 5L + random.nextInt(80);
        var draft =
                Draft.draft(sender)
                        .at(lane, sequence)
                        .price(maxFee, random.nextInt(80))
                        .gas(500 + random.nextInt(1_500))
                        .validUntil(head.height() + random.nextInt(12))
                        .memo(random.nextInt(64));
        return payer == sender || random.nextBoolean() ? draft : draft.payer(payer);
    }

    /** A block of what this pool proposes, perhaps cut short, and of what it never saw. */
    private void commit(Random random, Mempool pool, ModelPool model) {
        List<Transaction> block =
                new ArrayList<>(pool.proposal(20_000, Long.MAX_VALUE, random.nextInt(10)));
        if (random.nextInt(4) == 0) {
            block.clear();
            int account = random.nextInt(ACCOUNTS);
            long next = ledger.head().account(Draft.account(account)).nextSequence();
            block.add(Draft.draft(account).sequence(next).gas(1).price(1, 0).build());
        }
        ledger.commit(block);
        List<Principal> changed = new ArrayList<>();
        for (int account = 0; account < ACCOUNTS; account++) {
            if (random.nextInt(3) == 0) {
                ledger.balance(account, 100 + random.nextInt(random.nextBoolean() ? 300 : 3_000));
                changed.add(Draft.account(account));
            }
        }
        ledger.baseFee(1 + random.nextInt(30));
        var head = ledger.head();
        pool.onCommitted(head, block, changed);
        model.commit(head);
    }

    private static String comparable(TxAdmission admission) {
        return admission instanceof Refused refused ? refused.fault().code() : admission.toString();
    }
}
