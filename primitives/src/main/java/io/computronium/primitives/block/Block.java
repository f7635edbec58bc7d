package io.computronium.primitives.block;

import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.bft.Evidence;
import io.computronium.primitives.tx.Transaction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A header with everything that it commits to. That the parts fit the header is checked by {@code
 * codec.BlockCodec.bodyFits}, not here.
 *
 * @param lastCommit certificate of the parent; null at height 1 only
 * @param evidence at most {@link #MAX_EVIDENCE}
 * @param transactions in the order of execution, at most {@link #MAX_TRANSACTIONS}
 */
public record Block(
        Header header,
        @Nullable CommitCertificate lastCommit,
        List<Evidence> evidence,
        List<Transaction> transactions) {

    /** The most bytes of an encoded block. */
    public static final int MAX_BYTES = 16 << 20;

    public static final int MAX_TRANSACTIONS = 65_536;
    public static final int MAX_EVIDENCE = 20;

    public Block {
        evidence = List.copyOf(evidence);
        transactions = List.copyOf(transactions);
        MalformedDataException.unless(
                (lastCommit == null) == (header.height() == 1),
                "block.lastCommit: absent exactly at height 1");
        MalformedDataException.unless(
                evidence.size() <= MAX_EVIDENCE, "block.evidence: at most 20");
        MalformedDataException.unless(
                transactions.size() <= MAX_TRANSACTIONS, "block.transactions: at most 65,536");
    }
}
