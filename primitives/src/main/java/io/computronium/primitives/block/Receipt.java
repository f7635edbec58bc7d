package io.computronium.primitives.block;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.MalformedDataException;
import java.util.List;

/**
 * What became of one transaction. The leaf of the receipts root at the transaction's place is the
 * canonical bytes of this record; names and texts are not in it.
 *
 * @param results SIP-005 values, one for each call that ran
 * @param events in the order of their making; empty unless succeeded
 * @param gasUsed at most the transaction's gas limit
 * @param fee grains that the payer paid
 */
public record Receipt(
        ExecutionStatus status, List<Bytes> results, List<Event> events, long gasUsed, long fee) {

    public Receipt {
        results = List.copyOf(results);
        events = List.copyOf(events);
        MalformedDataException.unless(gasUsed >= 0, "receipt.gasUsed: over 63 bits");
        MalformedDataException.unless(fee >= 0, "receipt.fee: over 63 bits");
    }
}
