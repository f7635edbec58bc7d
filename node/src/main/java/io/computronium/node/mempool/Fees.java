package io.computronium.node.mempool;

import io.computronium.primitives.tx.TransactionBody;

/** What a transaction offers. */
final class Fees {

    /** A replacement pays at least old + old / 10, rounded up. */
    private static final long REPLACEMENT_DIVISOR = 10;

    private Fees() {}

    /** What the proposer gets for 1,000 gas; negative if the offer does not reach the base fee. */
    static long effectiveTip(TransactionBody body, long baseFee) {
        return Math.min(body.tipPerKilogas(), body.maxFeePerKilogas() - baseFee);
    }

    /** Whether {@code later} offers enough more than {@code earlier} to take its place. */
    static boolean mayReplace(TransactionBody earlier, TransactionBody later) {
        return isTenthMore(earlier.maxFeePerKilogas(), later.maxFeePerKilogas())
                && isTenthMore(earlier.tipPerKilogas(), later.tipPerKilogas());
    }

    private static boolean isTenthMore(long earlier, long later) {
        return later >= earlier && later - earlier >= Math.ceilDiv(earlier, REPLACEMENT_DIVISOR);
    }
}
