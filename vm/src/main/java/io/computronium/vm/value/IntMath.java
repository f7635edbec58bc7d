package io.computronium.vm.value;

import io.computronium.vm.value.Value.Int;
import io.computronium.vm.value.Value.UInt;

/**
 * Arithmetic of the language's signed integers (SIP-002). Nothing wraps: whatever has no result of
 * 128 bits throws {@link ArithmeticException}.
 */
public final class IntMath {

    private static final Int ZERO = Int.of(0);
    private static final Int ONE = Int.of(1);

    private IntMath() {}

    public static int compare(Int a, Int b) {
        int order = Long.compare(a.high(), b.high());
        return order != 0 ? order : Long.compareUnsigned(a.low(), b.low());
    }

    public static Int plus(Int a, Int b) {
        long low = a.low() + b.low();
        long high = a.high() + b.high() + Words128.carry(low, a.low());
        // Only a sum of two with the same sign can have another.
        if (((a.high() ^ high) & (b.high() ^ high)) < 0) {
            throw Words128.overflow();
        }
        return new Int(high, low);
    }

    public static Int minus(Int a, Int b) {
        long low = a.low() - b.low();
        long high = a.high() - b.high() - Words128.borrow(a.low(), b.low());
        if (((a.high() ^ b.high()) & (a.high() ^ high)) < 0) {
            throw Words128.overflow();
        }
        return new Int(high, low);
    }

    public static Int times(Int a, Int b) {
        UInt left = magnitude(a);
        UInt right = magnitude(b);
        return signed(UIntMath.times(left, right), (a.high() ^ b.high()) < 0);
    }

    /** Rounded towards 0. */
    public static Int divide(Int a, Int b) {
        return signed(UIntMath.divide(magnitude(a), magnitude(b)), (a.high() ^ b.high()) < 0);
    }

    /** What {@link #divide} leaves over; has the sign of {@code a}. */
    public static Int mod(Int a, Int b) {
        if (b.high() == -1 && b.low() == -1 && a.high() == Long.MIN_VALUE && a.low() == 0) {
            // The quotient would not fit, and the language answers no remainder either.
            throw Words128.overflow();
        }
        return signed(UIntMath.mod(magnitude(a), magnitude(b)), a.high() < 0);
    }

    /**
     * {@code base} to the power of {@code exponent}. A negative exponent, or one over 32 bits, has
     * no result, except that of 0 and 1, where it does not matter.
     */
    public static Int pow(Int base, Int exponent) {
        if (base.equals(ONE) || base.equals(ZERO) && !exponent.equals(ZERO)) {
            return base;
        }
        long power = Exponents.of(exponent.high(), exponent.low());
        UInt result = UIntMath.pow(magnitude(base), UInt.of(power));
        return signed(result, base.high() < 0 && (power & 1) != 0);
    }

    /** The square root, rounded down; of a negative number there is none. */
    public static Int sqrti(Int a) {
        requireNatural(a);
        return new Int(0, Words128.squareRoot(a.high(), a.low()));
    }

    /** The logarithm to the base of 2, rounded down; only positive numbers have one. */
    public static Int log2(Int a) {
        requireNatural(a);
        return Int.of(Exponents.log2(a.high(), a.low()));
    }

    private static void requireNatural(Int a) {
        if (a.high() < 0) {
            throw new ArithmeticException("negative");
        }
    }

    private static UInt magnitude(Int a) {
        return a.high() < 0 ? negated(a.high(), a.low()) : new UInt(a.high(), a.low());
    }

    private static Int signed(UInt magnitude, boolean negative) {
        if (!negative) {
            if (magnitude.high() < 0) {
                throw Words128.overflow();
            }
            return new Int(magnitude.high(), magnitude.low());
        }
        UInt complement = negated(magnitude.high(), magnitude.low());
        if (complement.high() >= 0 && (complement.high() | complement.low()) != 0) {
            throw Words128.overflow();
        }
        return new Int(complement.high(), complement.low());
    }

    /** The complement of two. */
    private static UInt negated(long high, long low) {
        return new UInt(~high + (low == 0 ? 1 : 0), -low);
    }
}
