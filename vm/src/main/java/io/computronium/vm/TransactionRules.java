package io.computronium.vm;

import io.computronium.primitives.PublicKey;
import io.computronium.primitives.crypto.Ed25519;
import io.computronium.primitives.tx.Call;
import io.computronium.primitives.tx.Credential;
import io.computronium.primitives.tx.KeySet;
import io.computronium.primitives.tx.PostCondition;
import io.computronium.primitives.tx.Transaction;
import io.computronium.primitives.tx.TransactionBody;
import io.computronium.primitives.tx.TransactionFault;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What must be true of a transaction whatever the state. Checked at ingress, where the signatures
 * are verified too ({@link SignatureChecks}), and again when a block runs, which may come from a
 * proposer that checks nothing.
 */
public final class TransactionRules {

    private final Rules rules;

    public TransactionRules(Rules rules) {
        this.rules = rules;
    }

    /** The first rule that {@code transaction} breaks, in a fixed order. */
    public Optional<Refusal> check(Transaction transaction) {
        return Optional.ofNullable(firstFault(transaction));
    }

    private @Nullable Refusal firstFault(Transaction transaction) {
        TransactionBody body = transaction.body();
        if (body.version() != TransactionBody.VERSION) {
            return refusal(
                    TransactionFault.UNSUPPORTED_VERSION,
                    "version " + body.version() + " where 1 is expected");
        }
        String chainId = rules.chain().chainId();
        if (!body.chainId().equals(chainId)) {
            return refusal(
                    TransactionFault.WRONG_CHAIN,
                    "made for chain " + body.chainId() + ", this is " + chainId);
        }
        if (body.lane() == 0 && transaction.sender() instanceof Credential.Session) {
            return refusal(TransactionFault.LANE_RESERVED, "sessions use lanes 1 to 15");
        }
        Refusal fault = credentialFault(transaction.sender());
        if (fault == null && transaction.payer() != null) {
            fault = credentialFault(transaction.payer());
        }
        if (fault == null) {
            fault = inactive(body);
        }
        return fault == null ? gasFault(transaction) : fault;
    }

    private static @Nullable Refusal credentialFault(Credential credential) {
        return switch (credential) {
            case Credential.Single single -> keyFault(single.key());
            case Credential.Session session -> keyFault(session.key());
            case Credential.Multi multi -> multiFault(multi);
        };
    }

    private static @Nullable Refusal multiFault(Credential.Multi multi) {
        KeySet keySet = multi.keySet();
        for (Credential.MemberSignature member : multi.signatures()) {
            Refusal fault = keyFault(keySet.keys().get(member.index()).key());
            if (fault != null) {
                return fault;
            }
        }
        return multi.signedWeight() >= keySet.threshold()
                ? null
                : refusal(
                        TransactionFault.THRESHOLD_NOT_REACHED,
                        "weight " + multi.signedWeight() + " of " + keySet.threshold());
    }

    private static @Nullable Refusal keyFault(PublicKey key) {
        return Ed25519.isValidAccountKey(key)
                ? null
                : refusal(
                        TransactionFault.BAD_KEY,
                        "key " + key + " is not canonical or of small order");
    }

    /** What the format can say and these rules do not run. */
    private static @Nullable Refusal inactive(TransactionBody body) {
        for (Call call : body.calls()) {
            String what =
                    switch (call) {
                        case Call.Transfer transfer -> null;
                        case Call.ContractCall contractCall -> null;
                        case Call.Deploy deploy -> "deployments";
                    };
            if (what != null) {
                return refusal(TransactionFault.NOT_YET_ACTIVE, what);
            }
        }
        for (PostCondition condition : body.postConditions()) {
            if (condition instanceof PostCondition.NonFungible) {
                return refusal(
                        TransactionFault.NOT_YET_ACTIVE, "post-conditions on non-fungible tokens");
            }
        }
        return null;
    }

    private @Nullable Refusal gasFault(Transaction transaction) {
        long limit = transaction.body().gasLimit();
        long least = rules.gas().intrinsic(transaction);
        if (limit < least) {
            return refusal(
                    TransactionFault.GAS_LIMIT_TOO_LOW,
                    "gas limit " + limit + ", at least " + least + " before the first call");
        }
        long most = rules.parameters().blockGasLimit();
        return limit <= most
                ? null
                : refusal(
                        TransactionFault.GAS_LIMIT_TOO_HIGH,
                        "gas limit " + limit + ", a block has " + most);
    }

    private static Refusal refusal(TransactionFault fault, String detail) {
        return new Refusal(fault, detail);
    }
}
