package io.computronium.primitives.tx;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import org.jspecify.annotations.Nullable;

/**
 * A signed transaction together with its canonical bytes and their hashes. Made by {@code
 * codec.TransactionCodec} only, which guarantees that the parts agree.
 *
 * @param body what was signed
 * @param sender the credential of {@code body.sender()}
 * @param payer the credential of {@code body.payer()}, present exactly when that is
 * @param bytes the whole transaction as it travels and as blocks hold it
 * @param id {@code H(TRANSACTION ‖ body bytes)}: identity for lookup, replay and idempotency
 * @param wireHash {@code H(WIRE ‖ bytes)}: what the transaction root and compact blocks name
 */
public record Transaction(
        TransactionBody body,
        Credential sender,
        @Nullable Credential payer,
        Bytes bytes,
        Hash id,
        Hash wireHash) {

    /** The most bytes that a signed transaction may have. */
    public static final int MAX_BYTES = 135_168;

    @Override
    public boolean equals(Object other) {
        return other instanceof Transaction that && wireHash.equals(that.wireHash);
    }

    @Override
    public int hashCode() {
        return wireHash.hashCode();
    }

    @Override
    public String toString() {
        return "Transaction[" + id + "]";
    }
}
