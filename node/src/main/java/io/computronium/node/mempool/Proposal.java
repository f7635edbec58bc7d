package io.computronium.node.mempool;

import io.computronium.primitives.tx.Transaction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * One walk over the pool, best first, that respects the order of lane 0.
 *
 * <p>An entry whose predecessor was not taken yet steps aside. When the predecessor is taken its
 * turn comes at once: it was met earlier, so it pays more than all that is still to be met. The
 * result is the same as taking, again and again, the best of all senders' next ones.
 */
final class Proposal {

    private final List<Transaction> taken = new ArrayList<>();
    private final Map<Account, Long> nextSequence = new HashMap<>();
    private final Map<Account, TreeMap<Long, Entry>> aside = new HashMap<>();
    private final int maxCount;
    private long gasLeft;
    private long bytesLeft;

    Proposal(long maxGas, long maxBytes, int maxCount) {
        this.gasLeft = maxGas;
        this.bytesLeft = maxBytes;
        this.maxCount = maxCount;
    }

    List<Transaction> take(SortedSet<Entry> ranked) {
        for (Entry entry : ranked) {
            if (taken.size() >= maxCount || !entry.ready || entry.tip < 0) {
                break; // nothing after it can be included either
            }
            if (entry.slot.lane() != 0) {
                takeIfFits(entry);
            } else if (entry.slot.sequence() != next(entry.sender)) {
                aside.computeIfAbsent(entry.sender, _ -> new TreeMap<>())
                        .put(entry.slot.sequence(), entry);
            } else if (takeIfFits(entry)) {
                takeFollowers(entry);
            }
        }
        return taken;
    }

    private void takeFollowers(Entry first) {
        long next = first.slot.sequence() + 1;
        var waiting = aside.get(first.sender);
        while (waiting != null && waiting.containsKey(next)) {
            if (taken.size() >= maxCount || !takeIfFits(waiting.remove(next))) {
                break;
            }
            next++;
        }
        nextSequence.put(first.sender, next);
    }

    private long next(Account sender) {
        return nextSequence.getOrDefault(sender, sender.state.nextSequence());
    }

    private boolean takeIfFits(Entry entry) {
        long gas = entry.body().gasLimit();
        if (gas > gasLeft || entry.bytes() > bytesLeft) {
            return false;
        }
        gasLeft -= gas;
        bytesLeft -= entry.bytes();
        taken.add(entry.transaction);
        return true;
    }
}
