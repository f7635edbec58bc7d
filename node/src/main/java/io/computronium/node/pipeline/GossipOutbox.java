package io.computronium.node.pipeline;

import io.computronium.node.runtime.EventLoop;
import io.computronium.primitives.tx.Transaction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is to be spread into batches. The mempool loop's own. */
final class GossipOutbox {

    private final PipelineLimits limits;
    private final EventLoop loop;
    private final TransactionGossip gossip;
    private List<TransactionGossip.Item> batch = new ArrayList<>();
    private int bytes;
    private EventLoop.@Nullable Alarm alarm;

    GossipOutbox(PipelineLimits limits, EventLoop loop, TransactionGossip gossip) {
        this.limits = limits;
        this.loop = loop;
        this.gossip = gossip;
    }

    void add(Transaction transaction, Origin origin) {
        batch.add(new TransactionGossip.Item(transaction, origin));
        bytes += transaction.bytes().size();
        if (bytes >= limits.gossipBytes()) {
            flush();
        } else if (alarm == null) {
            alarm = loop.schedule(limits.gossipLinger(), this::flush);
        }
    }

    private void flush() {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
        var full = batch;
        batch = new ArrayList<>();
        bytes = 0;
        gossip.spread(full);
    }
}
