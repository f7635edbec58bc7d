package io.computronium.vm;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Invariants;
import io.computronium.primitives.bft.Evidence;
import io.computronium.primitives.block.Block;
import io.computronium.primitives.block.Receipt;
import io.computronium.primitives.codec.Codec;
import io.computronium.primitives.codec.StateCodec;
import io.computronium.primitives.state.FeeState;
import io.computronium.primitives.state.StateKey;
import io.computronium.primitives.tx.Transaction;
import io.computronium.vm.builtin.EconomyParameters;
import io.computronium.vm.builtin.FeeSplit;
import io.computronium.vm.builtin.Seat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The execution of one block over the state before it. A proposer offers transactions as they come
 * and finishes when time is up; a validator runs the whole list with {@link #run}. Both give the
 * same outcome for the same transactions.
 *
 * <p>Signatures are not looked at: the node verified them when the transactions came in. Not
 * thread-safe, and used for one block only.
 */
public final class BlockExecution {

    private final Rules rules;
    private final BlockContext context;
    private final TransactionRules transactionRules;
    private final InclusionRules inclusionRules;
    private final WorkingState state;
    private final BlockOrder order;
    private final EconomyParameters economy;
    private final long baseFee;

    private final List<Evidence> evidence = new ArrayList<>();
    private final List<Receipt> receipts = new ArrayList<>();
    private long gasUsed;
    private long bytesUsed;
    private FeeSplit fees = FeeSplit.NONE;
    private boolean finished;

    private BlockExecution(Rules rules, StateReader before, BlockContext context) {
        this.rules = rules;
        this.context = context;
        this.transactionRules = new TransactionRules(rules);
        this.inclusionRules = new InclusionRules(rules);
        this.state = new WorkingState(before, context.height());
        this.order = new BlockOrder(rules, context, state);
        this.economy = order.economy();
        this.baseFee = read(before, StateKey.fees(), StateCodec.FEES).baseFee();
    }

    /**
     * Starts a block: everything that comes before its transactions.
     *
     * @param rules those of the block's height
     * @param state after the block before
     * @param offered evidence, of which the block takes what convicts someone, at most {@link
     *     Block#MAX_EVIDENCE}
     */
    public static BlockExecution begin(
            Rules rules, StateReader state, BlockContext context, List<Evidence> offered) {
        var execution = new BlockExecution(rules, state, context);
        for (Evidence evidence : offered) {
            if (execution.evidence.size() < Block.MAX_EVIDENCE
                    && execution.order.punish(evidence).isEmpty()) {
                execution.evidence.add(evidence);
            }
        }
        execution.order.settleParent();
        return execution;
    }

    /** Executes a block that someone else made. */
    public static BlockVerdict run(
            Rules rules,
            StateReader state,
            BlockContext context,
            List<Evidence> evidence,
            List<Transaction> transactions) {
        var execution = new BlockExecution(rules, state, context);
        for (int i = 0; i < evidence.size(); i++) {
            Optional<String> fault = execution.order.punish(evidence.get(i));
            if (fault.isPresent()) {
                return new BlockVerdict.InvalidEvidence(i, fault.get());
            }
        }
        execution.order.settleParent();
        for (int i = 0; i < transactions.size(); i++) {
            switch (execution.execute(transactions.get(i))) {
                case Inclusion.Included included -> {}
                case Inclusion.Excluded excluded -> {
                    return new BlockVerdict.Invalid(i, excluded);
                }
            }
        }
        return new BlockVerdict.Executed(execution.finish());
    }

    /** What of the offered evidence is in the block. */
    public List<Evidence> evidence() {
        return List.copyOf(evidence);
    }

    /** Grains for 1,000 gas, of this block. */
    public long baseFee() {
        return baseFee;
    }

    /** Gas that the block has left. A transaction needs its whole limit, not only what it uses. */
    public long gasLeft() {
        return rules.parameters().blockGasLimit() - gasUsed;
    }

    /** Bytes that the block has left, of which a transaction also takes its framing. */
    public long bytesLeft() {
        return rules.parameters().maxBlockBytes() - bytesUsed;
    }

    /** Runs {@code transaction} as the block's next one, or leaves everything as it was. */
    public Inclusion execute(Transaction transaction) {
        requireUnfinished();
        Optional<Refusal> refusal =
                transactionRules
                        .check(transaction)
                        .or(() ->
                                inclusionRules.check(
                                        transaction, context.height(), baseFee, state));
        if (refusal.isPresent()) {
            return new Inclusion.Refused(refusal.get());
        }
        long bytes = (long) transaction.bytes().size() + ExecutionParameters.FRAMING_BYTES;
        if (receipts.size() == Block.MAX_TRANSACTIONS) {
            return new Inclusion.NoRoom(Inclusion.Limit.TRANSACTIONS);
        }
        if (transaction.body().gasLimit() > gasLeft()) {
            return new Inclusion.NoRoom(Inclusion.Limit.GAS);
        }
        if (bytes > bytesLeft()) {
            return new Inclusion.NoRoom(Inclusion.Limit.BYTES);
        }
        Receipt receipt =
                new TransactionExecution(
                                rules, context, state, transaction, receipts.size(), baseFee)
                        .run();
        receipts.add(receipt);
        gasUsed += receipt.gasUsed();
        bytesUsed += bytes;
        fees = fees.plus(FeeSplit.of(receipt.fee(), economy));
        return new Inclusion.Included(receipt);
    }

    /** Closes the block: everything that comes after its transactions. */
    public BlockOutcome finish() {
        requireUnfinished();
        finished = true;
        order.divideFees(fees);
        order.end();
        Invariants.check(
                state.coinsAreConserved(),
                "G1: balances changed by the coins minted less those burned");

        var writes = new TreeMap<Bytes, Optional<Bytes>>();
        state.writeTo(writes);
        long nextBaseFee = FeeMarket.nextBaseFee(baseFee, gasUsed, rules.parameters());
        if (nextBaseFee != baseFee) {
            put(writes, StateKey.fees(), StateCodec.FEES, new FeeState(nextBaseFee));
        }
        return new BlockOutcome(
                writes,
                state.accounts().changed(),
                receipts,
                order.receipts(),
                gasUsed,
                baseFee,
                fees,
                Seat.set(order.seats()));
    }

    private void requireUnfinished() {
        if (finished) {
            throw new IllegalStateException("the block is finished");
        }
    }

    private static <T> void put(
            SortedMap<Bytes, Optional<Bytes>> writes, Bytes key, Codec<T> codec, T value) {
        writes.put(key, Optional.of(Bytes.owned(codec.encode(value))));
    }

    private static <T> T read(StateReader state, Bytes key, Codec<T> codec) {
        Optional<Bytes> value = state.get(key);
        Invariants.check(value.isPresent(), "the state has what genesis puts there");
        return codec.decode(value.orElseThrow().toArray());
    }
}
