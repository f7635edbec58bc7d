package io.computronium.node.execution;

import io.computronium.primitives.tx.Transaction;
import java.util.List;
import java.util.Optional;

/** Verifies the signatures of transactions that did not come out of the pool. */
@FunctionalInterface
public interface SignatureGate {

    /** The first transaction with a signature that is not good; empty if all are good. */
    Optional<Transaction> firstBad(List<Transaction> transactions);
}
