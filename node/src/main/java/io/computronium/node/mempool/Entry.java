package io.computronium.node.mempool;

import io.computronium.primitives.tx.Transaction;
import io.computronium.primitives.tx.TransactionBody;
import io.computronium.vm.FeeMarket;

/**
 * A transaction in the pool. Best first: what can be included now before what waits for an earlier
 * sequence, then by what the proposer gets for the gas, then by arrival.
 *
 * <p>The first two may change, and only while the entry is not in a sorted set.
 */
final class Entry implements Comparable<Entry> {

    final Transaction transaction;
    final Account sender;
    final Account payer;
    final Slot slot;
    final long maxFee;
    final long arrival;

    /** Whether all earlier sequences of lane 0 are used or waiting too. */
    boolean ready;

    /** Grains for 1,000 gas above the base fee; negative if the offer is below that. */
    long tip;

    Entry(Transaction transaction, Account sender, Account payer, long arrival, long baseFee) {
        var body = transaction.body();
        this.transaction = transaction;
        this.sender = sender;
        this.payer = payer;
        this.slot = new Slot(body.lane(), body.sequence());
        this.maxFee = FeeMarket.maximumFee(body);
        this.arrival = arrival;
        this.ready = body.lane() != 0 || body.sequence() <= sender.firstMissing;
        this.tip = Fees.effectiveTip(body, baseFee);
    }

    TransactionBody body() {
        return transaction.body();
    }

    int bytes() {
        return transaction.bytes().size();
    }

    @Override
    public int compareTo(Entry other) {
        if (ready != other.ready) {
            return ready ? -1 : 1;
        }
        int byTip = Long.compare(other.tip, tip);
        return byTip != 0 ? byTip : Long.compare(arrival, other.arrival);
    }
}
