package io.computronium.cli.home;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Each node's lines are in its own file. */
final class NodeLogTest {

    @TempDir private Path folder;

    @Test
    void nodesOfOneProcessLogApart() throws Exception {
        var first = folder.resolve("1.log");
        var tenth = folder.resolve("10.log");
        try (var _ = NodeLog.open(first, "validator-1", false, "error");
                var _ = NodeLog.open(tenth, "validator-10", false, "error")) {
            log("validator-1/consensus", "one");
            log("p2p-validator-10-tls", "ten");
            log("main", "neither");
        }
        log("validator-1/consensus", "late");
        assertEquals("one", messages(first));
        assertEquals("ten", messages(tenth));
    }

    @Test
    void aNodeAloneLogsEverything() throws Exception {
        var file = folder.resolve("node.log");
        try (var _ = NodeLog.open(file, "node", true, "error")) {
            log("main", "hello");
        }
        assertEquals("hello", messages(file));
    }

    @Test
    void aNameIsNotTheBeginningOfAnother() {
        assertTrue(NodeLog.isOf("validator-1", "validator-1/consensus"));
        assertTrue(NodeLog.isOf("validator-1", "p2p-validator-1"));
        assertFalse(NodeLog.isOf("validator-1", "validator-12/consensus"));
        assertFalse(NodeLog.isOf("validator-1", "main"));
    }

    private static void log(String thread, String message) throws InterruptedException {
        var logger = LoggerFactory.getLogger(NodeLogTest.class);
        var writer = new Thread(() -> logger.info(message), thread);
        writer.start();
        writer.join();
    }

    private static String messages(Path file) throws IOException {
        var text = Files.readString(file).strip();
        return text.substring(text.lastIndexOf(' ') + 1);
    }
}
