package io.computronium.p2p.message;

import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.bft.Evidence;
import io.computronium.primitives.block.Block;
import io.computronium.primitives.block.Header;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The limits on a block that travels without its transactions. */
final class Heads {

    private Heads() {}

    static void check(
            Header header,
            @Nullable CommitCertificate lastCommit,
            List<Evidence> evidence,
            int transactionCount) {
        MalformedDataException.unless(
                (lastCommit == null) == (header.height() == 1),
                "block.lastCommit: absent exactly at height 1");
        MalformedDataException.unless(
                evidence.size() <= Block.MAX_EVIDENCE, "block.evidence: at most 20");
        MalformedDataException.unless(
                transactionCount >= 0 && transactionCount <= Block.MAX_TRANSACTIONS,
                "block.transactionCount: at most 65,536");
    }
}
