package io.computronium.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.computronium.node.metrics.NodeMetrics;
import io.computronium.node.rpc.RpcError.Kind;
import io.computronium.node.rpc.RpcMethod.Access;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JSON-RPC 2.0 (jsonrpc.org/specification): bytes of a request to bytes of its answer. Blocks until
 * the handlers are done, so it is called on virtual threads. The entries of a batch run at once.
 */
final class JsonRpc {

    private static final Logger LOG = LoggerFactory.getLogger(JsonRpc.class);
    private static final String UNKNOWN_METHOD = "unknown";

    private final RpcMethods methods;
    private final RpcLimits limits;
    private final ExecutorService executor;
    private final NodeMetrics metrics;
    private final AtomicInteger running = new AtomicInteger();

    JsonRpc(RpcMethods methods, RpcLimits limits, ExecutorService executor, NodeMetrics metrics) {
        this.methods = methods;
        this.limits = limits;
        this.executor = executor;
        this.metrics = metrics;
    }

    /** The answer to a request, or nothing if it holds only notifications. */
    Optional<byte[]> answer(byte[] body) throws InterruptedException {
        JsonNode request;
        try {
            request = Json.parse(body);
            if (request.isArray()) {
                checkBatch(request);
            }
        } catch (RpcError e) {
            metrics.rpcAnswered(UNKNOWN_METHOD, e.kind().code, 0);
            return Optional.of(Json.write(failure(e)));
        }
        return request.isArray() ? batch(request) : single(request).map(Json::write);
    }

    /**
     * The result of one method for a query.
     *
     * @throws RpcError if there is none
     */
    JsonNode query(String name, Map<String, List<String>> query) throws InterruptedException {
        return measured(
                name,
                () -> {
                    var method = method(name);
                    if (method.access() != Access.READ) {
                        throw new RpcError(Kind.METHOD, "by POST only");
                    }
                    return method.query(query);
                });
    }

    private void checkBatch(JsonNode batch) {
        if (batch.isEmpty()) {
            throw new RpcError(Kind.REQUEST, "empty batch");
        }
        if (batch.size() > limits.maxBatch()) {
            throw RpcError.limit("a batch has at most " + limits.maxBatch() + " entries");
        }
        int cost = 0;
        for (var entry : batch) {
            cost += methods.find(entry.path("method").asText()).map(RpcMethod::cost).orElse(1);
        }
        if (cost > limits.maxBatchCost()) {
            throw RpcError.limit(
                    "a batch costs at most %d, this one %d".formatted(limits.maxBatchCost(), cost));
        }
    }

    private Optional<byte[]> batch(JsonNode batch) throws InterruptedException {
        List<Future<Optional<ObjectNode>>> answers = new ArrayList<>(batch.size());
        for (var entry : batch) {
            answers.add(executor.submit(() -> single(entry)));
        }
        var encoded = new ByteArrayOutputStream();
        for (int i = 0; i < answers.size(); i++) {
            var answer = get(answers.get(i));
            if (answer.isPresent()) {
                var bytes = Json.write(answer.get());
                if (encoded.size() + bytes.length > limits.maxAnswerBytes()) {
                    var full = RpcError.limit("the answers to the batch are too large together");
                    bytes = Json.write(failure(id(batch.get(i)), full));
                }
                encoded.write(encoded.size() == 0 ? '[' : ',');
                encoded.writeBytes(bytes);
            }
        }
        if (encoded.size() == 0) {
            return Optional.empty();
        }
        encoded.write(']');
        return Optional.of(encoded.toByteArray());
    }

    private static Optional<ObjectNode> get(Future<Optional<ObjectNode>> answer)
            throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("answering failed", e.getCause());
        }
    }

    /** Nothing for a notification, which runs all the same. */
    private Optional<ObjectNode> single(JsonNode request) throws InterruptedException {
        boolean isNotification = request.isObject() && !request.has("id");
        ObjectNode answer;
        try {
            var name = checkEnvelope(request);
            var result = measured(name, () -> invoke(name, request.path("params")));
            answer = envelope(id(request));
            answer.set("result", result);
        } catch (RpcError e) {
            answer = failure(id(request), e);
            isNotification &= e.kind() != Kind.REQUEST;
        }
        return isNotification ? Optional.empty() : Optional.of(answer);
    }

    private static String checkEnvelope(JsonNode request) {
        var version = request.path("jsonrpc");
        var method = request.path("method");
        var id = request.path("id");
        if (!request.isObject() || !version.isTextual() || !version.textValue().equals("2.0")) {
            throw new RpcError(Kind.REQUEST, "an object with \"jsonrpc\": \"2.0\" expected");
        }
        if (!method.isTextual()) {
            throw new RpcError(Kind.REQUEST, "method: a string expected");
        }
        if (!isId(id) && !id.isMissingNode()) {
            throw new RpcError(Kind.REQUEST, "id: a string, a number or null expected");
        }
        return method.textValue();
    }

    private JsonNode invoke(String name, JsonNode params) throws InterruptedException {
        if (params.isMissingNode()) {
            return method(name).call(Json.object());
        }
        if (params instanceof ObjectNode object) {
            return method(name).call(object);
        }
        throw RpcError.params("parameters go by name, in an object");
    }

    private RpcMethod<?, ?> method(String name) {
        return methods.find(name).orElseThrow(() -> new RpcError(Kind.METHOD, "no such method"));
    }

    @FunctionalInterface
    private interface Call {
        JsonNode run() throws InterruptedException;
    }

    /** Runs a call if not too many run already, and turns a fault of ours into an error. */
    private JsonNode measured(String name, Call call) throws InterruptedException {
        long start = System.nanoTime();
        int code = 0;
        try {
            if (running.incrementAndGet() > limits.maxRunning()) {
                throw RpcError.limit("too many calls at once");
            }
            return call.run();
        } catch (RpcError e) {
            code = e.kind().code;
            throw e;
        } catch (RuntimeException e) {
            LOG.error("RPC method {} failed", name, e);
            code = Kind.INTERNAL.code;
            throw new RpcError(Kind.INTERNAL, "internal error");
        } finally {
            running.decrementAndGet();
            var label = methods.find(name).isPresent() ? name : UNKNOWN_METHOD;
            metrics.rpcAnswered(label, code, System.nanoTime() - start);
        }
    }

    private static boolean isId(JsonNode id) {
        return id.isTextual() || id.isNumber() || id.isNull();
    }

    /** The request's id where it can be told, else null. */
    private static JsonNode id(JsonNode request) {
        var id = request.path("id");
        return isId(id) ? id : NullNode.getInstance();
    }

    private static ObjectNode envelope(JsonNode id) {
        var answer = Json.object().put("jsonrpc", "2.0");
        answer.set("id", id);
        return answer;
    }

    /** An error that belongs to no request. */
    static ObjectNode failure(RpcError error) {
        return failure(NullNode.getInstance(), error);
    }

    private static ObjectNode failure(JsonNode id, RpcError error) {
        var answer = envelope(id);
        answer.set("error", error.toJson());
        return answer;
    }
}
