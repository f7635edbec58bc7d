package io.computronium.node.execution;

import io.computronium.primitives.PublicKey;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.bft.Evidence;
import io.computronium.primitives.tx.Transaction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A block to build on the head.
 *
 * @param height the head's height and one
 * @param lastCommit for the parent; null at height 1 only
 * @param evidence of which the block takes what convicts someone
 * @param offered transactions in the order of preference, their signatures verified; the block
 *     takes as many as fit and pass
 */
public record BuildRequest(
        long height,
        long timeMillis,
        PublicKey proposer,
        @Nullable CommitCertificate lastCommit,
        List<Evidence> evidence,
        List<Transaction> offered) {}
