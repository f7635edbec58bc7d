package io.computronium.node.rpc;

import static io.computronium.node.rpc.HttpSocket.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.computronium.node.metrics.NodeMetrics;
import io.computronium.node.runtime.NodeClock;
import io.computronium.node.runtime.NodeThreads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** A server, and a connection to it, for each test. */
class RunningServer {

    static final RpcLimits LIMITS =
            limits(900, 4_096, 1 << 20, Duration.ofSeconds(5), Duration.ofSeconds(20));

    final FakeNode fake = new FakeNode();
    NodeMetrics metrics = new NodeMetrics("test");
    private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    RpcServer server = start(LIMITS);
    HttpSocket socket = connect();

    private RpcServer start(RpcLimits limits) {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var threads =
                new NodeThreads("test", NodeClock.system(), (_, failure) -> failures.add(failure));
        var config =
                new RpcConfig(
                        address, Set.of("node.example"), Set.of("https://wallet.example"), limits);
        try {
            return new RpcServer(
                    config, RpcMethods.of(fake, fake, fake, fake), fake, fake, metrics, threads);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    HttpSocket connect() {
        try {
            return new HttpSocket(server.address());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    void restart(RpcLimits limits) throws IOException {
        socket.close();
        server.close();
        metrics.close();
        metrics = new NodeMetrics("test");
        server = start(limits);
        socket = connect();
    }

    @AfterEach
    void stop() throws IOException {
        socket.close();
        server.close();
        metrics.close();
        assertEquals(List.of(), failures);
    }

    static String call(String method, String params) {
        return call(1, method, params);
    }

    static String call(int id, String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\",\"params\":%s}"
                .formatted(id, method, params.replace('\'', '"'));
    }

    JsonNode result(String method, String params) throws IOException {
        var answer = socket.exchange(post(call(method, params)));
        assertEquals(200, answer.status());
        assertTrue(answer.json().has("result"), answer.body());
        assertEquals(1, answer.json().get("id").intValue());
        return answer.json().get("result");
    }

    JsonNode error(String method, String params) throws IOException {
        var answer = socket.exchange(post(call(method, params)));
        assertEquals(200, answer.status());
        assertTrue(answer.json().has("error"), answer.body());
        return answer.json().get("error");
    }

    /** Of one connection 4 requests at once. */
    static RpcLimits limits(
            int connections, int running, int answerBytes, Duration request, Duration idle) {
        return new RpcLimits(
                connections, 4, running, 1 << 20, 3 << 20, 50, 1_000, answerBytes, request, idle);
    }
}
