package io.computronium.vm;

import io.computronium.primitives.tx.Credential;
import io.computronium.primitives.tx.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * What work costs, in gas: 1 gas = 1 ns on the reference machine.
 *
 * <p>State is charged by the record, at a flat size, and not by encoded bytes: else the gas of a
 * transfer would depend on how many digits the recipient's balance happens to have.
 *
 * @param transaction any transaction, for admission, hashing and its receipt
 * @param signature verifying one
 * @param wireByte carrying and storing a byte of the signed transaction
 * @param transfer a {@code Transfer} call
 * @param stateByte a byte that the state grows by
 * @param call entering a method of a contract
 * @param argumentByte decoding and checking a byte of an argument
 * @param read a record of a contract
 * @param write a record of a contract
 * @param movement of an asset, by a contract
 * @param event one announced
 * @param verification of a signature that a contract looks at, by itself
 */
public record GasTable(
        long transaction,
        long signature,
        long wireByte,
        long transfer,
        long stateByte,
        long call,
        long argumentByte,
        long read,
        long write,
        long movement,
        long event,
        long verification) {

    /** The first and so far only table. */
    public static final GasTable V1 =
            new GasTable(4_000, 8_000, 8, 3_000, 30, 1_000, 4, 800, 1_000, 1_500, 600, 75_000);

    /**
     * An account's key and record, about; so a transfer that opens an account costs a third more.
     */
    private static final int ACCOUNT_BYTES = 80;

    private static final int LANE_BYTES = 16;

    /** What a transaction uses before its first call runs: the least sensible gas limit. */
    public long intrinsic(Transaction transaction) {
        int signatures = signatures(transaction.sender()) + signatures(transaction.payer());
        return this.transaction + signatures * signature + transaction.bytes().size() * wireByte;
    }

    /** For a record that an account did not have before. */
    public long newAccount() {
        return ACCOUNT_BYTES * stateByte;
    }

    /** For the first use of a lane from 1 to 15. */
    public long newLane() {
        return LANE_BYTES * stateByte;
    }

    private static int signatures(@Nullable Credential credential) {
        return switch (credential) {
            case null -> 0;
            case Credential.Single single -> 1;
            case Credential.Session session -> 1;
            case Credential.Multi multi -> multi.signatures().size();
        };
    }
}
