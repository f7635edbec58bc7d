package io.computronium.node.mempool;

import io.computronium.primitives.Hash;
import io.computronium.primitives.tx.Transaction;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What any thread may read of a pool. Answers are true of some recent moment: a transaction leaves
 * the pool only after the block that holds it was published.
 */
public interface PendingTransactions {

    /** A transaction that waits. */
    Optional<Transaction> byId(Hash id);

    /** A transaction that waits or that a pinned proposal names; its signatures are good. */
    Optional<Transaction> byWireHash(Hash wireHash);

    /** The {@code validUntil} of a transaction that waited in vain, as long as it is remembered. */
    OptionalLong expired(Hash id);

    /** The pool's size. */
    Size size();

    /**
     * @param transactions that wait
     * @param bytes of those
     */
    record Size(int transactions, long bytes) {}
}
