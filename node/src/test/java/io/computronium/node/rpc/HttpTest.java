package io.computronium.node.rpc;

import static io.computronium.node.rpc.HttpSocket.get;
import static io.computronium.node.rpc.HttpSocket.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.node.runtime.NodeClock;
import io.computronium.node.runtime.NodeThreads;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connections, targets and pages. */
final class HttpTest extends RunningServer {

    @Test
    void bodyIsBounded() throws IOException {
        int limit = LIMITS.maxBodyBytes();
        var fits = call("chain_head", "{}");
        fits += " ".repeat(limit - fits.length());
        assertEquals(200, socket.exchange(post(fits)).status());
        var answer = socket.exchange(post(fits + " "));
        assertEquals(413, answer.status());
        assertEquals(-32005, answer.errorCode());
        assertEquals("close", answer.headers().get("connection"));
        socket.close();
        socket = connect();
        result("chain_head", "{}");
    }

    @Test
    void chunkedBodyIsBoundedToo() throws IOException {
        socket.send("POST / HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n");
        for (int i = 0; i < 17; i++) {
            socket.send("10000\r\n" + " ".repeat(0x10000) + "\r\n");
        }
        assertEquals(413, socket.read().status());
    }

    @Test
    @Timeout(20)
    void bodiesOfAllConnectionsTogetherAreBounded() throws Exception {
        var almost =
                "POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: %d\r\n\r\n"
                                .formatted(1 << 20)
                        + " ".repeat((1 << 20) - 1);
        try (var first = connect();
                var second = connect();
                var third = connect()) {
            first.send(almost);
            second.send(almost);
            third.send(almost);
            awaitFull();
            third.send(" ");
            assertEquals(-32700, third.read().errorCode());
            assertTrue(takesBodies()); // what is answered is given back
            third.send(almost);
            awaitFull();
        }
        while (!takesBodies()) { // and so is what was cut off
            Thread.sleep(5);
        }
    }

    /** Asks only once the bodies had time to arrive, since the question needs room as well. */
    private void awaitFull() throws Exception {
        do {
            Thread.sleep(1_000);
        } while (takesBodies());
    }

    private boolean takesBodies() throws IOException {
        try (var other = connect()) {
            other.send(post(" ".repeat(100)));
            return other.read().errorCode() == -32700;
        } catch (EOFException | SocketException e) {
            return false;
        }
    }

