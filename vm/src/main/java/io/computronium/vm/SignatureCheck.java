package io.computronium.vm;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.Signature;
import io.computronium.primitives.bft.SignBytes;
import io.computronium.primitives.crypto.Ed25519;
import io.computronium.primitives.tx.Credential;
import io.computronium.primitives.tx.Transaction;
import java.util.ArrayList;
import java.util.List;

/**
 * One signature that must verify for a transaction to be admitted. The node collects those of many
 * transactions and verifies them together.
 */
public record SignatureCheck(PublicKey key, Bytes message, Signature signature) {

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

    /** Verifies this one alone. */
    public boolean verify() {
        return Ed25519.verify(key, message.toArray(), signature);
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
