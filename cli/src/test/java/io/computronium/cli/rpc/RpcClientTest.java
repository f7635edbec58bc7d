package io.computronium.cli.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.sun.net.httpserver.HttpServer;
import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whatever answers, a call ends with a result or with an error that has a name. */
final class RpcClientTest {

    private HttpServer server = HttpServer.create();
    private int status = 200;
    private String answer = "";

    RpcClientTest() throws IOException {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        exchange.getRequestBody().readAllBytes();
                        var bytes = answer.getBytes(StandardCharsets.UTF_8);
                        exchange.sendResponseHeaders(status, bytes.length);
                        exchange.getResponseBody().write(bytes);
                    }
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @TestFactory
    Stream<DynamicTest> answersThatAreNotJsonRpc() {
        return Map.ofEntries(
                        Map.entry("nothing", ""),
                        Map.entry("text", "hello"),
                        Map.entry("a page", "<html></html>"),
                        Map.entry("an empty object", "{}"),
                        Map.entry("an array", "[1]"),
                        Map.entry("another id", "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":1}"),
                        Map.entry("no code", "{\"id\":0,\"error\":{\"message\":\"x\"}}"),
                        Map.entry("two values", "{\"id\":0,\"result\":1}{}"),
                        Map.entry("depth", "[".repeat(100_000)),
                        Map.entry("a long number", "{\"id\":0,\"result\":" + "1".repeat(999) + "}"))
                .entrySet()
                .stream()
                .map(entry ->
                        dynamicTest(
                                entry.getKey(),
                                () -> {
                                    answer = entry.getValue();
                                    assertEquals(ErrorCode.NODE_ANSWER, failure().code());
                                }));
    }

    @Test
    void anHttpErrorIsNoAnswer() {
        status = 500;
        answer = "{\"id\":0,\"result\":1}";
        assertEquals(ErrorCode.NODE_ANSWER, failure().code());
    }

    @TestFactory
    Stream<DynamicTest> errorsKeepTheirCode() {
        return Map.of(
                        -32_000, ErrorCode.NODE_ERROR,
                        -32_001, ErrorCode.NOT_FOUND,
                        -32_002, ErrorCode.NOT_FOUND,
                        -32_003, ErrorCode.TRANSACTION_REFUSED,
                        -32_005, ErrorCode.NODE_ERROR,
                        -32_601, ErrorCode.NODE_ERROR)
                .entrySet()
                .stream()
                .map(entry ->
                        dynamicTest(
                                entry.getKey().toString(),
                                () -> {
                                    answer =
                                            "{\"id\":0,\"error\":{\"code\":%d,\"message\":\"m\"}}"
                                                    .formatted(entry.getKey());
                                    var failure = failure();
                                    assertEquals(entry.getValue(), failure.code());
                                    assertEquals(entry.getKey(), ((RpcError) failure).rpcCode());
                                }));
    }

    @Test
    void aBatchNeedsAnAnswerToEachCall() {
        answer = "[{\"id\":0,\"result\":1},{\"id\":0,\"result\":2}]";
        var call = new RpcClient.Call("m", RpcClient.params());
        try (var client = new RpcClient(endpoint())) {
            var failure = assertThrows(Failure.class, () -> client.batch(List.of(call, call)));
            assertEquals(ErrorCode.NODE_ANSWER, failure.code());
        }
    }

    @Test
    void nobodyListens() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (var client = new RpcClient(URI.create("http://127.0.0.1:" + port))) {
            var failure = assertThrows(Failure.class, () -> client.call("m", RpcClient.params()));
            assertEquals(ErrorCode.NODE_UNREACHABLE, failure.code());
        }
    }

    @TestFactory
    Stream<DynamicTest> onlyLoopbackIsLocal() {
        return Map.of(
                        "http://127.0.0.1:7300", true,
                        "http://127.1.2.3", true,
                        "http://localhost:1", true,
                        "http://[::1]:7300", true,
                        "http://10.0.0.1:7300", false,
                        "http://127.0.0.1.example.org", false,
                        "http://localhost.example.org", false,
                        "https://node.example.org", false)
                .entrySet()
                .stream()
                .map(entry ->
                        dynamicTest(
                                entry.getKey(),
                                () -> {
                                    var uri = URI.create(entry.getKey());
                                    try (var client = new RpcClient(uri)) {
                                        assertEquals(entry.getValue(), client.isLocal());
                                    }
                                }));
    }

    private Failure failure() {
        try (var client = new RpcClient(endpoint())) {
            return assertThrows(Failure.class, () -> client.call("m", RpcClient.params()));
        }
    }

    private URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }
}