    @Test
    void readsByGet() throws IOException {
        assertEquals(
                result("chain_block", "{'height':'1','transactions':'full'}"),
                socket.exchange(get("/v1/chain_block?height=1&transactions=full")).json());
        var wait = "/v1/tx_wait?timeoutMillis=1&id=" + FakeNode.SUCCEEDED.id();
        assertEquals("final", socket.exchange(get(wait)).json().get("status").textValue());
        assertEquals(200, socket.exchange(get("/v1/chain_supply?proof=false")).status());
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  /v1/chain_block?height=2,            404, -32001",
        "GET,  /v1/chain_block?height=0,            410, -32002",
        "GET,  /v1/chain_block?height=1&height=2,   400, -32602",
        "GET,  /v1/chain_block?hight=1,             400, -32602",
        "GET,  /v1/tx_wait?id=00&timeoutMillis=x,   400, -32602",
        "GET,  /v1/tx_submit?transaction=00,        404, -32601",
        "GET,  /v1/nothing,                         404, -32601",
        "GET,  /v1/,                                404, -32601",
        "GET,  /nothing,                            404, 0",
        "GET,  /%zz,                                400, 0",
        "GET,  /,                                   405, 0",
        "POST, /v1/chain_head,                      404, 0",
        "PUT,  /,                                   405, 0",
        "HEAD, /livez,                              405, 0",
    })
    void otherTargets(String method, String target, int status, int code) throws IOException {
        var request =
                "%s %s HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0\r\n\r\n"
                        .formatted(method, target);
        socket.send(request);
        var answer = socket.read();
        assertEquals(status, answer.status());
        if (code != 0) {
            assertEquals(code, answer.errorCode());
        }
    }

    @Test
    void probes() throws IOException {
        assertEquals("ok\n", socket.exchange(get("/livez")).body());
        assertEquals(200, socket.exchange(get("/readyz")).status());
        assertEquals(200, socket.exchange(get("/readyz?minPeers=2&maxLag=2")).status());
        assertEquals(503, socket.exchange(get("/readyz?minPeers=3")).status());
        assertEquals(503, socket.exchange(get("/readyz?maxLag=1")).status());
        assertEquals(400, socket.exchange(get("/readyz?minPeers=-1")).status());
        var verbose = socket.exchange(get("/readyz?minPeers=3&verbose"));
        assertEquals(503, verbose.status());
        assertTrue(verbose.body().contains("[-] peers: 2 of 3"), verbose.body());
        assertTrue(verbose.body().contains("[+] lag: 2 of at most 5"), verbose.body());
        fake.syncing = true;
        assertEquals(503, socket.exchange(get("/readyz")).status());
        assertEquals(200, socket.exchange(get("/livez")).status());
        fake.running = false;
        assertEquals(503, socket.exchange(get("/livez")).status());
        assertEquals("{\"version\":\"0.1.0\"}", socket.exchange(get("/version")).body());
    }

    @Test
    void metricsCountCallsAndInventNoLabels() throws IOException {
        result("chain_head", "{}");
        error("no_such_method", "{}");
        var page = socket.exchange(get("/metrics"));
        assertTrue(
                page.headers()
                        .getOrDefault("content-type", "")
                        .startsWith("text/plain; version=0.0.4"));
        assertTrue(
                page.body()
                        .contains(
                                "cptm_rpc_seconds_count{code=\"0\",method=\"chain_head\",node=\"test\"}"
                                    + " 1"),
                page.body());
        assertTrue(page.body().contains("code=\"-32601\",method=\"unknown\""), page.body());
        assertFalse(page.body().contains("no_such_method"));
        assertTrue(page.body().contains("cptm_rpc_connections{node=\"test\"} 1"), page.body());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "localhost,          -,                         200",
                "LOCALHOST:7300,     -,                         200",
                "127.0.0.1:7300,     -,                         200",
                "[::1]:7300,         -,                         200",
                "node.example,       -,                         200",
                "evil.example,       -,                         403",
                "127.0.0.1.evil.com, -,                         403",
                "localhost.evil.com, -,                         403",
                "localhost,          http://localhost:3000,     200",
                "localhost,          http://127.0.0.1,          200",
                "localhost,          https://wallet.example,    200",
                "localhost,          https://wallet.example.io, 403",
                "localhost,          https://evil.example,      403",
                "localhost,          http://localhost.evil.com, 403",
                "localhost,          null,                      403",
            })
    void hostAndOrigin(String host, String origin, int status) throws IOException {
        var headers = origin == null ? new String[1] : new String[2];
        headers[0] = "host: " + host;
        if (origin != null) {
            headers[1] = "origin: " + origin;
        }
        var answer = socket.exchange(post(call("chain_head", "{}"), headers));
        assertEquals(status, answer.status());
        boolean shared = origin != null && status == 200;
        assertEquals(shared ? origin : null, answer.headers().get("access-control-allow-origin"));
    }

    @Test
    void requestsWithoutHostAreRefused() throws IOException {
        assertEquals(403, socket.exchange("GET /livez HTTP/1.1\r\n\r\n").status());
        assertEquals(403, socket.exchange("GET /livez HTTP/1.0\r\n\r\n").status());
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws IOException {
        var slow = "{'id':'" + FakeNode.WAITING.id() + "','timeoutMillis':100}";
        var requests = new StringBuilder(post(call(0, "tx_wait", slow)));
        IntStream.range(1, 40).forEach(id -> requests.append(post(call(id, "chain_head", "{}"))));
        socket.send(requests.toString());
        for (int id = 0; id < 40; id++) {
            assertEquals(id, socket.read().json().get("id").intValue());
        }
    }

    @Test
    void unansweredRequestsHoldTheConnectionBack() throws Exception {
        var started = new Semaphore(0);
        var release = new CountDownLatch(1);
        fake.beforeStatus =
                () -> {
                    started.release();
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                };
        for (int id = 0; id < 10; id++) {
            socket.send(post(call(id, "node_status", "{}")));
        }
        assertTrue(started.tryAcquire(4, 5, TimeUnit.SECONDS));
        assertFalse(started.tryAcquire(200, TimeUnit.MILLISECONDS), "a fifth one ran");
        try (var other = connect()) { // the others' connections are not held back
            assertEquals(200, other.exchange(get("/v1/chain_head")).status());
        }
        release.countDown();
        for (int id = 0; id < 10; id++) {
            assertEquals(id, socket.read().json().get("id").intValue());
        }
    }

    @Test
    void slowRequestsAreCutOff() throws Exception {
        restart(limits(900, 100, 1 << 20, Duration.ofMillis(300), Duration.ofSeconds(20)));
        socket.send(
                post(call("chain_head", "{}"), "content-type: application/json").substring(0, 40));
        long start = System.nanoTime();
        for (int i = 0; i < 4; i++) {
            Thread.sleep(50);
            socket.send("x");
        }
        assertTrue(socket.isClosed());
        assertTrue(System.nanoTime() - start > Duration.ofMillis(250).toNanos());
    }

    @Test
    void idleConnectionsAreClosed() throws IOException {
        restart(limits(900, 100, 1 << 20, Duration.ofSeconds(5), Duration.ofMillis(200)));
        assertEquals(200, socket.exchange(get("/livez")).status());
        assertTrue(socket.isClosed());
    }

    @Test
    void connectionsAreBounded() throws Exception {
        restart(limits(2, 100, 1 << 20, Duration.ofSeconds(5), Duration.ofSeconds(20)));
        assertEquals(200, socket.exchange(get("/livez")).status());
        try (var second = connect()) {
            assertEquals(200, second.exchange(get("/livez")).status());
            try (var third = connect()) {
                var refusal = third.read();
                assertEquals(503, refusal.status());
                assertEquals(-32005, refusal.errorCode());
                assertTrue(third.isClosed());
            }
        }
        HttpSocket.Answer answer;
        do { // until the server has seen the second one close
            Thread.sleep(10);
            try (var next = connect()) {
                answer = next.exchange(get("/livez"));
            }
        } while (answer.status() == 503);
        assertEquals(200, answer.status());
    }

    @Test
    void garbageIsAnsweredOnceAndClosed() throws IOException {
        socket.send("\u0001\u0002 garbage\r\n\r\n");
        assertEquals(400, socket.read().status());
        assertTrue(socket.isClosed());
        try (var other = connect()) {
            other.send("GET /" + "a".repeat(20_000) + " HTTP/1.1\r\n\r\n");
            assertEquals(400, other.read().status());
        }
    }

    @Test
    void keepAliveAndClose() throws IOException {
        var first = socket.exchange(get("/livez"));
        assertNotEquals("close", first.headers().get("connection"));
        var last = socket.exchange(get("/livez", "connection: close"));
        assertEquals("close", last.headers().get("connection"));
        assertTrue(socket.isClosed());
    }

    @Test
    void addressInUseIsNamed() {
        var taken = server.address();
        var config = RpcConfig.at(taken);
        var threads = new NodeThreads("other", NodeClock.system(), (_, _) -> {});
        var methods = RpcMethods.of(fake, fake, fake, fake);
        try {
            new RpcServer(config, methods, fake, fake, metrics, threads).close();
            throw new AssertionError("listens twice");
        } catch (IOException e) {
            assertTrue(String.valueOf(e.getMessage()).contains(Integer.toString(taken.getPort())));
        }
    }
}
