package io.computronium.node.sync;

import io.computronium.node.network.Outbox;
import io.computronium.p2p.message.BlockSync;
import io.computronium.p2p.message.BlockSync.BlockRequest;
import io.computronium.p2p.message.BlockSync.BlockUnavailable;
import io.computronium.primitives.NodeId;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.block.Block;
import io.computronium.storage.block.BlockStore;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Sends final blocks to peers that ask. For the sync thread. One request a peer at a time, a newer
 * one replaces it; a peer that does not read is not sent more than its queue takes.
 */
final class BlockServer {

    private final BlockStore blocks;
    private final Outbox outbox;
    private final Map<NodeId, Answer> answers = new HashMap<>();

    BlockServer(BlockStore blocks, Outbox outbox) {
        this.blocks = blocks;
        this.outbox = outbox;
    }

    void request(NodeId peer, BlockRequest request) {
        answers.put(peer, new Answer(request.fromHeight(), request.count()));
        advance(peer);
    }

    /** There is room in the peer's queue again. */
    void drained(NodeId peer) {
        advance(peer);
    }

    void disconnected(NodeId peer) {
        answers.remove(peer);
    }

    private void advance(NodeId peer) {
        Answer answer = answers.get(peer);
        while (answer != null) {
            BlockSync frame = answer.next();
            if (frame == null) {
                answers.remove(peer);
                return;
            }
            if (!outbox.send(peer, frame)) {
                return; // drained() goes on with the same frame
            }
            answer.sent();
        }
    }

    /** The frames of one answer, read from the log a block at a time. */
    private final class Answer {
        private final Queue<BlockSync> frames = new ArrayDeque<>();
        private long height;
        private int left;

        Answer(long height, int left) {
            this.height = height;
            this.left = left;
        }

        @Nullable BlockSync next() {
            if (frames.isEmpty() && left > 0) {
                read();
            }
            return frames.peek();
        }

        void sent() {
            frames.remove();
        }

        private void read() {
            Optional<Block> block = blocks.block(height);
            Optional<CommitCertificate> certificate = blocks.certificate(height);
            if (block.isPresent() && certificate.isPresent()) {
                frames.addAll(BlockSync.framesOf(block.get(), certificate.get()));
                height++;
                left--;
            } else {
                frames.add(new BlockUnavailable(height));
                left = 0;
            }
        }
    }
}
