package io.computronium.vm.contract;

/**
 * Ends a method with an error answer. The kernel takes the method's changes back and hands the
 * answer to whoever called it; a contract that wants to go on calls through {@link Frame#tryCall}.
 * Without a stack trace, since it is control flow and not a defect.
 */
public final class ContractFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int code;

    /**
     * @param code as the caller sees it
     */
    public ContractFailure(int code) {
        super("u" + code, null, false, false);
        this.code = code;
    }

    public int code() {
        return code;
    }
}
