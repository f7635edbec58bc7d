package io.computronium.node.rpc;

import static io.computronium.node.rpc.HttpSocket.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is no request, or asks for too much. */
final class RequestsTest extends RunningServer {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                                        | -32700",
                "{                                                         | -32700",
                "{\"jsonrpc\":\"2.0\"} x                                   | -32700",
                "{\"id\":1,\"id\":2}                                       | -32700",
                "{\"a\":NaN}                                               | -32700",
                "[]                                                        | -32600",
                "{}                                                        | -32600",
                "1                                                         | -32600",
                "null                                                      | -32600",
                "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"chain_head\"}  | -32600",
                "{\"jsonrpc\":2.0,\"id\":1,\"method\":\"chain_head\"}      | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":5}               | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":[],\"method\":\"chain_head\"} | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"chain_tail\"}  | -32601",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\"}            | -32601",
            })
    void whatIsNoRequest(String body, int code) throws IOException {
        var answer = socket.exchange(post(body));
        assertEquals(200, answer.status());
        assertEquals(code, answer.errorCode(), answer.body());
        assertTrue(answer.json().has("id"));
        result("chain_head", "{}"); // and the connection goes on
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "chain_head     | {'x':1}                             | -32602 | x: no such",
                "chain_head     | ['latest']                          | -32602 | by name",
                "chain_head     | 'latest'                            | -32602 | by name",
                "chain_block    | {}                                  | -32602 | height, blockId",
                "chain_block    | {'height':'1','blockId':'00'}       | -32602 | blockId: a hash",
                "chain_block    | {'height':1}                        | -32602 | height",
                "chain_block    | {'height':'-1'}                     | -32602 | height",
                "chain_block    | {'height':'01'}                     | -32602 | height",
                "chain_block    | {'height':'9999999999999999999'}    | -32602 | height",
                "chain_block    | {'height':'1','transactions':'all'} | -32602 | transactions",
                "chain_block    | {'height':'2'}                      | -32001 | block 2",
                "chain_block    | {'height':'0'}                      | -32002 | block 0",
                "chain_supply   | {'at':'0'}                          | -32002 | height 0",
                "chain_supply   | {'at':'7'}                          | -32001 | height 7",
                "chain_supply   | {'proof':true}                      | -32602 | proof: not yet",
                "account_get    | {}                                  | -32602 | address: required",
                "account_get    | {'address':null}                    | -32602 | address: required",
                "account_get    | {'address':'SD0000'}                | -32602 | address: ",
                "account_get    | {'address':'SC00000000000000000000ERBZ0J'} | -32602 | network",
                "tx_status      | {'id':'xy'}                         | -32602 | id: ",
                "tx_get         | {'id':'${00}'}                      | -32001 | transaction 00",
                "tx_wait        | {'id':'${00}'}                      | -32602 | timeoutMillis:"
                        + " req",
                "tx_wait        | {'id':'${00}','timeoutMillis':10001}| -32602 | timeoutMillis",
                "tx_wait        | {'id':'${00}','timeoutMillis':1.5}  | -32602 | timeoutMillis",
                "tx_wait        | {'id':'${00}','timeoutMillis':'5'}  | -32602 | timeoutMillis",
                "tx_submit      | {'transaction':5}                   | -32602 | transaction",
                "tx_simulate    | {'transaction':'zz'}                | -32003 | malformed",
                "tx_simulate    | {'transaction':'0102'}              | -32003 | malformed",
            })
    void whatIsNoParameter(String method, String params, int code, String message)
            throws IOException {
        var error = error(method, params.replace("${00}", "00".repeat(32)));
        assertEquals(code, error.get("code").intValue(), error.toString());
        assertTrue(error.get("message").textValue().contains(message), error.toString());
    }

    @Test
    void depthIsBounded() throws IOException {
        // The object and its parameters are two levels of it.
        var deepest = "[".repeat(14) + "]".repeat(14);
        assertEquals(-32602, error("chain_head", "{\"x\":" + deepest + "}").get("code").intValue());
        var answer = socket.exchange(post(call("chain_head", "{\"x\":[" + deepest + "]}")));
        assertEquals(-32005, answer.errorCode());
        assertEquals(-32005, socket.exchange(post("[".repeat(500_000))).errorCode());
    }

    @Test
    void numbersAreBounded() throws IOException {
        for (String number : List.of("9".repeat(1_000_000), "0." + "1".repeat(1_000_000))) {
            var answer = socket.exchange(post(call("chain_head", "{\"x\":" + number + "}")));
            assertEquals(-32005, answer.errorCode(), answer.body());
        }
        var huge = socket.exchange(post(call("chain_head", "{\"x\":1e999999999}")));
        assertEquals(-32602, huge.errorCode());
    }

    @Test
    void invalidTextIsNoJson() throws IOException {
        socket.send("POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 4\r\n\r\n");
        socket.send(new byte[] {'"', (byte) 0xc3, '(', '"'});
        assertEquals(-32700, socket.read().errorCode());
    }

    @Test
    void batchIsBoundedByCountAndCost() throws IOException {
        var heads = Collections.nCopies(50, call("chain_head", "{}"));
        assertEquals(50, socket.exchange(post(heads.toString())).json().size());
        var more = new ArrayList<>(heads);
        more.add(call("chain_head", "{}"));
        assertEquals(-32005, socket.exchange(post(more.toString())).errorCode());
        var dear = Collections.nCopies(21, call("chain_block", "{'height':'1'}"));
        assertEquals(-32005, socket.exchange(post(dear.toString())).errorCode());
        assertEquals(20, socket.exchange(post(dear.subList(0, 20).toString())).json().size());
    }

    @Test
    void answersToABatchAreBoundedTogether() throws IOException {
        restart(limits(900, 100, 2_000, Duration.ofSeconds(5), Duration.ofSeconds(20)));
        var calls = Collections.nCopies(20, call("chain_block", "{'height':'1'}"));
        var answers = socket.exchange(post(calls.toString())).json();
        assertEquals(20, answers.size());
        assertTrue(answers.get(0).has("result"));
        assertEquals(-32005, answers.get(19).path("error").path("code").intValue());
    }

    @Test
    void batchIsAnsweredInOrderAndNotificationsAreNot() throws IOException {
        var notification = "{\"jsonrpc\":\"2.0\",\"method\":\"chain_head\"}";
        var text = "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"chain_head\"}";
        var nobody = "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"chain_head\"}";
        var batch =
                List.of(
                        call(7, "nope", "{}"),
                        notification,
                        "5",
                        text,
                        nobody,
                        call(8, "chain_head", "{}"));
        var answers = socket.exchange(post(batch.toString())).json();
        assertEquals(5, answers.size());
        assertEquals(-32601, answers.get(0).path("error").path("code").intValue());
        assertEquals(7, answers.get(0).path("id").intValue());
        assertEquals(-32600, answers.get(1).path("error").path("code").intValue());
        assertEquals("a", answers.get(2).path("id").textValue());
        assertTrue(answers.get(3).path("id").isNull() && answers.get(3).has("result"));
        assertEquals(8, answers.get(4).path("id").intValue());

        assertEquals(204, socket.exchange(post(notification)).status());
        assertEquals(
                204,
                socket.exchange(post(List.of(notification, notification).toString())).status());
        result("chain_head", "{}");
    }

    @Test
    void faultsOfOursAreNotShown() throws IOException {
        fake.beforeStatus =
                () -> {
                    throw new IllegalStateException("secret");
                };
        var error = error("node_status", "{}");
        assertEquals(-32603, error.get("code").intValue());
        assertFalse(error.toString().contains("secret"));
    }

    @Test
    void tooManyCallsAtOnceAreRefused() throws Exception {
        restart(limits(900, 1, 1 << 20, Duration.ofSeconds(5), Duration.ofSeconds(20)));
        var started = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        fake.beforeStatus =
                () -> {
                    started.countDown();
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                };
        socket.send(post(call("node_status", "{}")));
        assertTrue(started.await(5, TimeUnit.SECONDS));
        try (var other = connect()) {
            assertEquals(-32005, other.exchange(post(call("chain_head", "{}"))).errorCode());
            release.countDown();
            assertTrue(socket.read().json().has("result"));
            assertEquals(0, other.exchange(post(call("chain_head", "{}"))).errorCode());
        }
    }
}
