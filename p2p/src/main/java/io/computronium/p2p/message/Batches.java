package io.computronium.p2p.message;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.tx.Transaction;
import java.util.ArrayList;
import java.util.List;

/**
 * The limits on transactions in one frame. A frame is kept well below the hard cap, because a vote
 * cannot overtake the frame that is being sent.
 */
final class Batches {

    static final int MAX_COUNT = 2_048;

    /** The most bytes of all transactions together; one of any size fits. */
    static final int MAX_BYTES = 256 << 10;

    private Batches() {}

    static void check(List<Bytes> transactions) {
        MalformedDataException.unless(
                transactions.size() <= MAX_COUNT, "transactions: at most 2,048 a frame");
        int sum = 0;
        for (Bytes transaction : transactions) {
            MalformedDataException.unless(
                    !transaction.isEmpty() && transaction.size() <= Transaction.MAX_BYTES,
                    "transactions: one is empty or too large");
            sum += transaction.size();
        }
        MalformedDataException.unless(sum <= MAX_BYTES, "transactions: at most 256 KiB a frame");
    }

    /** Runs of the list within the limits, each as long as it can be. */
    static List<List<Bytes>> of(List<Bytes> transactions) {
        List<List<Bytes>> batches = new ArrayList<>();
        int start = 0;
        int sum = 0;
        for (int i = 0; i < transactions.size(); i++) {
            int size = transactions.get(i).size();
            if (i - start == MAX_COUNT || sum + size > MAX_BYTES) {
                batches.add(transactions.subList(start, i));
                start = i;
                sum = 0;
            }
            sum += size;
        }
        if (start < transactions.size()) {
            batches.add(transactions.subList(start, transactions.size()));
        }
        return batches;
    }
}
