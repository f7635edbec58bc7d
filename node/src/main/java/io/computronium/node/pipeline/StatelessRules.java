package io.computronium.node.pipeline;

import io.computronium.node.mempool.TxAdmission;
import io.computronium.primitives.crypto.SignatureCheck;
import io.computronium.primitives.tx.Transaction;
import java.util.List;

/** What can be said of a transaction without a state. Called on the verify thread. */
@FunctionalInterface
public interface StatelessRules {

    Verdict check(Transaction transaction);

    /** Refused for good, or good if all signatures are. */
    sealed interface Verdict {

        record Refused(TxAdmission.Refused refusal) implements Verdict {}

        /** At least one check; all must be good. */
        record Provided(List<SignatureCheck> checks) implements Verdict {
            public Provided {
                checks = List.copyOf(checks);
            }
        }
    }
}
