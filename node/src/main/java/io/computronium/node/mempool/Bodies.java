package io.computronium.node.mempool;

import io.computronium.primitives.Hash;
import io.computronium.primitives.tx.Transaction;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What other threads may read of the pool: written by the mempool thread alone, read by all. Holds
 * the bodies of transactions that wait, and of those that a pin names, which outlive their place in
 * the pool.
 */
final class Bodies implements PendingTransactions {

    private final ConcurrentMap<Hash, Transaction> waiting = new ConcurrentHashMap<>();
    private final ConcurrentMap<Hash, Transaction> byWireHash = new ConcurrentHashMap<>();
    private final ConcurrentMap<Hash, Long> expired = new ConcurrentHashMap<>();
    private volatile Size size = new Size(0, 0);

    // The mempool thread only.
    private final SequencedMap<Hash, List<Hash>> pins = new LinkedHashMap<>();
    private final Map<Hash, Integer> pinCounts = new HashMap<>();
    private final Queue<Hash> expiredInOrder = new ArrayDeque<>();
    private final int maxPins;
    private final int maxExpired;

    Bodies(int maxPins, int maxExpired) {
        this.maxPins = maxPins;
        this.maxExpired = maxExpired;
    }

    void add(Transaction transaction) {
        waiting.put(transaction.id(), transaction);
        byWireHash.put(transaction.wireHash(), transaction);
    }

    void remove(Transaction transaction) {
        waiting.remove(transaction.id());
        if (!pinCounts.containsKey(transaction.wireHash())) {
            byWireHash.remove(transaction.wireHash());
        }
    }

    /** Keeps the body if a pin names it. */
    void complete(Transaction transaction) {
        if (pinCounts.containsKey(transaction.wireHash())) {
            byWireHash.putIfAbsent(transaction.wireHash(), transaction);
        }
    }

    BitSet pin(Hash blockId, List<Hash> wireHashes) {
        if (!pins.containsKey(blockId)) {
            if (pins.size() == maxPins) {
                release(pins.firstEntry().getKey());
            }
            pins.put(blockId, List.copyOf(wireHashes));
            wireHashes.forEach(hash -> pinCounts.merge(hash, 1, Integer::sum));
        }
        var missing = new BitSet(wireHashes.size());
        for (int i = 0; i < wireHashes.size(); i++) {
            missing.set(i, !byWireHash.containsKey(wireHashes.get(i)));
        }
        return missing;
    }

    void release(Hash blockId) {
        var wireHashes = pins.remove(blockId);
        if (wireHashes != null) {
            wireHashes.forEach(this::unpin);
        }
    }

    private void unpin(Hash wireHash) {
        if (pinCounts.merge(wireHash, -1, (count, one) -> count + one == 0 ? null : count + one)
                != null) {
            return;
        }
        var body = byWireHash.get(wireHash);
        if (body != null && !body.equals(waiting.get(body.id()))) {
            byWireHash.remove(wireHash);
        }
    }

    void expired(Transaction transaction) {
        if (maxExpired == 0) {
            return;
        }
        if (expiredInOrder.size() == maxExpired) {
            expired.remove(expiredInOrder.remove());
        }
        if (expired.put(transaction.id(), transaction.body().validUntil()) == null) {
            expiredInOrder.add(transaction.id());
        }
    }

    void publish(Size newSize) {
        size = newSize;
    }

    @Override
    public Optional<Transaction> byId(Hash id) {
        return Optional.ofNullable(waiting.get(id));
    }

    @Override
    public Optional<Transaction> byWireHash(Hash wireHash) {
        return Optional.ofNullable(byWireHash.get(wireHash));
    }

    @Override
    public OptionalLong expired(Hash id) {
        var validUntil = expired.get(id);
        return validUntil == null ? OptionalLong.empty() : OptionalLong.of(validUntil);
    }

    @Override
    public Size size() {
        return size;
    }
}
