package io.computronium.primitives;

/**
 * The native coin, CPTM, counted in grains: amounts are {@code long}s of 0 to {@link
 * #MAX_SUPPLY_GRAINS}, and only text has a decimal point.
 */
public final class Coin {

    public static final long GRAINS_PER_CPTM = 100_000_000L;

    /** 10^9 CPTM, which leaves a sum of 92 such supplies within a {@code long}. */
    public static final long MAX_SUPPLY_GRAINS = 100_000_000_000_000_000L;

    private static final int MAX_TEXT_LENGTH = 40;
    private static final int DECIMALS = 8;
    private static final String CPTM = "cptm";
    private static final String GRAIN = "grain";

    private Coin() {}

    /**
     * Reads an amount with its unit: {@code 1.5cptm} or {@code 150000000grain}, in either case,
     * with at most one space before the unit, so that {@link #format} is read back.
     *
     * @param text looked at only if it has at most 40 characters
     * @return grains, 0 to {@link #MAX_SUPPLY_GRAINS}
     * @throws IllegalArgumentException on anything else, with a message that says what to type
     */
    public static long parse(String text) {
        if (text.length() > MAX_TEXT_LENGTH) {
            throw refused("an amount has at most 40 characters");
        }
        int end = 0;
        while (end < text.length() && (isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        var number = text.substring(0, end);
        var unit = text.substring(text.startsWith(" ", end) ? end + 1 : end);
        if (number.isEmpty()) {
            throw refused("an amount starts with a digit and has no sign");
        }
        if (unit.isEmpty()) {
            throw refused("an amount needs its unit");
        }
        if (unit.equalsIgnoreCase(CPTM)) {
            return grains(number, DECIMALS);
        }
        if (unit.equalsIgnoreCase(GRAIN)) {
            return grains(number, 0);
        }
        throw refused("an amount is plain digits and one of the units cptm and grain");
    }

    /**
     * The exact amount in CPTM without trailing zeros: {@code 1.5 CPTM}, {@code -0.00000001 CPTM}.
     */
    public static String format(long grains) {
        var digits = new StringBuilder(30);
        if (grains < 0) {
            digits.append('-');
        }
        // Division first: the absolute value of Long.MIN_VALUE does not exist, that of a quotient
        // does.
        digits.append(Math.abs(grains / GRAINS_PER_CPTM));
        long fraction = Math.abs(grains % GRAINS_PER_CPTM);
        if (fraction != 0) {
            // The leading 1 keeps the zeros after the point.
            var padded = Long.toString(GRAINS_PER_CPTM + fraction);
            int last = padded.length();
            while (padded.charAt(last - 1) == '0') {
                last--;
            }
            digits.append('.').append(padded, 1, last);
        }
        return digits.append(" CPTM").toString();
    }

    private static long grains(String number, int decimals) {
        int point = number.indexOf('.');
        var whole = point < 0 ? number : number.substring(0, point);
        var fraction = point < 0 ? "" : number.substring(point + 1);
        if (point >= 0 && decimals == 0) {
            throw refused("a grain cannot be divided");
        }
        if (whole.isEmpty() || (point >= 0 && fraction.isEmpty()) || fraction.indexOf('.') >= 0) {
            throw refused("an amount has digits on both sides of one point");
        }
        if (fraction.length() > decimals) {
            throw refused("an amount in cptm has at most 8 decimals");
        }
        long grains = 0;
        for (int i = 0; i < whole.length() + decimals; i++) {
            int digit = i < whole.length() ? digit(whole, i) : digit(fraction, i - whole.length());
            grains = grains * 10 + digit;
            if (grains > MAX_SUPPLY_GRAINS) {
                throw refused("there will never be more than " + format(MAX_SUPPLY_GRAINS));
            }
        }
        return grains;
    }

    /** The digit at {@code index}; those after the end are zeros. */
    private static int digit(String digits, int index) {
        return index < digits.length() ? digits.charAt(index) - '0' : 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static IllegalArgumentException refused(String reason) {
        return new IllegalArgumentException(
                reason + "; type an amount like 1.5cptm or 150000000grain");
    }
}
