package io.computronium.node.mempool;

import io.computronium.primitives.tx.TransactionBody;
import java.math.BigInteger;

/** What a transaction offers. */
final class Fees {

    private static final long KILOGAS = 1_000;

    /** A replacement pays at least old + old / 10, rounded up. */
    private static final long REPLACEMENT_DIVISOR = 10;

    private Fees() {}

    /** The most it can cost: gas limit times highest price, rounded up; at most 2^63-1. */
    static long maximum(TransactionBody body) {
        long gas = body.gasLimit();
        long price = body.maxFeePerKilogas();
        if (Math.multiplyHigh(gas, price) == 0 && gas * price >= 0) {
            return Math.ceilDiv(gas * price, KILOGAS);
        }
        return BigInteger.valueOf(gas)
                .multiply(BigInteger.valueOf(price))
                .add(BigInteger.valueOf(KILOGAS - 1))
                .divide(BigInteger.valueOf(KILOGAS))
                .min(BigInteger.valueOf(Long.MAX_VALUE))
                .longValueExact();
    }

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
