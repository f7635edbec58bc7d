package io.computronium.cli.rpc;

import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;

/** The node answered with a JSON-RPC error. */
public final class RpcError extends Failure {

    public static final int SYNCING = -32_000;
    public static final int NOT_FOUND = -32_001;
    public static final int PRUNED = -32_002;
    public static final int REFUSED = -32_003;
    public static final int LIMIT = -32_005;
    public static final int CONTRACT = -32_006;

    private static final long serialVersionUID = 1;

    private final int rpcCode;
    private final String refusal;

    /**
     * @param refusal the pool's reason or the name of a contract's error, empty for other errors
     * @param detail more for people, may be empty
     */
    RpcError(int rpcCode, String message, String refusal, String detail) {
        super(code(rpcCode), describe(rpcCode, message, refusal, detail), next(rpcCode, refusal));
        this.rpcCode = rpcCode;
        this.refusal = refusal;
        with("rpcCode", Integer.toString(rpcCode));
        if (!refusal.isEmpty()) {
            with("reason", refusal);
        }
    }

    public int rpcCode() {
        return rpcCode;
    }

    /**
     * The pool's reason for a refusal, as in {@code TransactionFault.code()}, or the name of a
     * contract's error, else empty.
     */
    public String refusal() {
        return refusal;
    }

    private static ErrorCode code(int rpcCode) {
        return switch (rpcCode) {
            case NOT_FOUND, PRUNED -> ErrorCode.NOT_FOUND;
            case REFUSED -> ErrorCode.TRANSACTION_REFUSED;
            case CONTRACT -> ErrorCode.CONTRACT_ERROR;
            default -> ErrorCode.NODE_ERROR;
        };
    }

    private static String describe(int rpcCode, String message, String refusal, String detail) {
        var what =
                switch (rpcCode) {
                    case REFUSED -> "the node refused the transaction: " + refusal;
                    case CONTRACT -> "the contract answered " + refusal;
                    default -> "the node answered: " + message;
                };
        return detail.isEmpty() ? what : what + " (" + detail + ")";
    }

    private static String next(int rpcCode, String refusal) {
        return switch (rpcCode) {
            case SYNCING -> "wait until cptm node status says that it has caught up";
            case NOT_FOUND -> "check the hash or height, and that it is the right chain";
            case PRUNED -> "ask a node that keeps older blocks";
            case LIMIT -> "ask for less at once";
            case CONTRACT -> "cptm contract interface shows what the contract takes";
            case REFUSED ->
                    switch (refusal) {
                        case "insufficient_fee_balance" ->
                                "send less, or put coins on the account that pays the fee";
                        case "busy", "pool_full", "sender_limit" -> "try again in a few seconds";
                        case "fee_too_low", "expired", "sequence_used" -> "run the command again";
                        default -> "nothing was sent; correct the transaction";
                    };
            default -> "compare cptm --version with the version that cptm node status shows";
        };
    }
}
