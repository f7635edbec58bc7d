package io.computronium.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged application, run as users run it: in processes of its own, with its own home. */
final class Installation {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Path JAR = Path.of("target/app/cptm.jar");
    private static final long MAX_SECONDS = 120;

    private final Path home;
    private final int rpcPort;

    Installation(Path home) throws IOException {
        this.home = home;
        this.rpcPort = freePorts(16);
    }

    /** The JSON-RPC port of the node at {@code index}. */
    int rpcPort(int index) {
        return rpcPort + index;
    }

    String rpcUrl(int index) {
        return "http://127.0.0.1:" + rpcPort(index);
    }

    /** A devnet whose first frame was printed. */
    Running devnet(String... options) throws IOException {
        var command = new ArrayList<>(List.of("devnet", "--json"));
        command.addAll(List.of("--rpc-port", Integer.toString(rpcPort)));
        command.addAll(List.of("--p2p-port", Integer.toString(rpcPort + 8)));
        command.addAll(List.of(options));
        return running(command);
    }

    /** A single node of the devnet. */
    Running node(String name) throws IOException {
        var folder = home.resolve("devnet").resolve(name).toString();
        return running(List.of("node", "start", "--json", "--home", folder));
    }

    /** Runs a command to its end and returns its frame, which must be all that it printed. */
    JsonNode json(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(words));
        command.add("--json");
        var process = start(command);
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("no end of " + command);
        }
        return JSON.readTree(text);
    }

    private Running running(List<String> command) throws IOException {
        var process = start(command);
        var reader =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var line = reader.readLine();
        if (line == null) {
            throw new AssertionError("ended without a frame: " + command);
        }
        return new Running(process, JSON.readTree(line));
    }

    private Process start(List<String> words) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add("--add-modules=jdk.incubator.vector");
        command.addAll(List.of("-Xmx1g", "-jar", JAR.toString()));
        command.addAll(words);
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("CPTM_HOME", home.toString());
        builder.environment().put("CPTM_RPC_URL", rpcUrl(0));
        return builder.start();
    }

    /** The first of some ports in a row that are free. */
    private static int freePorts(int count) throws IOException {
        for (int attempt = 0; attempt < 20; attempt++) {
            int first;
            try (var socket = new ServerSocket(0)) {
                first = socket.getLocalPort();
            }
            if (first + count < 65_536 && areFree(first, count)) {
                return first;
            }
        }
        throw new IOException("no " + count + " free ports in a row");
    }

    private static boolean areFree(int first, int count) {
        for (int port = first; port < first + count; port++) {
            try {
                new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }

    /** A process in the foreground and the frame that it began with. */
    record Running(Process process, JsonNode frame) implements AutoCloseable {

        /** Ends it as Ctrl-C does; returns how long that took. */
        long terminate() throws InterruptedException {
            long start = System.nanoTime();
            process.destroy();
            if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("does not end");
            }
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        }

        /** Ends it as a power failure does. */
        void kill() throws InterruptedException {
            process.destroyForcibly();
            process.waitFor();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
