package io.computronium.node.mempool;

import io.computronium.primitives.Principal;
import io.computronium.primitives.state.AccountState;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the pool knows of an account that has transactions waiting or pays for some. */
final class Account {

    final Principal principal;

    /** At the pool's head. */
    AccountState state;

    /** The first sequence of lane 0 that is neither used nor waiting. */
    long firstMissing;

    private final TreeMap<Slot, Entry> sent = new TreeMap<>();
    private final SequencedSet<Entry> paid = new LinkedHashSet<>();
    private long reserved;

    Account(Principal principal, AccountState state) {
        this.principal = principal;
        this.state = state;
        this.firstMissing = state.nextSequence();
    }

    @Nullable Entry at(Slot slot) {
        return sent.get(slot);
    }

    int sentCount() {
        return sent.size();
    }

    /** A live view: all that it sent, by lane and sequence. */
    Collection<Entry> sent() {
        return sent.values();
    }

    /** A live view: what it sent in lane 0 from a sequence on. */
    Collection<Entry> orderedFrom(long sequence) {
        return sent.subMap(new Slot(0, sequence), new Slot(1, 0)).values();
    }

    void addSent(Entry entry) {
        sent.put(entry.slot, entry);
    }

    void removeSent(Entry entry) {
        sent.remove(entry.slot, entry);
    }

    void addPaid(Entry entry) {
        paid.add(entry);
        reserved = Math.addExact(reserved, entry.maxFee);
    }

    void removePaid(Entry entry) {
        paid.remove(entry);
        reserved = Math.subtractExact(reserved, entry.maxFee);
    }

    /** The last to come of those that it pays for. */
    Entry lastPaid() {
        return paid.getLast();
    }

    /** The sum of the most that all it pays for can cost; never over the balance at the head. */
    long reserved() {
        return reserved;
    }

    boolean isIdle() {
        return sent.isEmpty() && paid.isEmpty();
    }
}
