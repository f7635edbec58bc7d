package io.computronium.node.mempool;

import io.computronium.node.mempool.TxAdmission.Accepted;
import io.computronium.node.mempool.TxAdmission.Known;
import io.computronium.node.mempool.TxAdmission.PoolRefused;
import io.computronium.node.mempool.TxAdmission.Reason;
import io.computronium.node.mempool.TxAdmission.Refused;
import io.computronium.primitives.Hash;
import io.computronium.primitives.Principal;
import io.computronium.primitives.state.AccountState;
import io.computronium.primitives.state.AccountState.SequenceCheck;
import io.computronium.primitives.tx.Transaction;
import io.computronium.primitives.tx.TransactionFault;
import io.computronium.vm.AccountView;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The transactions that wait for a block, and the bodies of live proposals.
 *
 * <p>Owned by one thread, which makes all calls but {@link #published}.
 *
 * <p>One sorted set, best first, serves both ends: proposals are taken from its front, and what a
 * full pool gives up from its back. A transaction of lane 0 whose predecessor is missing waits at
 * the back until that comes, however much it pays; so sequences that can never run do not push out
 * those that can.
 */
public final class Mempool {

    private final MempoolLimits limits;
    private final AdmissionRules rules;
    private final Map<Principal, Account> accounts = new HashMap<>();
    private final TreeSet<Entry> ranked = new TreeSet<>();
    private final Bodies bodies;
    private Head head;
    private long bytes;
    private long arrivals;

    public Mempool(MempoolLimits limits, AdmissionRules rules, Head head) {
        this.limits = limits;
        this.rules = rules;
        this.head = head;
        this.bodies = new Bodies(limits.maxPins(), limits.maxExpiredIds());
    }

    /** What any thread may read. */
    public PendingTransactions published() {
        return bodies;
    }

    /**
     * Decides on a transaction whose signatures are good. A body that a pinned proposal lacks is
     * kept for that proposal whatever the answer.
     */
    public TxAdmission admit(Transaction transaction) {
        bodies.complete(transaction);
        if (bodies.byId(transaction.id()).isPresent()) {
            return new Known(transaction.id());
        }
        var body = transaction.body();
        var sender = account(body.sender());
        var payer = body.payer() == null ? sender : account(body.payer());
        var entry = new Entry(transaction, sender, payer, arrivals++, head.baseFee());
        var replaced = sender.at(entry.slot);
        var refusal = refusal(entry, replaced);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        List<Entry> evicted = new ArrayList<>();
        if (!makesRoom(entry, replaced, evicted)) {
            return new PoolRefused(Reason.POOL_FULL);
        }
        if (replaced != null) {
            drop(replaced);
        }
        evicted.forEach(this::remove);
        insert(entry);
        publishSize();
        return new Accepted(transaction.id());
    }

    /** Why the sender's and payer's accounts do not admit {@code entry}. */
    private Optional<TxAdmission> refusal(Entry entry, @Nullable Entry replaced) {
        var payer = entry.payer;
        long freed = replaced != null && replaced.payer == payer ? replaced.maxFee : 0;
        long unreserved = payer.state.balance() - (payer.reserved() - freed);
        Optional<Refused> unfit = fault(entry, reached(entry), head.baseFee(), unreserved);
        if (unfit.isPresent()) {
            return Optional.of(unfit.get());
        }
        if (replaced == null && entry.sender.sentCount() >= limits.maxPerSender()) {
            return Optional.of(new PoolRefused(Reason.SENDER_LIMIT));
        }
        if (replaced != null && !Fees.mayReplace(replaced.body(), entry.body())) {
            return Optional.of(new PoolRefused(Reason.REPLACEMENT_UNDERPRICED));
        }
        if (entry.maxFee > unreserved) {
            return Optional.of(
                    new Refused(
                            TransactionFault.INSUFFICIENT_FEE_BALANCE,
                            "may cost %d grains, the payer has %d not reserved"
                                    .formatted(entry.maxFee, unreserved)));
        }
        return Optional.empty();
    }

    /**
     * How far lane 0 will have come when {@code entry} has its turn: to it, if the gap before it
     * may still be filled.
     */
    private long reached(Entry entry) {
        long next = entry.sender.state.nextSequence();
        long sequence = entry.slot.sequence();
        boolean mayWait =
                entry.slot.lane() == 0
                        && sequence > next
                        && sequence - entry.sender.firstMissing <= limits.maxGap();
        return mayWait ? sequence : next;
    }

    /** Asks the rules about the accounts as they will be. */
    private Optional<Refused> fault(
            Entry entry, long nextSequence, long baseFee, long payerBalance) {
        var sender = entry.sender;
        var payer = entry.payer;
        return rules.check(
                entry.transaction,
                head.height() + 1,
                baseFee,
                AccountView.over(
                        head::record,
                        principal -> {
                            boolean sends = principal.equals(sender.principal);
                            boolean pays = principal.equals(payer.principal);
                            var state = sends ? sender.state : payer.state;
                            return new AccountState(
                                    pays ? payerBalance : state.balance(),
                                    sends ? nextSequence : state.nextSequence(),
                                    state.lanes(),
                                    state.managed());
                        }));
    }

    /**
     * Finds what has to go for {@code entry} to fit: the worst entries of other senders, all of
     * which must be worse. A sender's own are spared, since they and the newcomer may need each
     * other.
     *
     * @param evicted receives them
     */
    private boolean makesRoom(Entry entry, @Nullable Entry replaced, List<Entry> evicted) {
        long count = ranked.size() + 1L - (replaced == null ? 0 : 1);
        long size = bytes + entry.bytes() - (replaced == null ? 0 : replaced.bytes());
        var worst = ranked.descendingIterator();
        while (count > limits.maxTransactions() || size > limits.maxBytes()) {
            var victim = worst.hasNext() ? worst.next() : null;
            if (victim == null || victim.compareTo(entry) < 0) {
                return false;
            }
            if (victim.sender != entry.sender) {
                evicted.add(victim);
                count--;
                size -= victim.bytes();
            }
        }
        return true;
    }

    /**
     * Follows the chain by one block: removes what it included and what cannot be included any
     * more. Only accounts that the block changed are looked at again.
     *
     * @param newHead after that block
     * @param included its transactions, waiting or not
     * @param changed accounts whose records it changed; more do no harm
     */
    public void onCommitted(
            Head newHead, List<Transaction> included, Collection<Principal> changed) {
        head = newHead;
        Set<Account> touched = new LinkedHashSet<>();
        for (Transaction transaction : included) {
            addKnown(transaction.body().sender(), touched);
            addKnown(transaction.body().feePayer(), touched);
        }
        changed.forEach(principal -> addKnown(principal, touched));
        touched.forEach(account -> account.state = head.account(account.principal));
        touched.forEach(this::dropInvalid);
        dropExpired();
        touched.forEach(this::dropUnpayable);
        touched.forEach(account -> settle(account, account.state.nextSequence()));
        reprice();
        publishSize();
    }

    private void addKnown(Principal principal, Set<Account> accountsToAdd) {
        var account = accounts.get(principal);
        if (account != null) {
            accountsToAdd.add(account);
        }
    }

    /**
     * Drops what was included or cannot be any more. A gap or a base fee that is not reached may
     * pass, so they are no reason here; what they hold up stays, and is not proposed.
     */
    private void dropInvalid(Account account) {
        for (Entry entry : List.copyOf(account.sent())) {
            long sequence = entry.slot.sequence();
            boolean used = account.state.check(entry.slot.lane(), sequence) == SequenceCheck.USED;
            long balance = entry.payer.state.balance();
            if (used || !isExpired(entry) && fault(entry, sequence, 0, balance).isPresent()) {
                remove(entry);
            }
        }
    }

    private void dropUnpayable(Account account) {
        while (account.reserved() > account.state.balance()) {
            remove(account.lastPaid());
        }
    }

    private void dropExpired() {
        for (Entry entry : ranked.stream().filter(this::isExpired).toList()) {
            remove(entry);
            bodies.expired(entry.transaction);
        }
    }

    private void reprice() {
        List<Entry> moved =
                ranked.stream()
                        .filter(e -> e.tip != Fees.effectiveTip(e.body(), head.baseFee()))
                        .toList();
        moved.forEach(ranked::remove);
        for (Entry entry : moved) {
            entry.tip = Fees.effectiveTip(entry.body(), head.baseFee());
            ranked.add(entry);
        }
    }

    private boolean isExpired(Entry entry) {
        return entry.body().validUntil() <= head.height();
    }

    /**
     * The best transactions for the next block, in an order that may be executed: by tip, except
     * that lane 0 of each sender is in sequence. What does not fit is passed over.
     *
     * @param maxGas bound on the sum of gas limits
     * @param maxBytes bound on the sum of sizes
     * @param maxCount bound on their number
     */
    public List<Transaction> proposal(long maxGas, long maxBytes, int maxCount) {
        return new Proposal(maxGas, maxBytes, maxCount).take(ranked);
    }

    /**
     * Keeps the bodies that a live proposal names, until {@link #release}. Of more than the limit
     * of pins the oldest gives way.
     *
     * @return the indexes in {@code wireHashes} of bodies that are missing. One that is {@link
     *     #admit given} later is then found by its wire hash, whatever the answer to it
     */
    public BitSet pin(Hash blockId, List<Hash> wireHashes) {
        return bodies.pin(blockId, wireHashes);
    }

    /** Ends {@link #pin}; without effect if it ended already. */
    public void release(Hash blockId) {
        bodies.release(blockId);
    }

    private Account account(Principal principal) {
        var known = accounts.get(principal);
        return known != null ? known : new Account(principal, head.account(principal));
    }

    private void insert(Entry entry) {
        accounts.putIfAbsent(entry.sender.principal, entry.sender);
        accounts.putIfAbsent(entry.payer.principal, entry.payer);
        entry.sender.addSent(entry);
        entry.payer.addPaid(entry);
        bodies.add(entry.transaction);
        bytes += entry.bytes();
        ranked.add(entry);
        if (entry.slot.lane() == 0 && entry.slot.sequence() == entry.sender.firstMissing) {
            settle(entry.sender, entry.slot.sequence());
        }
    }

    private void remove(Entry entry) {
        drop(entry);
        var sender = entry.sender;
        long sequence = entry.slot.sequence();
        if (entry.slot.lane() == 0
                && sequence >= sender.state.nextSequence()
                && sequence < sender.firstMissing) {
            settle(sender, sequence);
        }
    }

    /** Takes an entry out without a look at those that follow it in its lane. */
    private void drop(Entry entry) {
        ranked.remove(entry);
        entry.sender.removeSent(entry);
        entry.payer.removePaid(entry);
        bodies.remove(entry.transaction);
        bytes -= entry.bytes();
        forgetIfIdle(entry.sender);
        forgetIfIdle(entry.payer);
    }

    private void forgetIfIdle(Account account) {
        if (account.isIdle()) {
            accounts.remove(account.principal, account);
        }
    }

    /**
     * Brings {@code ready} and {@code firstMissing} up to date.
     *
     * @param from where lane 0 may have changed: all sequences before it are used or waiting
     */
    private void settle(Account account, long from) {
        long next = from;
        for (Entry entry : account.orderedFrom(from)) {
            boolean ready = entry.slot.sequence() == next;
            if (!ready && !entry.ready) {
                break; // so are all that follow
            }
            if (ready != entry.ready) {
                ranked.remove(entry);
                entry.ready = ready;
                ranked.add(entry);
            }
            if (ready) {
                next++;
            }
        }
        account.firstMissing = next;
    }

    private void publishSize() {
        bodies.publish(new PendingTransactions.Size(ranked.size(), bytes));
    }
}
