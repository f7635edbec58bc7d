package io.computronium.node.mempool;

import io.computronium.primitives.state.AccountState;
import io.computronium.primitives.tx.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * One walk over the pool, best first, that keeps sequences as the block will find them.
 *
 * <p>An entry of lane 0 whose predecessor was not taken yet steps aside. When the predecessor is
 * taken its turn comes at once: it was met earlier, so it pays more than all that is still to be
 * met. The result is the same as taking, again and again, the best of all senders' next ones. In
 * the other lanes one entry may push the window beyond another, which then is passed over.
 */
final class Proposal {

    private final List<Transaction> taken = new ArrayList<>();
    private final Map<Account, AccountState> states = new HashMap<>();
    private final Map<Account, Map<Long, Entry>> aside = new HashMap<>();
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
            switch (state(entry.sender).check(entry.slot.lane(), entry.slot.sequence())) {
                case FREE -> takeWithFollowers(entry);
                case AHEAD ->
                        aside.computeIfAbsent(entry.sender, _ -> new HashMap<>())
                                .put(entry.slot.sequence(), entry);
                case USED -> {}
            }
        }
        return taken;
    }

    private void takeWithFollowers(Entry entry) {
        var next = entry;
        while (next != null && taken.size() < maxCount && takeIfFits(next)) {
            next = entry.slot.lane() == 0 ? waitingNext(entry.sender) : null;
        }
    }

    private @Nullable Entry waitingNext(Account sender) {
        var waiting = aside.get(sender);
        return waiting == null ? null : waiting.remove(state(sender).nextSequence());
    }

    private AccountState state(Account sender) {
        return states.getOrDefault(sender, sender.state);
    }

    private boolean takeIfFits(Entry entry) {
        long gas = entry.body().gasLimit();
        if (gas > gasLeft || entry.bytes() > bytesLeft) {
            return false;
        }
        gasLeft -= gas;
        bytesLeft -= entry.bytes();
        taken.add(entry.transaction);
        states.put(entry.sender, state(entry.sender).use(entry.slot.lane(), entry.slot.sequence()));
        return true;
    }
}
