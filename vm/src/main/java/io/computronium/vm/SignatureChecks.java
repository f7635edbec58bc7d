package io.computronium.vm;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.bft.SignBytes;
import io.computronium.primitives.crypto.SignatureCheck;
import io.computronium.primitives.tx.Credential;
import io.computronium.primitives.tx.Transaction;
import java.util.ArrayList;
import java.util.List;

/**
 * The signatures that must verify for a transaction to be admitted. The node collects those of many
 * transactions and verifies them together.
 */
public final class SignatureChecks {

    private SignatureChecks() {}

    /** All checks of a transaction, sender's before payer's; at most 32. */
    public static List<SignatureCheck> of(ChainIdentity chain, Transaction transaction) {
        List<SignatureCheck> checks = new ArrayList<>(2);
        add(checks, transaction.sender(), SignBytes.transactionSender(chain, transaction.id()));
        Credential payer = transaction.payer();
        if (payer != null) {
            add(checks, payer, SignBytes.transactionPayer(chain, transaction.id()));
        }
        return checks;
    }

    private static void add(List<SignatureCheck> checks, Credential credential, byte[] signBytes) {
        Bytes message = Bytes.owned(signBytes);
        switch (credential) {
            case Credential.Single single ->
                    checks.add(new SignatureCheck(single.key(), message, single.signature()));
            case Credential.Session session ->
                    checks.add(new SignatureCheck(session.key(), message, session.signature()));
            case Credential.Multi multi ->
                    multi.signatures()
                            .forEach(member ->
                                    checks.add(
                                            new SignatureCheck(
                                                    multi.keySet().keys().get(member.index()).key(),
                                                    message,
                                                    member.signature())));
        }
    }
}
