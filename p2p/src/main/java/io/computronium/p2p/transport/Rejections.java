package io.computronium.p2p.transport;

import io.computronium.p2p.Rejection;
import io.computronium.primitives.Bytes;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what was refused, and logs it at most {@value #LINES_PER_SECOND} times a second for each
 * reason. The loop records, any thread reads the counts.
 */
final class Rejections {

    private static final Logger LOG = LoggerFactory.getLogger(Rejections.class);

    private static final int LINES_PER_SECOND = 10;
    private static final int MAX_DETAIL_CHARS = 200;
    private static final int MAX_PAYLOAD_BYTES = 64;
    private static final long SECOND_NANOS = 1_000_000_000;

    private static final class Cause {
        final LongAdder count = new LongAdder();
        long windowStart;
        int lines;
        int unlogged;
    }

    private final String node;
    private final Map<Rejection, Cause> causes = new EnumMap<>(Rejection.class);

    Rejections(String node) {
        this.node = node;
        for (Rejection rejection : Rejection.values()) {
            causes.put(rejection, new Cause());
        }
    }

    /**
     * @param peer who, for the log
     * @param detail may hold anything that came from the peer
     */
    void record(Rejection rejection, Object peer, String detail) {
        Cause cause = causes.get(rejection);
        if (cause == null) {
            return;
        }
        cause.count.increment();
        long now = System.nanoTime();
        if (cause.lines == 0 || now - cause.windowStart > SECOND_NANOS) {
            cause.windowStart = now;
            cause.lines = 0;
        }
        if (cause.lines++ >= LINES_PER_SECOND) {
            cause.unlogged++;
            return;
        }
        String more = cause.unlogged == 0 ? "" : " (and " + cause.unlogged + " others before)";
        cause.unlogged = 0;
        LOG.warn("[{}] closed {}: {}: {}{}", node, peer, rejection, printable(detail), more);
    }

    /** How often each happened; those that never did are left out. */
    Map<Rejection, Long> counts() {
        Map<Rejection, Long> counts = new EnumMap<>(Rejection.class);
        causes.forEach((rejection, cause) -> {
            if (cause.count.sum() > 0) {
                counts.put(rejection, cause.count.sum());
            }
        });
        return counts;
    }

    /** The start of a payload, for a log line. */
    static String excerpt(Bytes payload) {
        String hex = payload.toHex();
        int shown = 2 * MAX_PAYLOAD_BYTES;
        return hex.length() <= shown ? hex : hex.substring(0, shown) + "…";
    }

    private static String printable(String detail) {
        String cut =
                detail.length() <= MAX_DETAIL_CHARS
                        ? detail
                        : detail.substring(0, MAX_DETAIL_CHARS) + "…";
        return cut.replaceAll("\\p{Cntrl}", "?");
    }
}
