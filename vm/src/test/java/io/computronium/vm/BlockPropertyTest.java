package io.computronium.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.Principal;
import io.computronium.primitives.block.ExecutionStatus;
import io.computronium.primitives.tx.Transaction;
import io.computronium.vm.builtin.FeeSplit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random transfers among fifty accounts: multi-calls, payers, lanes, failures and refusals.
 *
 * <p>After every block: no coin appeared or vanished but what was burnt; the block as a list gives
 * what it gave piece by piece; and balances are those of a plain model.
 */
final class BlockPropertyTest {

    private static final int BLOCKS = 40;
    private static final int OFFERS = 60;
    private static final long START = 3_000_000;
    private static final String[] NAMES =
            IntStream.range(0, 50).mapToObj(i -> "actor-" + i).toArray(String[]::new);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void conservesCoinsAndReplaysAlike(long seed) {
        try {
            new Walk(seed).run();
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    private static final class Walk {
        private final Random random;
        private final TestChain chain =
                TestChain.withBalances(START, Arrays.copyOf(NAMES, NAMES.length - 5));
        private final Map<Principal, Long> model = new TreeMap<>();
        private int included;
        private int succeeded;
        private int excluded;

        Walk(long seed) {
            random = new Random(seed);
            for (String name : NAMES) {
                model.put(TestChain.account(name), chain.balance(name));
            }
        }

        void run() {
            for (int i = 0; i < BLOCKS; i++) {
                block();
            }
            // A walk that includes or refuses everything would show nothing.
            assertTrue(succeeded > 300, "succeeded " + succeeded);
            assertTrue(included - succeeded > 300, "failed " + (included - succeeded));
            assertTrue(excluded > 300, "excluded " + excluded);
        }

        private void block() {
            BlockExecution execution = chain.begin();
            List<Transaction> transactions = new ArrayList<>();
            long fees = 0;
            for (int i = 0; i < OFFERS; i++) {
                Offer offer = offer();
                switch (execution.execute(offer.transaction)) {
                    case Inclusion.Included(var receipt) -> {
                        transactions.add(offer.transaction);
                        fees += receipt.fee();
                        included++;
                        change(offer.payer, -receipt.fee());
                        if (receipt.status() instanceof ExecutionStatus.Succeeded) {
                            succeeded++;
                            offer.transfers.forEach(this::apply);
                        }
                    }
                    case Inclusion.Excluded _ -> excluded++;
                }
            }
            BlockOutcome outcome = execution.finish();
            assertEquals(
                    new BlockVerdict.Executed(outcome),
                    chain.run(transactions.toArray(Transaction[]::new)),
                    "the list gives what the pieces gave");
            chain.commit(outcome);

            FeeSplit split = outcome.fees();
            assertEquals(fees, split.burned() + split.treasury() + split.validators());
            assertEquals(chain.supply().current(), chain.sumOfBalances(), "G1 by full scan");
            model.forEach((principal, grains) -> assertEquals(grains, chain.balance(principal)));
        }

        private record Transfer(Principal from, Principal to, long grains) {}

        private record Offer(Transaction transaction, Principal payer, List<Transfer> transfers) {}

        private Offer offer() {
            String from = name();
            int lane = random.nextInt(4);
            var account = chain.stateOf(TestChain.account(from));
            long sequence =
                    lane == 0
                            ? account.nextSequence() + random.nextInt(3) - 1
                            : Math.max(0, account.lane(lane).highest() + random.nextInt(70) - 3);
            Draft draft =
                    Draft.from(from)
                            .lane(lane)
                            .sequence(Math.max(0, sequence))
                            .validUntil(chain.nextHeight() + random.nextInt(20) - 1)
                            .gasLimit(18_000 + random.nextInt(60_000))
                            .maxFee(95 + random.nextInt(100))
                            .tip(random.nextInt(50));
            String payer = from;
            if (random.nextInt(4) == 0) {
                payer = name();
                if (!payer.equals(from)) {
                    draft.payer(payer);
                }
            }
            List<Transfer> transfers = new ArrayList<>();
            for (int i = random.nextInt(5); i >= 0; i--) {
                String to = name();
                long grains = 1 + (random.nextInt(3) == 0 ? random.nextLong(START) : 500);
                draft.transfer(to, grains);
                transfers.add(new Transfer(TestChain.account(from), TestChain.account(to), grains));
            }
            return new Offer(draft.build(), TestChain.account(payer), transfers);
        }

        private String name() {
            return NAMES[random.nextInt(NAMES.length)];
        }

        private void apply(Transfer transfer) {
            change(transfer.from, -transfer.grains);
            change(transfer.to, transfer.grains);
        }

        private void change(Principal principal, long grains) {
            long balance = model.merge(principal, grains, Long::sum);
            assertTrue(balance >= 0, "the model never overdraws");
        }
    }
}
