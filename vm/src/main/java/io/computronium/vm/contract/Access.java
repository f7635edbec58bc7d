package io.computronium.vm.contract;

import java.util.Locale;

/** Who may call a method, and what it may do. */
public enum Access {
    /** Anyone, a contract as well. */
    PUBLIC,
    /** Anyone, without a transaction too; changes nothing. */
    READ_ONLY,
    /**
     * Only the account that the transaction acts for, without a contract between: else any contract
     * that it calls could use its rights.
     */
    DIRECT;

    /** The name in interfaces: {@code read-only}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
