package io.computronium.vm.contract;

import java.util.Locale;

/** What a number counts. */
public enum Unit {
    /** Nothing in particular. */
    PLAIN,
    /** Grains of the native coin. */
    COIN,
    /** The smallest units of a token. */
    TOKEN,
    BLOCKS,
    /** Parts of 10,000. */
    BASIS_POINTS;

    /** The name in interfaces: {@code basis-points}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
