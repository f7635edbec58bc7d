package io.computronium.cli.wallet;

import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.Signature;
import io.computronium.primitives.bft.SignBytes;
import io.computronium.primitives.codec.TransactionCodec;
import io.computronium.primitives.crypto.KeyPair;
import io.computronium.primitives.tx.Credential;
import io.computronium.primitives.tx.Transaction;
import io.computronium.primitives.tx.TransactionBody;
import org.jspecify.annotations.Nullable;

/** Bodies and keys to transactions. */
public final class Signing {

    private static final Signature NONE = Signature.of(new byte[Signature.SIZE]);

    private Signing() {}

    /**
     * The transaction that both keys sign.
     *
     * @param payer the key of {@code body.payer()}, null exactly when that is
     */
    public static Transaction sign(
            ChainIdentity chain, TransactionBody body, KeyPair sender, @Nullable KeyPair payer) {
        var id = TransactionCodec.idOf(body);
        return TransactionCodec.assemble(
                body,
                signed(sender, SignBytes.transactionSender(chain, id)),
                payer == null ? null : signed(payer, SignBytes.transactionPayer(chain, id)));
    }

    /** The same without signatures, which only a simulation takes. */
    public static Transaction unsigned(
            TransactionBody body, PublicKey sender, @Nullable PublicKey payer) {
        return TransactionCodec.assemble(
                body,
                new Credential.Single(sender, NONE),
                payer == null ? null : new Credential.Single(payer, NONE));
    }

    private static Credential signed(KeyPair key, byte[] message) {
        return new Credential.Single(key.publicKey(), key.sign(message));
    }
}
