package io.computronium.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.Address;
import io.computronium.primitives.AddressVersions;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.Coin;
import io.computronium.primitives.Principal;
import io.computronium.primitives.Uint128;
import io.computronium.primitives.block.Event;
import io.computronium.primitives.block.ExecutionStatus;
import io.computronium.primitives.block.KernelFailure;
import io.computronium.primitives.block.Receipt;
import io.computronium.primitives.codec.ReceiptCodec;
import io.computronium.primitives.crypto.MerkleTree;
import io.computronium.primitives.state.AccountState;
import io.computronium.primitives.tx.Asset;
import io.computronium.primitives.tx.Call;
import io.computronium.primitives.tx.PostCondition;
import io.computronium.primitives.tx.Transaction;
import io.computronium.primitives.tx.TransactionFault;
import io.computronium.vm.builtin.FeeSplit;
import io.computronium.vm.value.ValueCodec;
import io.computronium.vm.value.ValueText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BlockExecutionTest {

    private static final long START = 1_000_000;
    private static final String OK = "0703";
    private static final String ERR_1 = "080100000000000000000000000000000001";
    private static final String ERR_2 = "080100000000000000000000000000000002";

    private final TestChain chain = TestChain.withBalances(START, "alice", "bob", "carol");
    private final GasTable gas = chain.rules.gas();

    @Test
    void transferMovesCoinsAndPaysItsFee() {
        Transaction transaction = Draft.from("alice").transfer("bob", 250).build();
        BlockOutcome outcome = chain.commit(transaction);

        Receipt receipt = outcome.receipts().getFirst();
        long used = gas.intrinsic(transaction) + gas.transfer();
        long fee = Math.ceilDiv(used * TestChain.MIN_BASE_FEE, 1_000);
        assertEquals(new ExecutionStatus.Succeeded(), receipt.status());
        assertEquals(List.of(Bytes.ofHex(OK)), receipt.results());
        assertEquals(used, receipt.gasUsed());
        assertEquals(fee, receipt.fee());
        assertEquals(used, outcome.gasUsed());
        assertEquals(START - 250 - fee, chain.balance("alice"));
        assertEquals(START + 250, chain.balance("bob"));
        assertEquals(1, chain.stateOf(TestChain.account("alice")).nextSequence());
        assertEquals(FeeSplit.of(fee, TestChain.economy()), outcome.fees());
        long proposer = outcome.fees().validators() / 10;
        assertEquals(proposer, chain.balance(TestChain.OPERATOR));
        long pending = outcome.fees().validators() - proposer;
        assertEquals(outcome.fees().treasury() + pending, chain.balance(TestChain.treasury()));
        assertEquals(outcome.fees().burned(), chain.supply().burned());
        assertEquals(TestChain.key(TestChain.PROPOSER).publicKey(), validatorOf(outcome));
    }

    /** Wallets and estimates rely on it, and the capacity of a block follows from it. */
    @Test
    void plainTransferBetweenAccountsUsesAbout17_000Gas() {
        Transaction transaction =
                Draft.from("alice").sequence(0).transfer("bob", 150_000_000).build();
        long used = gas.intrinsic(transaction) + gas.transfer();
        assertTrue(used > 16_000 && used < 18_000, () -> "uses " + used);
    }

    @Test
    void transferAnnouncesItself() {
        Bytes memo = Bytes.ofHex("cafe");
        Transaction transaction =
                Draft.from("alice")
                        .call(new Call.Transfer(TestChain.account("bob"), 5, memo))
                        .build();
        Event event = chain.commit(transaction).receipts().getFirst().events().getFirst();

        String alice = TestChain.account("alice").toString();
        String bob = TestChain.account("bob").toString();
        assertEquals("SD000000000000000000003EFWXZ.coin", event.contract().toString());
        assertEquals("transfer", event.name());
        assertEquals(
                List.of("'" + alice, "'" + bob), event.keys().stream().map(this::text).toList());
        assertEquals(
                "{ amount: u5, memo: (some 0xcafe), recipient: '"
                        + bob
                        + ", sender: '"
                        + alice
                        + " }",
                text(event.data()));
    }

    private String text(Bytes value) {
        return ValueText.of(ValueCodec.decode(value));
    }

    @Test
    void balanceIsEnoughToTheGrain() {
        Draft draft = Draft.from("alice").maxFee(TestChain.MIN_BASE_FEE);
        long reserve = FeeMarket.fee(100_000, TestChain.MIN_BASE_FEE);
        long spendable = START - reserve;

        Receipt overdrawn = only(chain.commit(draft.transfer("bob", spendable + 1).build()));
        assertEquals(new ExecutionStatus.CallFailed(0), overdrawn.status());
        assertEquals(List.of(Bytes.ofHex(ERR_1)), overdrawn.results());
        assertEquals(START, chain.balance("bob"));
        assertEquals(START - overdrawn.fee(), chain.balance("alice"));

        Receipt exact =
                only(
                        chain.commit(
                                Draft.from("bob")
                                        .maxFee(TestChain.MIN_BASE_FEE)
                                        .transfer("carol", spendable)
                                        .build()));
        assertEquals(new ExecutionStatus.Succeeded(), exact.status());
        assertEquals(reserve - exact.fee(), chain.balance("bob"));
    }

    @Test
    void failingCallUndoesAllCallsButNotTheFee() {
        Transaction transaction =
                Draft.from("alice")
                        .transfer("bob", 100)
                        .transfer("dave", 100)
                        .transfer("alice", 1)
                        .transfer("bob", 100)
                        .build();
        Receipt receipt = only(chain.commit(transaction));

        assertEquals(new ExecutionStatus.CallFailed(2), receipt.status());
        assertEquals(List.of(OK, OK, ERR_2), receipt.results().stream().map(Bytes::toHex).toList());
        assertEquals(List.of(), receipt.events());
        assertEquals(START - receipt.fee(), chain.balance("alice"));
        assertEquals(START, chain.balance("bob"));
        assertEquals(AccountState.EMPTY, chain.stateOf(TestChain.account("dave")));
        assertEquals(1, chain.stateOf(TestChain.account("alice")).nextSequence());
        assertEquals(
                gas.intrinsic(transaction) + 3 * gas.transfer() + gas.newAccount(),
                receipt.gasUsed());
    }

    @Test
    void runningOutOfGasUsesAllOfIt() {
        Draft draft = Draft.from("alice").transfer("bob", 100).transfer("bob", 100);
        long enough = gas.intrinsic(draft.gasLimit(20_000).build()) + 2 * gas.transfer();
        Receipt receipt = only(chain.commit(draft.gasLimit(enough - 1).build()));

        assertEquals(kernel(1, KernelFailure.OUT_OF_GAS), receipt.status());
        assertEquals(List.of(Bytes.ofHex(OK)), receipt.results());
        assertEquals(enough - 1, receipt.gasUsed());
        assertEquals(FeeMarket.fee(enough - 1, TestChain.MIN_BASE_FEE), receipt.fee());
        assertEquals(START, chain.balance("bob"));

        Draft another = Draft.from("carol").transfer("bob", 100).transfer("bob", 100);
        assertEquals(
                new ExecutionStatus.Succeeded(),
                only(chain.commit(another.gasLimit(enough).build())).status());
    }

    @Test
    void openingAnAccountCostsGasOnce() {
        Draft draft = Draft.from("alice").transfer("dave", 1).transfer("dave", 1);
        Transaction transaction = draft.build();
        long used = gas.intrinsic(transaction) + 2 * gas.transfer() + gas.newAccount();
        assertEquals(used, only(chain.commit(transaction)).gasUsed());

        Draft short1 = Draft.from("bob").transfer("erin", 1);
        long limit = gas.intrinsic(short1.gasLimit(20_000).build()) + gas.transfer();
        Receipt receipt = only(chain.commit(short1.gasLimit(limit).build()));
        assertEquals(kernel(0, KernelFailure.OUT_OF_GAS), receipt.status());
        assertEquals(AccountState.EMPTY, chain.stateOf(TestChain.account("erin")));
    }

    @Test
    void openingALaneCostsGasOnce() {
        Draft draft = Draft.from("alice").lane(7).sequence(5).transfer("bob", 1);
        Transaction first = draft.build();
        assertEquals(
                gas.intrinsic(first) + gas.transfer() + gas.newLane(),
                only(chain.commit(first)).gasUsed());
        Transaction second = draft.sequence(4).build();
        assertEquals(gas.intrinsic(second) + gas.transfer(), only(chain.commit(second)).gasUsed());
        AccountState alice = chain.stateOf(TestChain.account("alice"));
        assertEquals(5, alice.lane(7).highest());
        assertEquals(0, alice.nextSequence());
    }

    @Test
    void payerPaysForASenderWithoutCoins() {
        Transaction transaction = Draft.from("dave").payer("bob").transfer("alice", 1).build();
        Receipt receipt = only(chain.commit(transaction));
        assertEquals(List.of(Bytes.ofHex(ERR_1)), receipt.results());
        assertEquals(
                gas.intrinsic(transaction) + gas.newAccount() + gas.transfer(), receipt.gasUsed());
        assertEquals(START - receipt.fee(), chain.balance("bob"));
        assertEquals(
                new AccountState(0, 1, List.of(), false), chain.stateOf(TestChain.account("dave")));
    }

    @Test
    void payerMayReceiveWhatItsReserveHolds() {
        Receipt receipt =
                only(chain.commit(Draft.from("alice").payer("bob").transfer("bob", 77).build()));
        assertEquals(START + 77 - receipt.fee(), chain.balance("bob"));
        assertEquals(START - 77, chain.balance("alice"));
    }

    @Test
    void eitherLiteralOfTheSystemAccountMeansTheRunningNetworks() {
        Principal onMainnet = Principal.of(AddressVersions.MAINNET.systemAccount());
        Principal here = Principal.of(AddressVersions.TESTNET.systemAccount());
        Receipt receipt =
                only(
                        chain.commit(
                                Draft.from("alice")
                                        .transfer(onMainnet, 3)
                                        .transfer(here, 4)
                                        .build()));
        assertEquals(7, chain.balance(here));
        assertEquals(AccountState.EMPTY, chain.stateOf(onMainnet));
        assertEquals(
                List.of("'" + here, "'" + here),
                receipt.events().stream().map(event -> text(event.keys().get(1))).toList());

        // Zeros under another version are an account like any other.
        Principal other = Principal.of(Address.of(22, new byte[Address.HASH_SIZE]));
        chain.commit(Draft.from("alice").sequence(1).transfer(other, 5).build());
        assertEquals(5, chain.balance(other));
    }

    @Test
    void refusedTransactionChangesNothing() {
        BlockExecution execution = chain.begin();
        Inclusion refused =
                execution.execute(Draft.from("alice").sequence(9).transfer("bob", 1).build());
        assertEquals(
                TransactionFault.SEQUENCE_AHEAD,
                assertInstanceOf(Inclusion.Refused.class, refused).refusal().fault());
        Inclusion malformed =
                execution.execute(Draft.from("bob").version(3).transfer("alice", 1).build());
        assertEquals(
                TransactionFault.UNSUPPORTED_VERSION,
                assertInstanceOf(Inclusion.Refused.class, malformed).refusal().fault());

        BlockOutcome outcome = execution.finish();
        assertEquals(List.of(), outcome.receipts());
        assertTrue(outcome.writes().isEmpty(), () -> "writes " + outcome.writes());
    }

    @Test
    void listWithABadTransactionIsNoBlock() {
        Draft draft = Draft.from("alice").transfer("bob", 1);
        Transaction first = draft.build();
        BlockVerdict verdict = chain.run(first, draft.sequence(1).build(), first);
        var invalid = assertInstanceOf(BlockVerdict.Invalid.class, verdict);
        assertEquals(2, invalid.index());
        var refused = assertInstanceOf(Inclusion.Refused.class, invalid.reason());
        assertEquals(TransactionFault.SEQUENCE_USED, refused.refusal().fault());
    }

    @Test
    void gasLimitHasToFitIntoWhatTheBlockHasLeft() {
        BlockExecution execution = TestChain.withBalances(Coin.GRAINS_PER_CPTM, "alice").begin();
        Draft draft = Draft.from("alice").transfer("bob", 1).gasLimit(150_000_000).maxFee(100);
        Receipt first = receipt(execution.execute(draft.build()));
        long left = 300_000_000 - first.gasUsed();
        assertEquals(left, execution.gasLeft());

        Inclusion tooMuch = execution.execute(draft.sequence(1).gasLimit(left + 1).build());
        assertEquals(new Inclusion.NoRoom(Inclusion.Limit.GAS), tooMuch);
        assertEquals(left, execution.gasLeft());
        receipt(execution.execute(draft.sequence(1).gasLimit(left).build()));
        assertEquals(2, execution.finish().receipts().size());
    }

    @Test
    void bytesOfTheBlockAreLimited() {
        var parameters =
                new ExecutionParameters(
                        300_000_000,
                        Transaction.MAX_BYTES + ExecutionParameters.FRAMING_BYTES,
                        100,
                        100,
                        3_600);
        var small =
                new TestChain(
                        parameters,
                        List.of(
                                new GenesisState.Allocation(
                                        TestChain.account("alice"), 10_000_000_000L)));
        BlockExecution execution = small.begin();
        long bytes = execution.bytesLeft();
        Inclusion answer = null;
        for (int i = 0; i < 2_000; i++) {
            Transaction transaction = Draft.from("alice").sequence(i).transfer("bob", 1).build();
            answer = execution.execute(transaction);
            if (!(answer instanceof Inclusion.Included)) {
                break;
            }
            bytes -= transaction.bytes().size() + ExecutionParameters.FRAMING_BYTES;
            assertEquals(bytes, execution.bytesLeft());
        }
        assertEquals(new Inclusion.NoRoom(Inclusion.Limit.BYTES), answer);
    }

    @Test
    void aKeyWithoutASeatHasNoPartOfTheFees() {
        var context = new BlockContext(1, 1_000, TestChain.key("nobody").publicKey());
        BlockExecution execution =
                BlockExecution.begin(chain.rules, chain.reader(), context, List.of());
        Receipt receipt =
                receipt(execution.execute(Draft.from("alice").transfer("bob", 1).build()));
        chain.commit(execution.finish());
        assertEquals(receipt.fee() - chain.supply().burned(), chain.balance(TestChain.treasury()));
    }

    @Test
    void tipIsPartOfTheFee() {
        Receipt receipt =
                only(chain.commit(Draft.from("alice").tip(25).transfer("bob", 1).build()));
        assertEquals(FeeMarket.fee(receipt.gasUsed(), TestChain.MIN_BASE_FEE + 25), receipt.fee());
    }

    @Test
    void baseFeeOfTheNextBlockIsState() {
        assertEquals(TestChain.MIN_BASE_FEE, chain.commit().baseFee());
        assertEquals(TestChain.MIN_BASE_FEE, chain.baseFee(), "an empty block stays at the least");

        var parameters = new ExecutionParameters(1_000_000, 15 << 20, 100, 1_000, 3_600);
        var small =
                new TestChain(
                        parameters,
                        List.of(new GenesisState.Allocation(TestChain.account("alice"), START)));
        List<Transaction> transactions =
                IntStream.range(0, 40)
                        .mapToObj(i -> Draft.from("alice").sequence(i).transfer("bob", 1).build())
                        .toList();
        BlockOutcome outcome = small.commit(transactions.toArray(Transaction[]::new));
        assertEquals(1_000, outcome.baseFee());
        assertTrue(outcome.gasUsed() > 600_000, "over the target of 500,000");
        assertEquals(FeeMarket.nextBaseFee(1_000, outcome.gasUsed(), parameters), small.baseFee());
        assertTrue(small.baseFee() > 1_000, "a fuller block is followed by a dearer one");
    }

    /** Another outcome for the same block is a hard fork: gas, fees, results, events, all of it. */
    @Test
    void outcomeOfAKnownBlockIsFrozen() {
        var impossible =
                new PostCondition.Received(TestChain.account("bob"), Asset.COIN, Uint128.of(START));
        BlockOutcome outcome =
                chain.commit(
                        Draft.from("alice").transfer("bob", 1).transfer("dave", 2).build(),
                        Draft.from("bob").lane(3).sequence(9).tip(7).transfer("erin", 3).build(),
                        Draft.from("erin").payer("carol").transfer("alice", 3).build(),
                        Draft.from("carol").transfer("bob", START).build(),
                        Draft.from("carol").sequence(1).transfer("carol", 1).build(),
                        Draft.from("dave").payer("alice").gasLimit(26_000).transfer("x", 1).build(),
                        Draft.from("alice")
                                .sequence(1)
                                .transfer("bob", 1)
                                .condition(impossible)
                                .build());
        assertEquals(
                "1c056bbb34dceb8dca3af213218d3cfc4bcda619c7f6212e4ebc3792b54377ea",
                ReceiptCodec.rootOf(outcome.receipts()).toHex());
        List<byte[]> writes = new ArrayList<>();
        outcome.writes()
                .forEach((key, value) -> {
                    writes.add(key.toArray());
                    writes.add(value.orElseThrow().toArray());
                });
        assertEquals(
                "6b9d45d4375234b0da1e68c8690d01239ed4e33cfa4ee5cedc408a2f3150a8b3",
                MerkleTree.root(writes).toHex());
        assertEquals(
                List.of("ok", "ok", "ok", "err", "err", "OUT_OF_GAS", "POST_CONDITION"),
                outcome.receipts().stream().map(receipt -> brief(receipt.status())).toList());
    }

    private static String brief(ExecutionStatus status) {
        return switch (status) {
            case ExecutionStatus.Succeeded() -> "ok";
            case ExecutionStatus.CallFailed(int index) -> "err";
            case ExecutionStatus.KernelFailed(int index, KernelFailure failure) -> failure.name();
        };
    }

    @Test
    void finishedBlockTakesNothingMore() {
        BlockExecution execution = chain.begin();
        execution.finish();
        Transaction transaction = Draft.from("alice").transfer("bob", 1).build();
        assertThrows(IllegalStateException.class, () -> execution.execute(transaction));
        assertThrows(IllegalStateException.class, execution::finish);
    }

    private static ExecutionStatus kernel(int call, KernelFailure failure) {
        return new ExecutionStatus.KernelFailed(call, failure);
    }

    private static Receipt only(BlockOutcome outcome) {
        assertEquals(1, outcome.receipts().size());
        return outcome.receipts().getFirst();
    }

    private static Receipt receipt(Inclusion inclusion) {
        return assertInstanceOf(Inclusion.Included.class, inclusion).receipt();
    }

    private static Object validatorOf(BlockOutcome outcome) {
        return outcome.nextValidators().get(0).publicKey();
    }
}
