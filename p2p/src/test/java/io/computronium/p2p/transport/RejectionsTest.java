package io.computronium.p2p.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.p2p.Rejection;
import io.computronium.primitives.Bytes;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RejectionsTest {

    @Test
    void everyRejectionCountsAndFewAreLogged() {
        var rejections = new Rejections("n");
        try (var log = new RejectionLog()) {
            for (int i = 0; i < 1_000; i++) {
                rejections.record(Rejection.TLS, "peer", "detail");
            }
            rejections.record(Rejection.ADDRESS, "peer", "detail");
            long tls = log.lines().stream().filter(line -> line.contains("TLS")).count();
            // A burst may cross the end of a second, and another ten lines with it.
            assertTrue(tls == 10 || tls == 20, tls + " lines");
            assertEquals(1, log.lines().stream().filter(l -> l.contains("ADDRESS")).count());
        }
        assertEquals(Map.of(Rejection.TLS, 1_000L, Rejection.ADDRESS, 1L), rejections.counts());
    }

    @Test
    void whatAPeerSentCannotForgeLinesOrFillTheLog() {
        var rejections = new Rejections("n");
        try (var log = new RejectionLog()) {
            rejections.record(
                    Rejection.MALFORMED, "peer", "a\n[n] forged\u001b" + "x".repeat(9_000));
            String line = log.lines().getFirst();
            assertFalse(line.contains("\n") || line.contains("\u001b"), line);
            assertTrue(line.length() < 300, line);
        }
    }

    @Test
    void aPayloadIsCutTo64Bytes() {
        assertEquals("ab".repeat(64), Rejections.excerpt(Bytes.ofHex("ab".repeat(64))));
        assertEquals("ab".repeat(64) + "…", Rejections.excerpt(Bytes.ofHex("ab".repeat(65))));
    }
}
