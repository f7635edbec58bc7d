package io.computronium.vm;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Uint128;
import io.computronium.primitives.state.StateKey;
import io.computronium.vm.contract.RecordShape;
import io.computronium.vm.contract.Shape;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Balances whose past can be asked for. One structure serves votes, dividends and time weights: a
 * checkpoint for each block that changed the balance, with the sum of the balances of all blocks
 * before it. One binary search gives the balance after any block, and two the time-weighted balance
 * over any window.
 */
final class Checkpoints {

    /**
     * From block {@code height} on the balance was {@code balance}.
     *
     * @param cumulative sum of the balances after each block before {@code height}
     */
    record Checkpoint(long height, long balance, Uint128 cumulative) {
        static final RecordShape<Checkpoint> SHAPE =
                RecordShape.of(
                        in -> new Checkpoint(in.next(), in.next(), in.next()),
                        RecordShape.field("height", Shape.UINT, Checkpoint::height),
                        RecordShape.field("balance", Shape.UINT, Checkpoint::balance),
                        RecordShape.field("cumulative", Shape.UINT128, Checkpoint::cumulative));

        /** As of the end of the block before {@code later}. */
        Uint128 cumulativeAt(long later) {
            return cumulative.plus(Uint128.product(balance, later - height));
        }
    }

    /** The newest checkpoint, and how many are older. */
    record Latest(long older, Checkpoint checkpoint) {
        static final RecordShape<Latest> SHAPE =
                RecordShape.of(
                        in -> new Latest(in.next(), in.next()),
                        RecordShape.field("older", Shape.UINT, Latest::older),
                        RecordShape.field("checkpoint", Checkpoint.SHAPE, Latest::checkpoint));
    }

    private final Records records;
    private final int latestMap;
    private final int olderMap;

    /**
     * @param latestMap map of the contract that has the newest checkpoints
     * @param olderMap map that has the others
     */
    Checkpoints(Records records, int latestMap, int olderMap) {
        this.records = records;
        this.latestMap = latestMap;
        this.olderMap = olderMap;
    }

    /** The balance now. */
    long balance(Bytes contract, Bytes key) {
        return latest(contract, key).map(latest -> latest.checkpoint.balance).orElse(0L);
    }

    /**
     * Changes the balance in the block at {@code height}, which is not before the last change.
     *
     * @return by how many bytes the state grows
     */
    long set(Bytes contract, Bytes key, long height, long balance) {
        Optional<Latest> known = latest(contract, key);
        long growth = 0;
        long older = 0;
        Uint128 cumulative = Uint128.ZERO;
        if (known.isPresent()) {
            Checkpoint last = known.get().checkpoint;
            older = known.get().older;
            cumulative = last.cumulativeAt(height);
            if (last.height != height) {
                growth += records.put(olderKey(contract, key, older), Checkpoint.SHAPE, last);
                older++;
            }
        }
        var next = new Latest(older, new Checkpoint(height, balance, cumulative));
        return growth + records.put(latestKey(contract, key), Latest.SHAPE, next);
    }

    /** The balance after block {@code height}. */
    long balanceAt(Bytes contract, Bytes key, long height) {
        return at(contract, key, height).map(Checkpoint::balance).orElse(0L);
    }

    /** The sum of the balances after each block before {@code height}. */
    Uint128 cumulative(Bytes contract, Bytes key, long height) {
        return at(contract, key, height)
                .map(checkpoint -> checkpoint.cumulativeAt(height))
                .orElse(Uint128.ZERO);
    }

    /** The last checkpoint at or before {@code height}. */
    private Optional<Checkpoint> at(Bytes contract, Bytes key, long height) {
        Optional<Latest> latest = latest(contract, key);
        if (latest.isEmpty() || latest.get().checkpoint.height <= height) {
            return latest.map(Latest::checkpoint);
        }
        long low = 0;
        long high = latest.get().older;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (older(contract, key, middle).height <= height) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? Optional.empty() : Optional.of(older(contract, key, low - 1));
    }

    private Optional<Latest> latest(Bytes contract, Bytes key) {
        return records.find(latestKey(contract, key), Latest.SHAPE);
    }

    private Checkpoint older(Bytes contract, Bytes key, long index) {
        return records.find(olderKey(contract, key, index), Checkpoint.SHAPE).orElseThrow();
    }

    private Bytes latestKey(Bytes contract, Bytes key) {
        return StateKey.record(contract, latestMap, key);
    }

    private Bytes olderKey(Bytes contract, Bytes key, long index) {
        var indexed = ByteBuffer.allocate(key.size() + Long.BYTES);
        indexed.put(key.toArray()).putLong(index);
        return StateKey.record(contract, olderMap, Bytes.owned(indexed.array()));
    }
}
