package io.computronium.node.pipeline;

import io.computronium.primitives.tx.Transaction;
import java.util.List;

/** Spreads what the pool let in. */
@FunctionalInterface
public interface TransactionGossip {

    /**
     * Each accepted transaction comes here once. Called on the mempool thread, so it must not wait.
     *
     * @param batch in the order of admission; closed after 10 ms or, at the first that reaches it,
     *     64 KiB
     */
    void spread(List<Item> batch);

    /** A transaction and who has it already. */
    record Item(Transaction transaction, Origin origin) {}
}
