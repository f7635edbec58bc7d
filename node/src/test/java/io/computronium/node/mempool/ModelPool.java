package io.computronium.node.mempool;

import io.computronium.node.mempool.TxAdmission.Accepted;
import io.computronium.node.mempool.TxAdmission.Known;
import io.computronium.node.mempool.TxAdmission.PoolRefused;
import io.computronium.node.mempool.TxAdmission.Reason;
import io.computronium.node.mempool.TxAdmission.Refused;
import io.computronium.primitives.Principal;
import io.computronium.primitives.state.AccountState;
import io.computronium.primitives.state.AccountState.SequenceCheck;
import io.computronium.primitives.tx.Transaction;
import io.computronium.primitives.tx.TransactionBody;
import io.computronium.primitives.tx.TransactionFault;
import io.computronium.vm.FeeMarket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the pool should do, as a list in order of arrival and questions about the whole of it. */
final class ModelPool {

    private final MempoolLimits limits;
    private final List<Transaction> waiting = new ArrayList<>();
    private Head head;

    ModelPool(MempoolLimits limits, Head head) {
        this.limits = limits;
        this.head = head;
    }

    TxAdmission admit(Transaction transaction) {
        if (waiting.stream().anyMatch(other -> other.id().equals(transaction.id()))) {
            return new Known(transaction.id());
        }
        var body = transaction.body();
        var refusal = misfit(body);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        var replaced = waiting.stream().filter(other -> samePlace(other.body(), body)).findFirst();
        if (replaced.isEmpty() && sent(body.sender()).size() >= limits.maxPerSender()) {
            return new PoolRefused(Reason.SENDER_LIMIT);
        }
        if (replaced.isPresent() && !Fees.mayReplace(replaced.get().body(), body)) {
            return new PoolRefused(Reason.REPLACEMENT_UNDERPRICED);
        }
        List<Transaction> after = new ArrayList<>(waiting);
        replaced.ifPresent(after::remove);
        if (reserved(after, body.feePayer()) + FeeMarket.maximumFee(body)
                > balance(body.feePayer())) {
            return new Refused(TransactionFault.INSUFFICIENT_FEE_BALANCE, "");
        }
        after.add(transaction);
        // The order is that before anything leaves.
        var worstFirst = after.stream().sorted(order(after).reversed()).toList();
        for (Transaction worst : worstFirst) {
            if (after.size() <= limits.maxTransactions() && bytes(after) <= limits.maxBytes()) {
                break;
            }
            if (worst.equals(transaction)) {
                return new PoolRefused(Reason.POOL_FULL);
            }
            if (!worst.body().sender().equals(body.sender())) {
                after.remove(worst);
            }
        }
        waiting.clear();
        waiting.addAll(after);
        return new Accepted(transaction.id());
    }

    private Optional<TxAdmission> misfit(TransactionBody body) {
        if (body.validUntil() <= head.height()) {
            return Optional.of(new Refused(TransactionFault.EXPIRED, ""));
        }
        long ahead = body.sequence() - firstMissing(waiting, body.sender());
        var check = head.account(body.sender()).check(body.lane(), body.sequence());
        boolean waits = body.lane() == 0 && ahead <= limits.maxGap();
        if (check == SequenceCheck.USED) {
            return Optional.of(new Refused(TransactionFault.SEQUENCE_USED, ""));
        }
        if (check == SequenceCheck.AHEAD && !waits) {
            return Optional.of(new Refused(TransactionFault.SEQUENCE_AHEAD, ""));
        }
        if (body.maxFeePerKilogas() < head.baseFee()) {
            return Optional.of(new Refused(TransactionFault.FEE_TOO_LOW, ""));
        }
        return Optional.empty();
    }

    void commit(Head newHead) {
        head = newHead;
        waiting.removeIf(transaction -> {
            var body = transaction.body();
            return body.validUntil() <= head.height()
                    || head.account(body.sender()).check(body.lane(), body.sequence())
                            == SequenceCheck.USED;
        });
        Set<Principal> payers = new HashSet<>();
        waiting.forEach(transaction -> payers.add(transaction.body().feePayer()));
        for (Principal payer : payers) {
            while (reserved(waiting, payer) > balance(payer)) {
                waiting.remove(
                        waiting.reversed().stream()
                                .filter(each -> each.body().feePayer().equals(payer))
                                .findFirst()
                                .orElseThrow());
            }
        }
    }

    /** Again and again the best of those whose turn it is. */
    List<Transaction> proposal(long maxGas, int maxCount) {
        List<Transaction> taken = new ArrayList<>();
        List<Transaction> left = new ArrayList<>(waiting);
        left.removeIf(transaction -> tip(transaction) < 0);
        long gas = maxGas;
        while (taken.size() < maxCount) {
            var best = left.stream().filter(each -> isNext(each, taken)).min(order(waiting));
            if (best.isEmpty()) {
                break;
            }
            left.remove(best.get());
            if (best.get().body().gasLimit() <= gas) {
                gas -= best.get().body().gasLimit();
                taken.add(best.get());
            }
        }
        return taken;
    }

    int size() {
        return waiting.size();
    }

    long bytes() {
        return bytes(waiting);
    }

    private boolean isNext(Transaction transaction, List<Transaction> taken) {
        var body = transaction.body();
        var state = head.account(body.sender());
        for (Transaction earlier : taken) {
            if (earlier.body().sender().equals(body.sender())) {
                state = state.use(earlier.body().lane(), earlier.body().sequence());
            }
        }
        return state.check(body.lane(), body.sequence()) == SequenceCheck.FREE;
    }

    private Comparator<Transaction> order(List<Transaction> among) {
        return Comparator.<Transaction>comparingInt(each -> isReady(each.body(), among) ? 0 : 1)
                .thenComparing(Comparator.<Transaction>comparingLong(this::tip).reversed())
                .thenComparingInt(among::indexOf);
    }

    private static boolean samePlace(TransactionBody one, TransactionBody other) {
        return one.sender().equals(other.sender())
                && one.lane() == other.lane()
                && one.sequence() == other.sequence();
    }

    private boolean isReady(TransactionBody body, List<Transaction> among) {
        return body.lane() != 0 || body.sequence() < firstMissing(among, body.sender());
    }

    private long firstMissing(List<Transaction> among, Principal sender) {
        long next = head.account(sender).nextSequence();
        while (true) {
            long sequence = next;
            if (among.stream()
                    .map(Transaction::body)
                    .noneMatch(each ->
                            each.sender().equals(sender)
                                    && each.lane() == 0
                                    && each.sequence() == sequence)) {
                return next;
            }
            next++;
        }
    }

    private List<Transaction> sent(Principal sender) {
        return waiting.stream().filter(each -> each.body().sender().equals(sender)).toList();
    }

    private long balance(Principal account) {
        AccountState state = head.account(account);
        return state.balance();
    }

    private long tip(Transaction transaction) {
        return Fees.effectiveTip(transaction.body(), head.baseFee());
    }

    private static long reserved(List<Transaction> among, Principal payer) {
        return among.stream()
                .filter(each -> each.body().feePayer().equals(payer))
                .mapToLong(each -> FeeMarket.maximumFee(each.body()))
                .sum();
    }

    private static long bytes(List<Transaction> among) {
        return among.stream().mapToLong(each -> each.bytes().size()).sum();
    }
}
