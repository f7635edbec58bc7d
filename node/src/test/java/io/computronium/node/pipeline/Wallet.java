package io.computronium.node.pipeline;

import io.computronium.primitives.AddressVersions;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.Hash;
import io.computronium.primitives.Principal;
import io.computronium.primitives.Signature;
import io.computronium.primitives.bft.SignBytes;
import io.computronium.primitives.codec.TransactionCodec;
import io.computronium.primitives.crypto.Hash160;
import io.computronium.primitives.crypto.KeyPair;
import io.computronium.primitives.tx.Call;
import io.computronium.primitives.tx.Credential;
import io.computronium.primitives.tx.PostConditionMode;
import io.computronium.primitives.tx.Transaction;
import io.computronium.primitives.tx.TransactionBody;
import java.nio.ByteBuffer;
import java.util.List;

/** Signs transfers of one account. */
final class Wallet {

    static final ChainIdentity CHAIN = new ChainIdentity("test-1", Hash.ofHex("01".repeat(32)));

    private final KeyPair keys;
    private final Principal account;

    Wallet(int number) {
        keys = KeyPair.fromSeed(ByteBuffer.allocate(KeyPair.SEED_SIZE).putInt(number).array());
        account = Principal.of(Hash160.address(AddressVersions.TESTNET.key(), keys.publicKey()));
    }

    Transaction transfer(long sequence) {
        return transfer(sequence, 100);
    }

    Transaction transfer(long sequence, long maxFee) {
        var body = body(sequence, maxFee);
        var message = SignBytes.transactionSender(CHAIN, TransactionCodec.idOf(body));
        return assemble(body, keys.sign(message));
    }

    /** With a signature over something else. */
    Transaction forged(long sequence) {
        return assemble(body(sequence, 100), keys.sign(new byte[] {1}));
    }

    private TransactionBody body(long sequence, long maxFee) {
        return new TransactionBody(
                1,
                CHAIN.chainId(),
                account,
                0,
                sequence,
                50,
                1_000,
                maxFee,
                maxFee,
                null,
                List.of(new Call.Transfer(account, 1, null)),
                List.of(),
                PostConditionMode.DENY,
                Bytes.EMPTY);
    }

    private Transaction assemble(TransactionBody body, Signature signature) {
        return TransactionCodec.assemble(
                body, new Credential.Single(keys.publicKey(), signature), null);
    }
}
