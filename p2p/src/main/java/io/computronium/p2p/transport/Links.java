package io.computronium.p2p.transport;

import io.computronium.p2p.Direction;
import io.computronium.primitives.NodeId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The peers of a node, one connection to each. The loop changes them; any thread reads {@link
 * #now}.
 *
 * <p>Two nodes that dial each other at the same moment must keep the same one of the two
 * connections without talking about it: they keep the one that the node with the smaller id
 * dialled. But a new connection always wins over one that is probably dead: if the peer has
 * restarted, if the side that dialled the old one dials again, or if the old one is silent.
 */
final class Links {

    private static final Logger LOG = LoggerFactory.getLogger(Links.class);

    private final Local local;
    private final Consumer<NodeId> gone;
    private final LogLimit log = new LogLimit();
    private final Map<NodeId, Link> links = new LinkedHashMap<>();
    private volatile Map<NodeId, Link> published = Map.of();

    /**
     * @param gone told when a peer has no connection any more
     */
    Links(Local local, Consumer<NodeId> gone) {
        this.local = local;
        this.gone = gone;
    }

    Map<NodeId, Link> now() {
        return published;
    }

    boolean has(NodeId id) {
        return links.containsKey(id);
    }

    /** Takes a new connection in, or ends it. */
    void opened(Link link) {
        Link existing = links.get(link.id());
        if (existing != null) {
            if (!replaces(link, existing)) {
                link.end("a second connection");
                return;
            }
            remove(existing, "replaced by a newer connection");
            existing.end("replaced by a newer connection");
        }
        links.put(link.id(), link);
        publish();
        logChange("connected to", link, link.direction().toString());
        local.listener().connected(link);
    }

    private boolean replaces(Link link, Link existing) {
        if (link.hello().instance() != existing.hello().instance()
                || link.direction() == existing.direction()
                || existing.isSilent()) {
            return true;
        }
        boolean weAreSmaller = local.id().compareTo(link.id()) < 0;
        return (link.direction() == Direction.OUTBOUND) == weAreSmaller;
    }

    /** The connection is gone, whether or not it was one of ours. */
    void closed(Link link, String reason) {
        if (links.get(link.id()) == link) {
            remove(link, reason);
            gone.accept(link.id());
        }
    }

    private void remove(Link link, String reason) {
        links.remove(link.id());
        publish();
        logChange("disconnected from", link, reason);
        local.listener().disconnected(link, reason);
    }

    private void logChange(String what, Link link, String detail) {
        if (log.allows()) {
            String dropped = log.takeDropped();
            LOG.info("[{}] {} {}: {}{}", local.config().name(), what, link, detail, dropped);
        }
    }

    void endAll(String reason) {
        List.copyOf(links.values()).forEach(link -> link.end(reason));
    }

    private void publish() {
        published = Map.copyOf(links);
    }
}
