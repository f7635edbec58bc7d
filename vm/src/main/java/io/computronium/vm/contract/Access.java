package io.computronium.vm.contract;

/** Who may call a method, and what it may do. */
public enum Access {
    /** Anyone, a contract as well. */
    PUBLIC("public"),
    /** Anyone, without a transaction too; changes nothing. */
    READ_ONLY("read-only"),
    /**
     * Only the account that the transaction acts for, without a contract between: else any contract
     * that it calls could use its rights.
     */
    DIRECT("direct");

    private final String text;

    Access(String text) {
        this.text = text;
    }

    /** The name in interfaces. */
    public String text() {
        return text;
    }
}
