package io.computronium.primitives.block;

import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.PublicKey;

/**
 * What validators vote on. Its hash is the block id, and everything else of the block hangs on it.
 *
 * @param version format of this header; {@link #VERSION} is the only one so far
 * @param height from 1
 * @param timeMillis milliseconds since 1970, below 2^53
 * @param parent block id of the block before; of block 1: the genesis hash
 * @param lastCommitHash hash of the certificate for the parent that this block carries
 * @param transactionRoot Merkle root over the wire hashes
 * @param evidenceRoot Merkle root over the evidence
 * @param epoch from 0
 * @param validatorsHash the set that decides this height
 * @param nextValidatorsHash the set that decides the next height
 * @param parametersHash the chain parameters in force
 * @param stateRoot state after this block, not before it
 * @param receiptsRoot Merkle root over the receipts
 * @param gasUsed by all transactions
 * @param gasLimit the most gas that this block may use
 * @param baseFee grains for 1,000 gas
 * @param proposer consensus key of the validator that built the block
 */
public record Header(
        int version,
        String chainId,
        long height,
        long timeMillis,
        Hash parent,
        Hash lastCommitHash,
        Hash transactionRoot,
        Hash evidenceRoot,
        long epoch,
        Hash validatorsHash,
        Hash nextValidatorsHash,
        Hash parametersHash,
        Hash stateRoot,
        Hash receiptsRoot,
        long gasUsed,
        long gasLimit,
        long baseFee,
        PublicKey proposer) {

    public static final int VERSION = 1;
    public static final long MAX_TIME_MILLIS = (1L << 53) - 1;

    public Header {
        MalformedDataException.unless(version == VERSION, "header.version: 1 expected");
        MalformedDataException.unless(height > 0, "header.height: 1 or more expected");
        MalformedDataException.unless(
                timeMillis >= 0 && timeMillis <= MAX_TIME_MILLIS, "header.timeMillis: over 2^53");
        MalformedDataException.unless(epoch >= 0, "header.epoch: over 63 bits");
        MalformedDataException.unless(gasUsed >= 0, "header.gasUsed: over 63 bits");
        MalformedDataException.unless(gasLimit >= 0, "header.gasLimit: over 63 bits");
        MalformedDataException.unless(baseFee >= 0, "header.baseFee: over 63 bits");
    }
}
