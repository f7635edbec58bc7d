package io.computronium.vm.contract;

import io.computronium.primitives.Uint128;
import java.math.BigInteger;

/**
 * Exact arithmetic on amounts. Nothing wraps: what does not fit throws {@link ArithmeticException},
 * which a method answers as {@link Fault.Common#INVALID_PARAMS}.
 *
 * <p>Rounding is always against the caller: what is paid out floors, what is owed ceils.
 */
public final class Amounts {

    /** The whole of something, in basis points. */
    public static final long WHOLE_BP = 10_000;

    private Amounts() {}

    /** {@code floor(a·b/c)} with 128 bits between; all at least 0, {@code c} over 0. */
    public static long mulDiv(long a, long b, long c) {
        requireNatural(a, b, c);
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        if (high == 0 && low >= 0) {
            return low / c;
        }
        return wide(a, b).divide(BigInteger.valueOf(c)).longValueExact();
    }

    /** As {@link #mulDiv}, rounded up. */
    public static long mulDivCeil(long a, long b, long c) {
        requireNatural(a, b, c);
        return wide(a, b)
                .add(BigInteger.valueOf(c - 1))
                .divide(BigInteger.valueOf(c))
                .longValueExact();
    }

    /** {@code floor(amount·bp/10000)}. */
    public static long part(long amount, long bp) {
        return mulDiv(amount, bp, WHOLE_BP);
    }

    /** {@code floor(amount·weight/total)}; {@code total} over 0 and at least {@code weight}. */
    public static long share(long amount, Uint128 weight, Uint128 total) {
        return BigInteger.valueOf(amount)
                .multiply(weight.toBigInteger())
                .divide(total.toBigInteger())
                .longValueExact();
    }

    private static BigInteger wide(long a, long b) {
        return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
    }

    private static void requireNatural(long a, long b, long c) {
        if (a < 0 || b < 0 || c <= 0) {
            throw new ArithmeticException("negative, or division by zero");
        }
    }
}
