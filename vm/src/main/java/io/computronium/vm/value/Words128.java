package io.computronium.vm.value;

/**
 * Unsigned arithmetic on two 64-bit halves: what the signed and the unsigned integers share, and
 * what a Java {@code long} lacks.
 */
final class Words128 {

    private Words128() {}

    static int compare(long high, long low, long otherHigh, long otherLow) {
        int order = Long.compareUnsigned(high, otherHigh);
        return order != 0 ? order : Long.compareUnsigned(low, otherLow);
    }

    /** 1 if {@code sum}, which is {@code addend} and something else, passed 2^64. */
    static long carry(long sum, long addend) {
        return Long.compareUnsigned(sum, addend) < 0 ? 1 : 0;
    }

    /** 1 if {@code from - what} went below 0. */
    static long borrow(long from, long what) {
        return Long.compareUnsigned(from, what) < 0 ? 1 : 0;
    }

    /**
     * The product.
     *
     * @throws ArithmeticException if it needs more than 128 bits
     */
    static Value.UInt multiply(long high, long low, long otherHigh, long otherLow) {
        if (high != 0 && otherHigh != 0) {
            throw overflow();
        }
        // One of the two products is 0.
        long outer = high == 0 ? otherHigh : high;
        long inner = high == 0 ? low : otherLow;
        if (Math.unsignedMultiplyHigh(outer, inner) != 0) {
            throw overflow();
        }
        long cross = outer * inner;
        long productHigh = Math.unsignedMultiplyHigh(low, otherLow) + cross;
        if (carry(productHigh, cross) != 0) {
            throw overflow();
        }
        return new Value.UInt(productHigh, low * otherLow);
    }

    /**
     * The quotient, rounded down (Hacker's Delight, 2nd edition, section 9-5).
     *
     * @throws ArithmeticException if the divisor is 0
     */
    static Value.UInt divide(long high, long low, long otherHigh, long otherLow) {
        if (otherHigh == 0) {
            if (high == 0) {
                return new Value.UInt(0, Long.divideUnsigned(low, otherLow));
            }
            long quotientHigh = Long.divideUnsigned(high, otherLow);
            long rest = Long.remainderUnsigned(high, otherLow);
            return new Value.UInt(quotientHigh, divideByWord(rest, low, otherLow));
        }
        // The quotient fits 64 bits: it is estimated from the upper bits and is at most 1 off.
        int shift = Long.numberOfLeadingZeros(otherHigh);
        long divisor = shift == 0 ? otherHigh : otherHigh << shift | otherLow >>> (64 - shift);
        long estimate = divideByWord(high >>> 1, high << 63 | low >>> 1, divisor) >>> (63 - shift);
        long quotient = estimate == 0 ? 0 : estimate - 1;
        Value.UInt product = multiply(0, quotient, otherHigh, otherLow);
        long restLow = low - product.low();
        long restHigh = high - product.high() - borrow(low, product.low());
        if (compare(restHigh, restLow, otherHigh, otherLow) >= 0) {
            quotient++;
        }
        return new Value.UInt(0, quotient);
    }

    /** What {@link #divide} leaves over. */
    static Value.UInt remainder(long high, long low, long otherHigh, long otherLow) {
        Value.UInt quotient = divide(high, low, otherHigh, otherLow);
        Value.UInt product = multiply(quotient.high(), quotient.low(), otherHigh, otherLow);
        return new Value.UInt(
                high - product.high() - borrow(low, product.low()), low - product.low());
    }

    /** The greatest integer whose square is at most the number, by Newton's method from above. */
    static long squareRoot(long high, long low) {
        if (high == 0 && low == 0) {
            return 0;
        }
        int half = (bits(high, low) + 1) / 2;
        long root = half == 64 ? -1 : 1L << half;
        while (true) {
            if (Long.compareUnsigned(high, root) >= 0) {
                // The quotient would be 2^64 and more, so the root is small enough.
                return root;
            }
            long quotient = divideByWord(high, low, root);
            if (Long.compareUnsigned(quotient, root) >= 0) {
                return root;
            }
            root = quotient + (root - quotient >>> 1);
        }
    }

    /** The number of bits without leading zeros. */
    static int bits(long high, long low) {
        return high == 0
                ? 64 - Long.numberOfLeadingZeros(low)
                : 128 - Long.numberOfLeadingZeros(high);
    }

    static ArithmeticException overflow() {
        return new ArithmeticException("over 128 bits");
    }

    /**
     * The quotient of 128 bits by 64, two digits of 32 bits one after the other.
     *
     * @param high less than {@code divisor}, so that the quotient fits
     */
    private static long divideByWord(long high, long low, long divisor) {
        int shift = Long.numberOfLeadingZeros(divisor);
        long normal = divisor << shift;
        long upper = shift == 0 ? high : high << shift | low >>> (64 - shift);
        long lower = low << shift;
        long first = digit(upper, lower >>> 32, normal);
        long rest = (upper << 32 | lower >>> 32) - first * normal;
        long second = digit(rest, lower & 0xffff_ffffL, normal);
        return first << 32 | second;
    }

    /**
     * One digit of 32 bits: {@code (upper · 2^32 + next) / normal}.
     *
     * @param upper less than {@code normal}
     * @param normal with its highest bit set
     */
    private static long digit(long upper, long next, long normal) {
        long normalHigh = normal >>> 32;
        long normalLow = normal & 0xffff_ffffL;
        long digit = Long.divideUnsigned(upper, normalHigh);
        long rest = upper - digit * normalHigh;
        while (digit >>> 32 != 0
                || Long.compareUnsigned(digit * normalLow, rest << 32 | next) > 0) {
            digit--;
            rest += normalHigh;
            if (rest >>> 32 != 0) {
                break;
            }
        }
        return digit;
    }
}
