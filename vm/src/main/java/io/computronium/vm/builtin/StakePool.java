package io.computronium.vm.builtin;

import io.computronium.primitives.Uint128;
import io.computronium.vm.contract.RecordShape;
import io.computronium.vm.contract.Shape;
import java.math.BigInteger;

/**
 * The stake behind one validator. Delegators own shares of it; a slash makes the tokens fewer and
 * leaves the shares, so a share is worth at most a grain.
 *
 * @param tokens grains
 * @param shares of all delegators, less than 2^120
 */
record StakePool(long tokens, Uint128 shares) {

    static final StakePool EMPTY = new StakePool(0, Uint128.ZERO);

    static final RecordShape<StakePool> SHAPE =
            RecordShape.of(
                    in -> new StakePool(in.next(), in.next()),
                    RecordShape.field("tokens", Shape.UINT, StakePool::tokens),
                    RecordShape.field("shares", Shape.UINT128, StakePool::shares));

    private static final int MAX_SHARE_BITS = 120;

    /** {@code floor(a·S/T)}, or {@code a} of an empty pool. */
    Uint128 sharesFor(long amount) {
        return shares.isZero()
                ? Uint128.of(amount)
                : Uint128.of(wide(amount).multiply(big(shares)).divide(wide(tokens)));
    }

    /** What shares are worth, in grains: {@code floor(s·T/S)}. */
    long worth(Uint128 part) {
        return part.isZero()
                ? 0
                : big(part).multiply(wide(tokens)).divide(big(shares)).longValueExact();
    }

    /**
     * The fewest shares that are worth {@code amount}: {@code ceil(a·S/T)}. No share is worth more
     * than a grain, so that their worth is {@code amount} exactly.
     *
     * @param amount at most what the pool holds
     */
    Uint128 sharesWorth(long amount) {
        BigInteger product = wide(amount).multiply(big(shares));
        return Uint128.of(product.add(wide(tokens - 1)).divide(wide(tokens)));
    }

    /**
     * With more stake.
     *
     * @throws ArithmeticException if there would be 2^120 shares
     */
    StakePool add(long amount, Uint128 part) {
        Uint128 sum = shares.plus(part);
        if (big(sum).bitLength() > MAX_SHARE_BITS) {
            throw new ArithmeticException("too many shares");
        }
        return new StakePool(Math.addExact(tokens, amount), sum);
    }

    /** Without these shares and what they are worth. */
    StakePool remove(Uint128 part) {
        return new StakePool(tokens - worth(part), shares.minus(part));
    }

    StakePool slash(long burned) {
        return new StakePool(Math.subtractExact(tokens, burned), shares);
    }

    private static BigInteger big(Uint128 value) {
        return value.toBigInteger();
    }

    private static BigInteger wide(long value) {
        return BigInteger.valueOf(value);
    }
}
