package io.computronium.primitives.crypto.batch;

/**
 * Numbers as digits of four bits that are never zero.
 *
 * <p>An odd number n with |n| below 2^(4w) is the sum of w digits d_i·16^i, each of them odd and
 * within ±15: let m = (n + 2^(4w) - 1) / 2, which is within 0 and 2^(4w) - 1, and let m_i be its
 * nibbles; then d_i = 2·m_i - 15, since the sum of these is 2m - 15·(2^(4w) - 1)/15 = n. So m is
 * all that has to be stored, and a nibble is all that a table of the eight odd multiples P, 3P, …,
 * 15P has to be asked with. No digit is zero, so no lane ever adds nothing.
 */
final class Digits {

    private Digits() {}

    /** Which of the odd multiples the lowest nibble of {@code digits} stands for: 0 for P. */
    static int entry(int digits) {
        return isNegative(digits) ? 7 - (digits & 7) : digits & 7;
    }

    /** Whether it is its negative. */
    static boolean isNegative(int digits) {
        return (digits & 8) == 0;
    }
}
