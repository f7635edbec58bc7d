package io.computronium.vm.value;

/** The rules of powers and logarithms that signed and unsigned integers share. */
final class Exponents {

    private Exponents() {}

    /** The exponent, if it has at most 32 bits. */
    static long of(long high, long low) {
        if (high != 0 || low >>> 32 != 0) {
            throw new ArithmeticException("the exponent is not in 0..2^32-1");
        }
        return low;
    }

    /**
     * @param high not negative if it is the half of a signed integer
     */
    static int log2(long high, long low) {
        if (high == 0 && low == 0) {
            throw new ArithmeticException("0 has no logarithm");
        }
        return Words128.bits(high, low) - 1;
    }
}
