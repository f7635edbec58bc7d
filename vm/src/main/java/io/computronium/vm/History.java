package io.computronium.vm;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.state.StateKey;
import io.computronium.vm.contract.Dated;
import io.computronium.vm.contract.Shape;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Values whose past can be asked for. The newest of each is a record of its own, so that one read
 * gives it; the others are numbered, and a binary search finds the one of any height.
 */
final class History<V> {

    private final Records records;
    private final Shape<Dated<V>> shape;
    private final int newestMap;
    private final int olderMap;

    /**
     * @param newestMap map of the contract that has the newest values
     * @param olderMap map that has the others
     */
    History(Records records, Shape<Dated<V>> shape, int newestMap, int olderMap) {
        this.records = records;
        this.shape = shape;
        this.newestMap = newestMap;
        this.olderMap = olderMap;
    }

    Optional<Dated<V>> newest(Bytes contract, Bytes key) {
        return records.find(newestKey(contract, key), shape);
    }

    /**
     * Sets the value in the block at {@code height}, which is not before the last change.
     *
     * @return by how many bytes the state grows
     */
    long put(Bytes contract, Bytes key, long height, V value) {
        Optional<Dated<V>> known = newest(contract, key);
        long growth = 0;
        long index = 0;
        if (known.isPresent()) {
            Dated<V> last = known.get();
            index = last.index();
            if (last.height() != height) {
                growth = records.put(olderKey(contract, key, index), shape, last);
                index++;
            }
        }
        var next = new Dated<>(index, height, value);
        return growth + records.put(newestKey(contract, key), shape, next);
    }

    /** What was the value after block {@code height}. */
    Optional<Dated<V>> at(Bytes contract, Bytes key, long height) {
        Optional<Dated<V>> newest = newest(contract, key);
        if (newest.isEmpty() || newest.get().height() <= height) {
            return newest;
        }
        long low = 0;
        long high = newest.get().index();
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (older(contract, key, middle).height() <= height) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? Optional.empty() : Optional.of(older(contract, key, low - 1));
    }

    /** The most records that {@link #at} reads. */
    int reads(Bytes contract, Bytes key) {
        long older = newest(contract, key).map(Dated::index).orElse(0L);
        return 2 + Long.SIZE - Long.numberOfLeadingZeros(older);
    }

    private Dated<V> older(Bytes contract, Bytes key, long index) {
        return records.find(olderKey(contract, key, index), shape).orElseThrow();
    }

    private Bytes newestKey(Bytes contract, Bytes key) {
        return StateKey.record(contract, newestMap, key);
    }

    private Bytes olderKey(Bytes contract, Bytes key, long index) {
        var indexed = ByteBuffer.allocate(key.size() + Long.BYTES);
        indexed.put(key.toArray()).putLong(index);
        return StateKey.record(contract, olderMap, Bytes.owned(indexed.array()));
    }
}
