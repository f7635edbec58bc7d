package io.computronium.node.pipeline;

import io.computronium.node.mempool.PendingTransactions;
import io.computronium.node.mempool.TxAdmission.Refused;
import io.computronium.node.metrics.NodeMetrics;
import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.codec.TransactionCodec;
import io.computronium.primitives.crypto.Domain;
import io.computronium.primitives.crypto.Sha256;
import io.computronium.primitives.crypto.SignatureCheck;
import io.computronium.primitives.crypto.batch.BatchVerifier;
import io.computronium.primitives.tx.Transaction;
import io.computronium.primitives.tx.TransactionFault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns bytes into transactions whose signatures are good, and answers those that are not. The
 * verify thread's own.
 */
final class Examination {

    /** A transaction whose signatures are good. */
    record Verified(Transaction transaction, Arrival arrival) {}

    /**
     * What is known of a wire hash: nothing yet, while its signatures are in the batch at hand;
     * then that it was refused, or good.
     */
    private static final class Finding {
        @Nullable Refused refusal;
    }

    private record Question(Finding finding, int firstCheck, int checks) {}

    private record Candidate(Transaction transaction, Arrival arrival, Finding finding) {}

    /** Good whatever was forgotten: the pool has it. */
    private static final Finding GOOD = new Finding();

    private final StatelessRules rules;
    private final BatchVerifier verifier;
    private final PendingTransactions pool;
    private final NodeMetrics metrics;
    private final Map<Hash, Finding> seen;

    Examination(
            int maxSeen,
            StatelessRules rules,
            BatchVerifier verifier,
            PendingTransactions pool,
            NodeMetrics metrics) {
        this.rules = rules;
        this.verifier = verifier;
        this.pool = pool;
        this.metrics = metrics;
        this.seen =
                new LinkedHashMap<>() {
                    @Override
                    protected boolean removeEldestEntry(Map.Entry<Hash, Finding> eldest) {
                        return size() > maxSeen;
                    }
                };
    }

    /** Those of the batch that are good, in its order; the others are answered here. */
    List<Verified> examine(List<Arrival> batch) {
        List<Candidate> candidates = new ArrayList<>(batch.size());
        List<Question> questions = new ArrayList<>(batch.size());
        List<SignatureCheck> checks = new ArrayList<>(batch.size());
        for (Arrival arrival : batch) {
            var candidate = candidate(arrival, questions, checks);
            if (candidate != null) {
                candidates.add(candidate);
            }
        }
        verify(questions, checks);
        List<Verified> good = new ArrayList<>(candidates.size());
        for (Candidate candidate : candidates) {
            if (candidate.finding.refusal == null) {
                good.add(new Verified(candidate.transaction, candidate.arrival));
            } else {
                answer(candidate.arrival, candidate.finding.refusal);
            }
        }
        return good;
    }

    private @Nullable Candidate candidate(
            Arrival arrival, List<Question> questions, List<SignatureCheck> checks) {
        var wireHash = Sha256.hash(Domain.WIRE, arrival.bytes);
        var known = pool.byWireHash(wireHash);
        if (known.isPresent()) {
            return new Candidate(known.get(), arrival, GOOD);
        }
        var finding = seen.get(wireHash);
        if (finding != null && finding.refusal != null) {
            answer(arrival, finding.refusal);
            return null;
        }
        try {
            var transaction = TransactionCodec.TRANSACTION.decode(arrival.bytes);
            if (finding == null) {
                finding = question(transaction, questions, checks);
                seen.put(wireHash, finding);
            }
            return new Candidate(transaction, arrival, finding);
        } catch (MalformedDataException e) {
            answer(arrival, new Refused(TransactionFault.MALFORMED, reason(e)));
            return null;
        }
    }

    private Finding question(
            Transaction transaction, List<Question> questions, List<SignatureCheck> checks) {
        var finding = new Finding();
        switch (rules.check(transaction)) {
            case StatelessRules.Verdict.Refused(var refusal) -> finding.refusal = refusal;
            case StatelessRules.Verdict.Provided(var provided) -> {
                questions.add(new Question(finding, checks.size(), provided.size()));
                checks.addAll(provided);
            }
        }
        return finding;
    }

    private void verify(List<Question> questions, List<SignatureCheck> checks) {
        if (checks.isEmpty()) {
            return;
        }
        long start = System.nanoTime();
        var good = verifier.verify(checks);
        metrics.batchVerified(checks.size(), System.nanoTime() - start);
        for (Question question : questions) {
            int end = question.firstCheck + question.checks;
            if (good.nextClearBit(question.firstCheck) < end) {
                question.finding.refusal =
                        new Refused(TransactionFault.BAD_SIGNATURE, "a signature does not verify");
            }
        }
    }

    private void answer(Arrival arrival, Refused refusal) {
        metrics.admitted(refusal.code());
        arrival.answer.complete(refusal);
    }

    private static String reason(MalformedDataException e) {
        return e.getMessage() == null ? "malformed" : e.getMessage();
    }
}
