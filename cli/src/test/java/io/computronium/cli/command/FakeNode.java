package io.computronium.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A JSON-RPC server on loopback whose methods a test scripts. */
final class FakeNode implements AutoCloseable {

    static final JsonMapper JSON = new JsonMapper();
    static final String GENESIS_HASH = "11".repeat(32);

    private final HttpServer server;
    private final Map<String, Function<JsonNode, JsonNode>> methods = new ConcurrentHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();

    FakeNode() throws IOException {
        // Else every answer waits for a delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
        answer(
                "chain_parameters",
                """
                {"chainId":"devnet","genesisHash":"%s","dev":true,"addressVersion":13}\
                """
                        .formatted(GENESIS_HASH));
        answer(
                "chain_head",
                """
                {"height":"12","blockId":"%s","timeMillis":"1700000000000","parent":"%s",
                 "stateRoot":"%s","proposer":"%s","epoch":"0","baseFee":"1000","gasUsed":"0",
                 "gasLimit":"300000000","transactions":0}\
                """
                        .formatted(hex("ab"), hex("aa"), hex("cd"), hex("ef")));
    }

    static String hex(String pair) {
        return pair.repeat(32);
    }

    /** Lets {@code method} answer with this result from now on. */
    FakeNode answer(String method, String json) {
        return on(method, params -> parse(json));
    }

    FakeNode on(String method, Function<JsonNode, JsonNode> behaviour) {
        methods.put(method, behaviour);
        return this;
    }

    /** The methods called so far, in order. */
    List<String> calls() {
        return calls;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    /** An answer with an error of this code. */
    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int code;
        private final String reason;

        Refusal(int code, String reason) {
            super(reason);
            this.code = code;
            this.reason = reason;
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = JSON.readTree(exchange.getRequestBody());
            JsonNode answer;
            if (request.isArray()) {
                var answers = JSON.createArrayNode();
                // Backwards, as a server may.
                for (int i = request.size() - 1; i >= 0; i--) {
                    answers.add(answer(request.get(i)));
                }
                answer = answers;
            } else {
                answer = answer(request);
            }
            var bytes = JSON.writeValueAsBytes(answer);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private ObjectNode answer(JsonNode request) {
        var method = request.get("method").asText();
        calls.add(method);
        var answer = JSON.createObjectNode().put("jsonrpc", "2.0");
        answer.set("id", request.get("id"));
        try {
            var behaviour = methods.get(method);
            if (behaviour == null) {
                throw new Refusal(-32_601, "");
            }
            answer.set("result", behaviour.apply(request.get("params")));
        } catch (Refusal e) {
            var error = answer.putObject("error").put("code", e.code).put("message", "refused");
            if (!e.reason.isEmpty()) {
                error.putObject("data").put("reason", e.reason).put("detail", "so it is");
            }
        }
        return answer;
    }
}
