package io.computronium.vm.builtin;

import io.computronium.primitives.tx.Asset;
import io.computronium.vm.contract.Fault;
import io.computronium.vm.contract.RecordShape;
import io.computronium.vm.contract.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a session has spent, counter for counter with its caps. Immutable.
 *
 * <p>Invariant: no counter is over its cap, whatever failed in between, since a debit is counted
 * before it is made and stays counted.
 */
public record Spending(List<Counter> counters) {

    /**
     * @param period number of the period that {@code inPeriod} is about
     */
    public record Counter(long period, long inPeriod, long inTotal) {
        static final RecordShape<Counter> SHAPE =
                RecordShape.of(
                        in -> new Counter(in.next(), in.next(), in.next()),
                        RecordShape.field("period", Shape.UINT, Counter::period),
                        RecordShape.field("in-period", Shape.UINT, Counter::inPeriod),
                        RecordShape.field("in-total", Shape.UINT, Counter::inTotal));

        static final Counter ZERO = new Counter(0, 0, 0);

        Counter in(long current) {
            return period == current ? this : new Counter(current, 0, inTotal);
        }

        Counter plus(long amount) {
            return new Counter(
                    period, Math.addExact(inPeriod, amount), Math.addExact(inTotal, amount));
        }
    }

    static final Shape<Spending> SHAPE =
            Shape.list(Counter.SHAPE, Session.MAX_CAPS).map(Spending::new, Spending::counters);

    public Spending {
        counters = List.copyOf(counters);
    }

    static Spending none(Session session) {
        return new Spending(session.caps().stream().map(cap -> Counter.ZERO).toList());
    }

    /**
     * Why {@code amount} more may not be spent, if it may not.
     *
     * @param inTransaction what the same transaction spent of the asset before
     */
    public Optional<Fault> refusal(
            Session session, long height, Asset asset, long inTransaction, long amount) {
        int index = indexOf(session, asset);
        if (index < 0) {
            return Optional.of(Account.CAP_TX);
        }
        Session.Cap cap = session.caps().get(index);
        Counter counter = counters.get(index).in(period(session, cap, height));
        if (exceeds(inTransaction, amount, cap.perTransaction())) {
            return Optional.of(Account.CAP_TX);
        }
        if (exceeds(counter.inPeriod, amount, cap.perPeriod())) {
            return Optional.of(Account.CAP_PERIOD);
        }
        return exceeds(counter.inTotal, amount, cap.total())
                ? Optional.of(Account.CAP_TOTAL)
                : Optional.empty();
    }

    private static boolean exceeds(long spent, long amount, long cap) {
        // Without a sum, which might leave 63 bits.
        return spent > cap || amount > cap - spent;
    }

    /**
     * With {@code amount} more spent, or, if it is negative, less. Of an asset without a cap
     * nothing is counted, since none can be spent.
     */
    public Spending plus(Session session, long height, Asset asset, long amount) {
        int index = indexOf(session, asset);
        if (index < 0) {
            return this;
        }
        Session.Cap cap = session.caps().get(index);
        List<Counter> next = new ArrayList<>(counters);
        next.set(index, counters.get(index).in(period(session, cap, height)).plus(amount));
        return new Spending(next);
    }

    /** What may still be spent of an asset: of the period, and in total. */
    public long left(Session session, long height, Asset asset) {
        int index = indexOf(session, asset);
        if (index < 0) {
            return 0;
        }
        Session.Cap cap = session.caps().get(index);
        Counter counter = counters.get(index).in(period(session, cap, height));
        return Math.max(
                0, Math.min(cap.perPeriod() - counter.inPeriod, cap.total() - counter.inTotal));
    }

    private static long period(Session session, Session.Cap cap, long height) {
        return (height - session.validFrom()) / cap.periodBlocks();
    }

    private static int indexOf(Session session, Asset asset) {
        for (int i = 0; i < session.caps().size(); i++) {
            if (session.caps().get(i).asset().equals(asset)) {
                return i;
            }
        }
        return -1;
    }
}
