package io.computronium.vm.contract;

/** What a number counts. */
public enum Unit {
    /** Nothing in particular. */
    PLAIN("plain"),
    /** Grains of the native coin. */
    COIN("coin"),
    /** The smallest units of a token. */
    TOKEN("token"),
    BLOCKS("blocks"),
    /** Parts of 10,000. */
    BASIS_POINTS("basis-points");

    private final String text;

    Unit(String text) {
        this.text = text;
    }

    /** The name in interfaces. */
    public String text() {
        return text;
    }
}
