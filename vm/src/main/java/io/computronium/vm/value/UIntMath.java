package io.computronium.vm.value;

import io.computronium.vm.value.Value.UInt;

/**
 * Arithmetic of the language's unsigned integers (SIP-002). Nothing wraps: whatever has no result
 * of 128 bits throws {@link ArithmeticException}.
 */
public final class UIntMath {

    private UIntMath() {}

    public static int compare(UInt a, UInt b) {
        return Words128.compare(a.high(), a.low(), b.high(), b.low());
    }

    public static UInt plus(UInt a, UInt b) {
        long low = a.low() + b.low();
        long high = a.high() + b.high();
        long sum = high + Words128.carry(low, a.low());
        // Either addition may pass the end, but not both.
        if (Words128.carry(high, a.high()) != 0 || Words128.carry(sum, high) != 0) {
            throw Words128.overflow();
        }
        return new UInt(sum, low);
    }

    public static UInt minus(UInt a, UInt b) {
        if (compare(a, b) < 0) {
            throw new ArithmeticException("below 0");
        }
        return new UInt(a.high() - b.high() - Words128.borrow(a.low(), b.low()), a.low() - b.low());
    }

    public static UInt times(UInt a, UInt b) {
        return Words128.multiply(a.high(), a.low(), b.high(), b.low());
    }

    /** Rounded down. */
    public static UInt divide(UInt a, UInt b) {
        return Words128.divide(a.high(), a.low(), b.high(), b.low());
    }

    public static UInt mod(UInt a, UInt b) {
        return Words128.remainder(a.high(), a.low(), b.high(), b.low());
    }

    /**
     * {@code base} to the power of {@code exponent}. An exponent over 32 bits has no result, except
     * that of 0 and 1, where it does not matter.
     */
    public static UInt pow(UInt base, UInt exponent) {
        if (base.high() == 0 && base.low() == 1) {
            return base;
        }
        boolean zeroth = exponent.high() == 0 && exponent.low() == 0;
        if (base.high() == 0 && base.low() == 0 && !zeroth) {
            return base;
        }
        UInt result = UInt.of(1);
        UInt square = base;
        for (long left = Exponents.of(exponent.high(), exponent.low()); left != 0; ) {
            if ((left & 1) != 0) {
                result = times(result, square);
            }
            left >>>= 1;
            if (left != 0) {
                square = times(square, square);
            }
        }
        return result;
    }

    /** The square root, rounded down. */
    public static UInt sqrti(UInt a) {
        return new UInt(0, Words128.squareRoot(a.high(), a.low()));
    }

    /** The logarithm to the base of 2, rounded down; of 0 there is none. */
    public static UInt log2(UInt a) {
        return UInt.of(Exponents.log2(a.high(), a.low()));
    }
}
