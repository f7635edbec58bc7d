package io.computronium.node.pipeline;

import io.computronium.node.mempool.TxAdmission;
import java.util.concurrent.CompletableFuture;

/** Bytes that claim to be a transaction, and who wants to know what becomes of them. */
final class Arrival {

    final byte[] bytes;
    final Origin origin;
    final CompletableFuture<TxAdmission> answer = new CompletableFuture<>();

    /** Takes the array over. */
    Arrival(byte[] bytes, Origin origin) {
        this.bytes = bytes;
        this.origin = origin;
    }
}
