package io.computronium.node;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node has opened. Closed in the opposite order, each whatever became of the others, once.
 */
final class NodeResources implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NodeResources.class);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T resource) {
        open.push(resource);
        return resource;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                LOG.error("while closing", e);
            }
        }
    }
}
