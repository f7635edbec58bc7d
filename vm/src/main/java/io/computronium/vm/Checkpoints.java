package io.computronium.vm;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Uint128;
import io.computronium.vm.contract.Dated;
import io.computronium.vm.contract.RecordShape;
import io.computronium.vm.contract.Shape;

/**
 * Balances whose past can be asked for. One structure serves votes, dividends and time weights: the
 * balance since some block, with the sum of the balances of all blocks before it. One search gives
 * the balance after any block, and two the time-weighted balance over any window.
 */
final class Checkpoints {

    /**
     * @param cumulative sum of the balances after each block before the one that set it
     */
    record Checkpoint(long balance, Uint128 cumulative) {
        static final RecordShape<Checkpoint> SHAPE =
                RecordShape.of(
                        in -> new Checkpoint(in.next(), in.next()),
                        RecordShape.field("balance", Shape.UINT, Checkpoint::balance),
                        RecordShape.field("cumulative", Shape.UINT128, Checkpoint::cumulative));
    }

    private static final RecordShape<Dated<Checkpoint>> RECORD = Dated.shape(Checkpoint.SHAPE);

    private final History<Checkpoint> history;

    /**
     * @param latestMap map of the contract that has the newest checkpoints
     * @param olderMap map that has the others
     */
    Checkpoints(Records records, int latestMap, int olderMap) {
        this.history = new History<>(records, RECORD, latestMap, olderMap);
    }

    /** The balance now. */
    long balance(Bytes contract, Bytes key) {
        return history.newest(contract, key).map(newest -> newest.value().balance).orElse(0L);
    }

    /**
     * Changes the balance in the block at {@code height}, which is not before the last change.
     *
     * @return by how many bytes the state grows
     */
    long set(Bytes contract, Bytes key, long height, long balance) {
        Uint128 cumulative =
                history.newest(contract, key)
                        .map(newest -> cumulativeAt(newest, height))
                        .orElse(Uint128.ZERO);
        return history.put(contract, key, height, new Checkpoint(balance, cumulative));
    }

    /** The balance after block {@code height}. */
    long balanceAt(Bytes contract, Bytes key, long height) {
        return history.at(contract, key, height).map(then -> then.value().balance).orElse(0L);
    }

    /** The sum of the balances after each block before {@code height}. */
    Uint128 cumulative(Bytes contract, Bytes key, long height) {
        return history.at(contract, key, height)
                .map(then -> cumulativeAt(then, height))
                .orElse(Uint128.ZERO);
    }

    /** The most records that a look into the past reads. */
    int reads(Bytes contract, Bytes key) {
        return history.reads(contract, key);
    }

    private static Uint128 cumulativeAt(Dated<Checkpoint> checkpoint, long later) {
        long blocks = later - checkpoint.height();
        Checkpoint value = checkpoint.value();
        return value.cumulative.plus(Uint128.product(value.balance, blocks));
    }
}
