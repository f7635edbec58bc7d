package io.computronium.cli.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A process of the packaged command, and the JSON-RPC of the node or the first node in it. */
final class NodeProcess implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int rpcPort;
    private final Process process;

    private NodeProcess(int rpcPort, Process process) {
        this.rpcPort = rpcPort;
        this.process = process;
    }

    static NodeProcess start(int rpcPort, Path log, String... arguments) {
        try {
            // Its standard input stays open as long as this process lives: that is how a node
            // knows.
            File output = log.toFile();
            return new NodeProcess(
                    rpcPort,
                    new ProcessBuilder(command(arguments))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(output))
                            .start());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The lines that a command prints, which has to end well. */
    static List<String> output(String... arguments) {
        try {
            Process process =
                    new ProcessBuilder(command(arguments))
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            List<String> lines = process.inputReader(StandardCharsets.UTF_8).readAllLines();
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", arguments) + ": " + lines);
            }
            return lines;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new AssertionError(json, e);
        }
    }

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "--add-modules=jdk.incubator.vector",
                        "-Xmx512m",
                        "-jar",
                        "target/app/cptm.jar"));
        command.addAll(List.of(arguments));
        return command;
    }

    /** As {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        waitForEnd(10);
    }

    /** As {@code kill}; the time it took. */
    Duration stop() {
        long start = System.nanoTime();
        process.destroy();
        waitForEnd(10);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private void waitForEnd(int seconds) {
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                throw new AssertionError("the process does not end");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The result of a call. */
    JsonNode call(String method, ObjectNode params) {
        try {
            return result(post(request(method, params)));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(method, e);
        }
    }

    /** The result of a call whose parameters are name and value in turn. */
    JsonNode call(String method, String... namesAndValues) {
        ObjectNode params = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            params.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return call(method, params);
    }

    /** The answers to a batch, as they come. */
    JsonNode batch(ArrayNode requests) {
        try {
            return post(requests);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("batch", e);
        }
    }

    static ObjectNode request(String method, ObjectNode params) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("jsonrpc", "2.0").put("id", 1).put("method", method).set("params", params);
        return request;
    }

    private JsonNode post(JsonNode body) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + rpcPort + "/"))
                        .timeout(Duration.ofSeconds(20))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build();
        return JSON.readTree(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private static JsonNode result(JsonNode answer) {
        JsonNode result = answer.get("result");
        if (result == null) {
            throw new AssertionError("refused: " + answer);
        }
        return result;
    }

    /** The height of the head; -1 while nobody answers. */
    long height() {
        try {
            ObjectNode none = JsonNodeFactory.instance.objectNode();
            return result(post(request("chain_head", none))).path("height").asLong();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    void awaitHeight(long height, Duration patience) {
        await("height " + height, patience, () -> height() >= height);
    }

    static void await(String what, Duration patience, BooleanSupplier condition) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("no " + what + " within " + patience);
            }
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
