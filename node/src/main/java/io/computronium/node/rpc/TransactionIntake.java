package io.computronium.node.rpc;

import io.computronium.node.mempool.TxAdmission;
import java.util.concurrent.CompletableFuture;

/** Where users' transactions go; the production one is {@code TransactionPipeline::submit}. */
@FunctionalInterface
public interface TransactionIntake {

    /** Does not block; the answer may be completed by any thread. */
    CompletableFuture<TxAdmission> submit(byte[] bytes);
}
