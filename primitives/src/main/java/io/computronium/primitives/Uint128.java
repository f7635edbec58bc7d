package io.computronium.primitives;

import java.math.BigInteger;

/**
 * An unsigned 128-bit integer.
 *
 * @param high the upper 64 bits, unsigned
 * @param low the lower 64 bits, unsigned
 */
public record Uint128(long high, long low) implements Comparable<Uint128> {

    public static final Uint128 ZERO = new Uint128(0, 0);

    /**
     * @param value at least 0
     */
    public static Uint128 of(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("negative: " + value);
        }
        return new Uint128(0, value);
    }

    /**
     * @throws ArithmeticException if {@code value} is negative or needs more than 128 bits
     */
    public static Uint128 of(BigInteger value) {
        if (value.signum() < 0 || value.bitLength() > 128) {
            throw new ArithmeticException("not within 128 bits");
        }
        return new Uint128(value.shiftRight(64).longValue(), value.longValue());
    }

    /**
     * The sum.
     *
     * @throws ArithmeticException if it needs more than 128 bits
     */
    public Uint128 plus(Uint128 other) {
        long sumLow = low + other.low;
        long carry = Long.compareUnsigned(sumLow, low) < 0 ? 1 : 0;
        long sumHigh = high + other.high;
        boolean overflow = Long.compareUnsigned(sumHigh, high) < 0;
        long result = sumHigh + carry;
        if (overflow || (carry == 1 && result == 0)) {
            throw new ArithmeticException("over 128 bits");
        }
        return new Uint128(result, sumLow);
    }

    /**
     * The difference.
     *
     * @throws ArithmeticException if it is negative
     */
    public Uint128 minus(Uint128 other) {
        if (compareTo(other) < 0) {
            throw new ArithmeticException("negative");
        }
        long borrow = Long.compareUnsigned(low, other.low) < 0 ? 1 : 0;
        return new Uint128(high - other.high - borrow, low - other.low);
    }

    /**
     * {@code a · b}, which always fits.
     *
     * @param a at least 0
     * @param b at least 0
     */
    public static Uint128 product(long a, long b) {
        if (a < 0 || b < 0) {
            throw new IllegalArgumentException("negative: " + a + ", " + b);
        }
        return new Uint128(Math.multiplyHigh(a, b), a * b);
    }

    public boolean isZero() {
        return high == 0 && low == 0;
    }

    @Override
    public int compareTo(Uint128 other) {
        int order = Long.compareUnsigned(high, other.high);
        return order != 0 ? order : Long.compareUnsigned(low, other.low);
    }

    public BigInteger toBigInteger() {
        return new BigInteger(Long.toUnsignedString(high))
                .shiftLeft(64)
                .or(new BigInteger(Long.toUnsignedString(low)));
    }

    /** Decimal digits. */
    @Override
    public String toString() {
        return high == 0 ? Long.toUnsignedString(low) : toBigInteger().toString();
    }
}
