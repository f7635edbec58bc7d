package io.computronium.node.mempool;

import io.computronium.primitives.tx.Transaction;

import java.util.Optional;

/**
 * The rules on inclusion in the block after a head, all but those the pool keeps itself since it
 * knows what else waits: the order of sequences and the payer's balance. Those here are version,
 * chain, the credential's right to act, expiry, gas limits and the base fee.
 */
@FunctionalInterface
public interface AdmissionRules {

    /** Why {@code transaction} could not be in the block after {@code head}, if it could not. */
    Optional<TxAdmission.Refused> check(Transaction transaction, Head head);
}
