package io.computronium.vm;

import io.computronium.primitives.Coin;
import io.computronium.primitives.tx.TransactionBody;

/** The arithmetic of fees: exact integers, grains, prices for 1,000 gas. */
public final class FeeMarket {

    private static final long KILOGAS = 1_000;

    /** The base fee changes by at most one part in this many a block (EIP-1559). */
    private static final long MAX_CHANGE = 8;

    private FeeMarket() {}

    /** What a transaction pays for 1,000 gas: base fee and tip, but not over its maximum. */
    public static long price(TransactionBody body, long baseFee) {
        long maximum = body.maxFeePerKilogas();
        // Subtracted, since base fee + tip may be over 63 bits.
        return maximum - baseFee <= body.tipPerKilogas() ? maximum : baseFee + body.tipPerKilogas();
    }

    /**
     * {@code ceil(gas * price / 1,000)}, or {@link Long#MAX_VALUE} if that is more, which no
     * balance reaches.
     *
     * @param gas at least 0
     * @param price at least 0
     */
    public static long fee(long gas, long price) {
        // gas·price = 1000·(q·price + r·p) + r·s, where gas = 1000q + r and price = 1000p + s.
        long q = gas / KILOGAS;
        long r = gas % KILOGAS;
        long p = price / KILOGAS;
        long s = price % KILOGAS;
        long whole = q * price;
        if (Math.multiplyHigh(q, price) != 0 || whole < 0) {
            return Long.MAX_VALUE;
        }
        long sum = whole + (r * p + Math.ceilDiv(r * s, KILOGAS));
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    /** The most that {@code body} can cost its payer, at any base fee. */
    public static long maximumFee(TransactionBody body) {
        return fee(body.gasLimit(), body.maxFeePerKilogas());
    }

    /**
     * The base fee of the next block: up when more than half of the gas was used, down when less,
     * by at most an eighth, at least a grain, and never below the minimum.
     */
    public static long nextBaseFee(long baseFee, long gasUsed, ExecutionParameters parameters) {
        long target = parameters.blockGasLimit() / 2;
        long distance = Math.min(target, Math.abs(gasUsed - target));
        long step = Math.max(1, mulDiv(baseFee, distance, target * MAX_CHANGE));
        long next = gasUsed > target ? baseFee + step : gasUsed < target ? baseFee - step : baseFee;
        return Math.clamp(next, parameters.minBaseFee(), Coin.MAX_SUPPLY_GRAINS);
    }

    /**
     * {@code floor(a * b / c)} for {@code b <= c <= 2^33}, where {@code a * b} may be over 63 bits.
     */
    private static long mulDiv(long a, long b, long c) {
        return a / c * b + a % c * b / c;
    }
}
