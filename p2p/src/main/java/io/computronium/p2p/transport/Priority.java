package io.computronium.p2p.transport;

import io.computronium.p2p.message.BlockGossip;
import io.computronium.p2p.message.BlockSync;
import io.computronium.p2p.message.ConsensusGossip;
import io.computronium.p2p.message.PeerMessage;
import io.computronium.p2p.message.TransactionBatch;

/** How urgent a message is, most urgent first. What is over a queue's bound is dropped. */
enum Priority {
    CONSENSUS(2 << 20),
    /** Room for a block of 16 MiB. */
    BLOCK(20 << 20),
    /** Room for a block of 16 MiB. */
    SYNC(20 << 20),
    TRANSACTION(4 << 20);

    private final int maxQueuedBytes;

    Priority(int maxQueuedBytes) {
        this.maxQueuedBytes = maxQueuedBytes;
    }

    /** The most bytes that may wait for one peer. */
    int maxQueuedBytes() {
        return maxQueuedBytes;
    }

    static Priority of(PeerMessage message) {
        return switch (message) {
            case ConsensusGossip m -> CONSENSUS;
            case BlockGossip m -> BLOCK;
            case BlockSync m -> SYNC;
            case TransactionBatch m -> TRANSACTION;
        };
    }
}
