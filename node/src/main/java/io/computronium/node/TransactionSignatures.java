package io.computronium.node;

import io.computronium.node.execution.ChainSpec;
import io.computronium.node.execution.SignatureGate;
import io.computronium.node.mempool.TxAdmission;
import io.computronium.node.pipeline.StatelessRules;
import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.crypto.SignatureCheck;
import io.computronium.primitives.crypto.batch.BatchVerifier;
import io.computronium.primitives.tx.Transaction;
import io.computronium.vm.SignatureChecks;
import io.computronium.vm.TransactionRules;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Joins the rules of {@code vm} on single transactions to the places where signatures are checked.
 */
final class TransactionSignatures {

    private TransactionSignatures() {}

    /** What the pipeline checks, by the rules of the chain's present version. */
    static StatelessRules rules(ChainSpec spec) {
        var rules = new TransactionRules(spec.rules().at(1));
        return transaction ->
                rules.check(transaction)
                        .<StatelessRules.Verdict>map(refusal ->
                                new StatelessRules.Verdict.Refused(
                                        new TxAdmission.Refused(refusal.fault(), refusal.detail())))
                        .orElseGet(() ->
                                new StatelessRules.Verdict.Provided(
                                        SignatureChecks.of(spec.identity(), transaction)));
    }

    /** What execution asks of transactions that the pool has not seen. */
    static SignatureGate gate(ChainIdentity chain, BatchVerifier verifier) {
        return transactions -> {
            List<SignatureCheck> checks = new ArrayList<>();
            List<Transaction> owners = new ArrayList<>();
            for (Transaction transaction : transactions) {
                for (SignatureCheck check : SignatureChecks.of(chain, transaction)) {
                    checks.add(check);
                    owners.add(transaction);
                }
            }
            BitSet good = verifier.verify(checks);
            int firstBad = good.nextClearBit(0);
            return firstBad < checks.size() ? Optional.of(owners.get(firstBad)) : Optional.empty();
        };
    }
}
