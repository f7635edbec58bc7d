package io.computronium.primitives.tx;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The signed part of a transaction.
 *
 * @param version format of this body; {@link #VERSION} is the only one so far
 * @param chainId the chain that it is for, 1 to 32 characters
 * @param sender the account that acts
 * @param lane 0: strict order, the owner's own key only; 1..15: any order within a window
 * @param sequence position in the lane, from 0
 * @param validUntil the last height at which a block may include it
 * @param gasLimit the most gas it may use, over 0
 * @param maxFeePerKilogas the most that it pays for 1,000 gas, in grains
 * @param tipPerKilogas what it offers above the base fee for 1,000 gas, in grains
 * @param payer the account that pays the fee, when it is not the sender
 * @param calls 1 to 16, all or nothing
 * @param postConditions 0 to 32 limits on what the calls may move
 * @param postConditionMode what happens to movements that no condition covers
 * @param memo at most 64 bytes, without meaning to the chain
 */
public record TransactionBody(
        int version,
        String chainId,
        Principal sender,
        int lane,
        long sequence,
        long validUntil,
        long gasLimit,
        long maxFeePerKilogas,
        long tipPerKilogas,
        @Nullable Principal payer,
        List<Call> calls,
        List<PostCondition> postConditions,
        PostConditionMode postConditionMode,
        Bytes memo) {

    public static final int VERSION = 1;
    public static final int LANES = 16;
    public static final int MAX_CALLS = 16;
    public static final int MAX_POST_CONDITIONS = 32;
    public static final int MAX_MEMO_BYTES = 64;

    /**
     * Copies the lists.
     *
     * @throws MalformedDataException if a field is outside the bounds given above
     */
    public TransactionBody {
        calls = List.copyOf(calls);
        postConditions = List.copyOf(postConditions);
        MalformedDataException.unless(version >= 0, "transaction.version: negative");
        MalformedDataException.unless(
                !chainId.isEmpty() && chainId.length() <= 32, "transaction.chainId: 1 to 32 bytes");
        MalformedDataException.unless(
                lane >= 0 && lane < LANES, "transaction.lane: 0 to 15 expected");
        MalformedDataException.unless(sequence >= 0, "transaction.sequence: over 63 bits");
        MalformedDataException.unless(validUntil >= 0, "transaction.validUntil: over 63 bits");
        MalformedDataException.unless(gasLimit > 0, "transaction.gasLimit: 1 to 2^63-1 expected");
        MalformedDataException.unless(
                maxFeePerKilogas >= 0, "transaction.maxFeePerKilogas: over 63 bits");
        MalformedDataException.unless(
                tipPerKilogas >= 0, "transaction.tipPerKilogas: over 63 bits");
        MalformedDataException.unless(
                !calls.isEmpty() && calls.size() <= MAX_CALLS,
                "transaction.calls: 1 to 16 expected");
        MalformedDataException.unless(
                postConditions.size() <= MAX_POST_CONDITIONS,
                "transaction.postConditions: at most 32");
        MalformedDataException.unless(
                memo.size() <= MAX_MEMO_BYTES, "transaction.memo: at most 64 bytes");
        MalformedDataException.unless(
                payer == null || !payer.equals(sender), "transaction.payer: is the sender");
    }

    /** The account whose balance the fee comes from. */
    public Principal feePayer() {
        return payer == null ? sender : payer;
    }
}
