package io.computronium.node.metrics;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class NodeMetricsTest {

    @Test
    void nodesOfOneProcessDoNotMix() {
        try (var one = new NodeMetrics("one");
                var two = new NodeMetrics("two")) {
            one.blockCommitted(10, 3, 150, 300, 1, 2_000_000);
            one.blockCommitted(5, 0, 300, 300, 0, 4_000_000);
            one.admitted("busy");
            one.batchVerified(64, 640_000);
            one.watch("height", "Height", () -> 12);
            assertShows(one, "cptm_transactions_total{node=\"one\"} 15.0");
            assertShows(one, "cptm_transactions_failed_total{node=\"one\"} 3.0");
            assertShows(one, "cptm_block_fill_sum{node=\"one\"} 1.5");
            assertShows(one, "cptm_consensus_rounds_max{node=\"one\"} 2.0");
            assertShows(one, "cptm_block_commit_seconds_count{node=\"one\"} 2");
            assertShows(one, "cptm_admissions_total{node=\"one\",outcome=\"busy\"} 1.0");
            assertShows(one, "cptm_verify_batch_signatures_sum{node=\"one\"} 64.0");
            assertShows(one, "cptm_height{node=\"one\"} 12.0");
            assertShows(one, "jvm_memory_used_bytes");
            assertShows(two, "cptm_transactions_total{node=\"two\"} 0.0");
            assertFalse(two.scrape().contains("\"one\""));
        }
    }

    private static void assertShows(NodeMetrics metrics, String text) {
        var page = metrics.scrape();
        assertTrue(page.contains(text), () -> text + " is not in\n" + page);
    }
}
