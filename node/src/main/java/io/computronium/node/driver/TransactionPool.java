package io.computronium.node.driver;

import io.computronium.primitives.Hash;
import io.computronium.primitives.tx.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The pool, as far as consensus needs it. Any thread. */
public interface TransactionPool {

    /**
     * What a block should hold, in order, as of the last commit.
     *
     * @param maxGas of all together, by their gas limits
     * @param maxBytes of all together
     */
    CompletableFuture<List<Transaction>> proposal(long maxGas, long maxBytes, int maxCount);

    /** A transaction whose signatures are good. */
    Optional<Transaction> byWireHash(Hash wireHash);

    /** Keeps these transactions until the height is over, whatever the pool makes of them. */
    void pin(Hash blockId, List<Hash> wireHashes);
}
