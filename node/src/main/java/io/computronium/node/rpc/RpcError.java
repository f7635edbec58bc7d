package io.computronium.node.rpc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** An error that the caller is told. Codes are stable, messages are not. */
final class RpcError extends RuntimeException {

    /** What went wrong, by JSON-RPC code and, where the method is asked for by GET, HTTP status. */
    enum Kind {
        PARSE(-32_700, 400),
        REQUEST(-32_600, 400),
        METHOD(-32_601, 404),
        PARAMS(-32_602, 400),
        INTERNAL(-32_603, 500),
        SYNCING(-32_000, 503),
        NOT_FOUND(-32_001, 404),
        PRUNED(-32_002, 410),
        REFUSED(-32_003, 422),
        LIMIT(-32_005, 429),
        CONTRACT(-32_006, 422);

        final int code;
        final int httpStatus;

        Kind(int code, int httpStatus) {
            this.code = code;
            this.httpStatus = httpStatus;
        }
    }

    private static final long serialVersionUID = 1;

    private final Kind kind;
    private final transient @Nullable ObjectNode data;

    RpcError(Kind kind, String message) {
        this(kind, message, null);
    }

    RpcError(Kind kind, String message, @Nullable ObjectNode data) {
        // An answer, not a fault of this program: nobody will look at the stack.
        super(message, null, false, false);
        this.kind = kind;
        this.data = data;
    }

    static RpcError notFound(String what) {
        return new RpcError(Kind.NOT_FOUND, what + ": not found");
    }

    static RpcError params(String message) {
        return new RpcError(Kind.PARAMS, message);
    }

    static RpcError limit(String message) {
        return new RpcError(Kind.LIMIT, message);
    }

    /** Refused by the pool. */
    static RpcError refused(String reason, String detail) {
        var data = Json.object().put("reason", reason);
        if (!detail.isEmpty()) {
            data.put("detail", detail);
        }
        return new RpcError(Kind.REFUSED, "transaction refused: " + reason, data);
    }

    /**
     * Answered by a contract, or by the kernel in its place.
     *
     * @param code of the contract's error, 1 to 99 if it is the kernel's
     * @param meaning may be empty
     */
    static RpcError contract(long code, String name, String meaning) {
        var data = Json.object().put("code", Long.toString(code)).put("name", name);
        if (!meaning.isEmpty()) {
            data.put("meaning", meaning);
        }
        return new RpcError(Kind.CONTRACT, "contract error: " + name, data);
    }

    Kind kind() {
        return kind;
    }

    /** The error member of an answer. */
    ObjectNode toJson() {
        var json = Json.object().put("code", kind.code).put("message", getMessage());
        if (data != null) {
            json.set("data", data);
        }
        return json;
    }
}
