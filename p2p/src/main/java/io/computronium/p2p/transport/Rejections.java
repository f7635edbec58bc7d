package io.computronium.p2p.transport;

import io.computronium.p2p.Rejection;
import io.computronium.primitives.Bytes;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and logs what was refused. The loop records, any thread reads the counts. */
final class Rejections {

    private static final Logger LOG = LoggerFactory.getLogger(Rejections.class);

    private static final int MAX_DETAIL_CHARS = 200;
    private static final int MAX_PAYLOAD_BYTES = 64;

    private static final class Cause {
        final LongAdder count = new LongAdder();
        final LogLimit log = new LogLimit();
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
        Cause cause = Objects.requireNonNull(causes.get(rejection));
        cause.count.increment();
        if (cause.log.allows()) {
            String dropped = cause.log.takeDropped();
            LOG.warn("[{}] closed {}: {}: {}{}", node, peer, rejection, printable(detail), dropped);
        }
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
