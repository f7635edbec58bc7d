package io.computronium.genesis;

import io.computronium.primitives.AddressVersions;

/** Which addresses a chain has. */
public enum Network {
    /** The one whose coins are worth something: {@code SC…} and {@code SA…}. */
    MAIN("main"),
    /** Every other: {@code SD…} and {@code SB…}. */
    TEST("test");

    private final String code;

    Network(String code) {
        this.code = code;
    }

    /** Its name in documents. */
    public String code() {
        return code;
    }

    public AddressVersions addresses() {
        return switch (this) {
            case MAIN -> AddressVersions.MAINNET;
            case TEST -> AddressVersions.TESTNET;
        };
    }
}
