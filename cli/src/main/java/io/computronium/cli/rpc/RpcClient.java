package io.computronium.cli.rpc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.computronium.cli.json.Fields;
import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** JSON-RPC 2.0 over HTTP. Calls block; an interrupt ends them. Safe for several threads. */
public final class RpcClient implements AutoCloseable {

    /** The largest answer that is read: a full block in hex. */
    private static final int MAX_ANSWER_BYTES = 64 << 20;

    private static final int MAX_DEPTH = 64;

    /** Names and literals only: a host name may begin with {@code 127.} as well. */
    private static final Pattern LOCAL = Pattern.compile("localhost|\\[::1]|127(\\.\\d{1,3}){3}");

    private static final Duration CONNECT = Duration.ofSeconds(3);

    /** More than {@code tx_wait} may take. */
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .maxNumberLength(32)
                                                    .maxStringLength(MAX_ANSWER_BYTES)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final URI endpoint;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT)
                    .build();

    /** One call of a batch. */
    public record Call(String method, ObjectNode params) {}

    public RpcClient(URI endpoint) {
        this.endpoint = endpoint;
    }

    /** An empty set of parameters. */
    public static ObjectNode params() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * Calls {@code method} and returns its result.
     *
     * @throws RpcError if the node answered with an error
     * @throws Failure if it did not answer, or not in JSON-RPC
     */
    public JsonNode call(String method, ObjectNode params) {
        var request = envelope(new Call(method, params), 0);
        return result(exchange(request), 0);
    }

    /**
     * Calls several methods in one request, all or nothing.
     *
     * @return the results in the order of {@code calls}
     * @throws RpcError the first error among the answers
     */
    public List<JsonNode> batch(List<Call> calls) {
        var request = JsonNodeFactory.instance.arrayNode();
        for (int id = 0; id < calls.size(); id++) {
            request.add(envelope(calls.get(id), id));
        }
        var answers = exchange(request);
        if (!answers.isArray() || answers.size() != calls.size()) {
            throw strange("it answered a batch of " + calls.size() + " with something else", null);
        }
        var results = new ArrayList<JsonNode>(calls.size());
        for (int id = 0; id < calls.size(); id++) {
            results.add(result(answerTo(id, answers), id));
        }
        return results;
    }

    /** Whether the node is on this machine, so that no network is between it and us. */
    public boolean isLocal() {
        var host = endpoint.getHost();
        return LOCAL.matcher(host).matches();
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }

    /** What is wrong with an answer, for those who read results. */
    Failure strange(String fault, @Nullable Exception cause) {
        var message = "the answer of " + endpoint + " is not understood: " + fault;
        var next = "check --rpc-url, and that the node has the version of this command";
        return cause == null
                ? new Failure(ErrorCode.NODE_ANSWER, message, next)
                : new Failure(ErrorCode.NODE_ANSWER, message, next, cause);
    }

    private static ObjectNode envelope(Call call, int id) {
        var node =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("jsonrpc", "2.0")
                        .put("id", id)
                        .put("method", call.method);
        node.set("params", call.params);
        return node;
    }

    /** The batch's answer with this id; servers may answer in any order. */
    private JsonNode answerTo(int id, JsonNode answers) {
        for (var answer : answers) {
            if (answer.path("id").isInt() && answer.path("id").intValue() == id) {
                return answer;
            }
        }
        throw strange("call " + id + " of a batch has no answer", null);
    }

    private JsonNode result(JsonNode answer, int id) {
        if (answer.path("error").isObject()) {
            throw error(Fields.of(answer).at("error"));
        }
        if (answer.path("id").asInt(-1) != id || !answer.has("result")) {
            throw strange("neither result nor error", null);
        }
        return answer.path("result");
    }

    private RpcError error(Fields error) {
        var data = error.optional("data");
        try {
            return new RpcError(
                    error.number("code"),
                    error.text("message"),
                    text(data, "reason", "name"),
                    text(data, "detail", "meaning"));
        } catch (IllegalArgumentException e) {
            throw strange(String.valueOf(e.getMessage()), e);
        }
    }

    private static String text(Optional<Fields> data, String name, String otherName) {
        return data.flatMap(fields ->
                        fields.optionalText(name).or(() -> fields.optionalText(otherName)))
                .orElse("");
    }

    private JsonNode exchange(JsonNode body) {
        var request =
                HttpRequest.newBuilder(endpoint)
                        .timeout(ANSWER)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build();
        try {
            var limited = BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES);
            var response = http.send(request, limited);
            if (response.statusCode() != 200) {
                throw strange("HTTP status " + response.statusCode(), null);
            }
            return parse(response.body());
        } catch (HttpTimeoutException e) {
            throw new Failure(
                    ErrorCode.NODE_TIMEOUT,
                    "the node at " + endpoint + " does not answer in time",
                    "look at its log, or ask another node with --rpc-url",
                    e);
        } catch (ConnectException e) {
            throw unreachable(e);
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ErrorCode.NODE_TIMEOUT, "interrupted", "run the command again", e);
        }
    }

    private JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw strange("not JSON", e);
        }
    }

    private Failure unreachable(IOException e) {
        return new Failure(
                ErrorCode.NODE_UNREACHABLE,
                "no node answers at " + endpoint,
                "start one with cptm devnet, or name another with --rpc-url or CPTM_RPC_URL",
                e);
    }
}
