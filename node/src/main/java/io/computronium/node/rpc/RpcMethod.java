package io.computronium.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * A method, complete: nothing about it is anywhere else.
 *
 * @param name namespace, underscore, verb or noun
 * @param summary one sentence
 * @param access whether GET serves it too
 * @param cost of a call, in the units of {@link RpcLimits#maxBatchCost}
 * @param handler runs on a virtual thread of the call's own; may block
 */
record RpcMethod<P, R>(
        String name,
        String summary,
        Access access,
        ParamsCodec<P> params,
        ResultCodec<R> result,
        int cost,
        Handler<P, R> handler) {

    /**
     * Runs a call.
     *
     * @throws RpcError if its parameters are not this method's, or the handler has none but an
     *     error
     */
    JsonNode call(ObjectNode given) throws InterruptedException {
        return result.write().apply(handler.handle(params.decode(given)));
    }

    /** As {@link #call}, of the parts of a query. */
    JsonNode query(Map<String, List<String>> query) throws InterruptedException {
        return result.write().apply(handler.handle(params.decodeQuery(query)));
    }

    /** Whether a call changes something. */
    enum Access {
        READ,
        WRITE
    }

    /** Answers a call, or throws {@link RpcError}. */
    @FunctionalInterface
    interface Handler<P, R> {
        R handle(P params) throws InterruptedException;
    }
}
