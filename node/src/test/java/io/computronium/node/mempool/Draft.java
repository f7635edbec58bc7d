package io.computronium.node.mempool;

import io.computronium.primitives.Address;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.Signature;
import io.computronium.primitives.codec.TransactionCodec;
import io.computronium.primitives.tx.Call;
import io.computronium.primitives.tx.Credential;
import io.computronium.primitives.tx.PostConditionMode;
import io.computronium.primitives.tx.Transaction;
import io.computronium.primitives.tx.TransactionBody;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transfer under construction, with signatures that nobody checks. The defaults are sequence 0 of
 * lane 0, 1,000 gas, a highest price of 100, a tip of 10, valid until 100.
 */
record Draft(
        int sender,
        @Nullable Integer payer,
        int lane,
        long sequence,
        long validUntil,
        long gas,
        long maxFee,
        long tip,
        int memoBytes,
        int recipient) {

    private static final Credential UNSIGNED =
            new Credential.Single(
                    PublicKey.of(new byte[PublicKey.SIZE]), Signature.of(new byte[Signature.SIZE]));

    static Draft draft(int sender) {
        return new Draft(sender, null, 0, 0, 100, 1_000, 100, 10, 0, 9_999);
    }

    static Principal account(int number) {
        return Principal.of(
                Address.of(13, ByteBuffer.allocate(Address.HASH_SIZE).putInt(number).array()));
    }

    Draft payer(int number) {
        return new Draft(
                sender, number, lane, sequence, validUntil, gas, maxFee, tip, memoBytes, recipient);
    }

    Draft at(int newLane, long newSequence) {
        return new Draft(
                sender,
                payer,
                newLane,
                newSequence,
                validUntil,
                gas,
                maxFee,
                tip,
                memoBytes,
                recipient);
    }

    Draft sequence(long newSequence) {
        return at(lane, newSequence);
    }

    Draft validUntil(long height) {
        return new Draft(
                sender, payer, lane, sequence, height, gas, maxFee, tip, memoBytes, recipient);
    }

    Draft gas(long newGas) {
        return new Draft(
                sender,
                payer,
                lane,
                sequence,
                validUntil,
                newGas,
                maxFee,
                tip,
                memoBytes,
                recipient);
    }

    Draft price(long newMaxFee, long newTip) {
        return new Draft(
                sender,
                payer,
                lane,
                sequence,
                validUntil,
                gas,
                newMaxFee,
                newTip,
                memoBytes,
                recipient);
    }

    Draft memo(int bytes) {
        return new Draft(
                sender, payer, lane, sequence, validUntil, gas, maxFee, tip, bytes, recipient);
    }

    Draft to(int account) {
        return new Draft(
                sender, payer, lane, sequence, validUntil, gas, maxFee, tip, memoBytes, account);
    }

    Transaction build() {
        var body =
                new TransactionBody(
                        1,
                        "test",
                        account(sender),
                        lane,
                        sequence,
                        validUntil,
                        gas,
                        maxFee,
                        tip,
                        payer == null ? null : account(payer),
                        List.of(new Call.Transfer(account(recipient), 1, null)),
                        List.of(),
                        PostConditionMode.DENY,
                        Bytes.owned(new byte[memoBytes]));
        return TransactionCodec.assemble(body, UNSIGNED, payer == null ? null : UNSIGNED);
    }
}
