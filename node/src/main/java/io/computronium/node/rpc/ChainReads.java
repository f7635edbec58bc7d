package io.computronium.node.rpc;

import io.computronium.primitives.Hash;
import io.computronium.primitives.tx.Transaction;
import java.util.concurrent.CompletableFuture;

/**
 * What can be asked of the chain. Answers are immutable and final; all methods may be called from
 * any thread and may block for a read from disk.
 */
public interface ChainReads {

    /** What never changes while the node runs. */
    ChainFacts facts();

    /** The last committed block. Published before its transactions leave the pool. */
    ChainHead head();

    Lookup<CommittedBlock> block(long height);

    Lookup<CommittedBlock> block(Hash blockId);

    /**
     * The state after the block at {@code height}, 0 for that of the genesis. The one of {@link
     * #head} is always there.
     */
    Lookup<StateView> state(long height);

    /** A transaction that a block includes. */
    Lookup<IncludedTransaction> transaction(Hash id);

    /** Runs a transaction on the state of the head, as if its signatures were good. */
    Simulation simulate(Transaction transaction);

    /** Completed once the head has reached {@code height}, by the thread that commits. */
    CompletableFuture<Void> reached(long height);
}
