package io.computronium.p2p.message;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.MalformedDataException;
import java.util.List;

/**
 * Transactions on their way into the pools.
 *
 * @param transactions encoded, unchecked; at least one
 */
public record TransactionBatch(List<Bytes> transactions) implements PeerMessage {

    public TransactionBatch {
        transactions = List.copyOf(transactions);
        MalformedDataException.unless(!transactions.isEmpty(), "transactionBatch: empty");
        Batches.check(transactions);
    }

    /** Any number of transactions in as few frames as their order allows. */
    public static List<TransactionBatch> framesOf(List<Bytes> transactions) {
        return Batches.of(transactions).stream().map(TransactionBatch::new).toList();
    }
}
