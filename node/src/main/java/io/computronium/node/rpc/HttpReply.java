package io.computronium.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An answer to an {@link HttpCall}, before it is on the network. */
final class HttpReply {

    final int status;
    final Map<String, String> headers;
    final byte[] body;

    private HttpReply(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    static HttpReply json(int status, byte[] body) {
        return new HttpReply(status, Map.of("content-type", "application/json"), body);
    }

    static HttpReply json(int status, JsonNode body) {
        return json(status, Json.write(body));
    }

    static HttpReply text(int status, String text) {
        return text(status, "text/plain; charset=utf-8", text + "\n");
    }

    static HttpReply text(int status, String contentType, String text) {
        return new HttpReply(
                status, Map.of("content-type", contentType), text.getBytes(StandardCharsets.UTF_8));
    }

    static HttpReply empty(int status, Map<String, String> headers) {
        return new HttpReply(status, headers, new byte[0]);
    }

    /** In the shape of a JSON-RPC error without a request. */
    static HttpReply error(int status, RpcError error) {
        return json(status, JsonRpc.failure(error));
    }
}
