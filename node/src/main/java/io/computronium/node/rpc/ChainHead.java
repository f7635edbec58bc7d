package io.computronium.node.rpc;

import io.computronium.primitives.Hash;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.block.Header;
import org.jspecify.annotations.Nullable;

/**
 * The last committed block in short.
 *
 * @param height 0 before the first block, when the genesis stands in for it
 * @param blockId at height 0 the genesis hash
 * @param parent at height 0 zeros
 * @param proposer null at height 0
 * @param baseFee grains for 1,000 gas
 * @param transactions how many
 */
public record ChainHead(
        long height,
        Hash blockId,
        long timeMillis,
        Hash parent,
        Hash stateRoot,
        @Nullable PublicKey proposer,
        long epoch,
        long baseFee,
        long gasUsed,
        long gasLimit,
        int transactions) {

    /** That of a block. */
    public static ChainHead of(Hash blockId, Header header, int transactions) {
        return new ChainHead(
                header.height(),
                blockId,
                header.timeMillis(),
                header.parent(),
                header.stateRoot(),
                header.proposer(),
                header.epoch(),
                header.baseFee(),
                header.gasUsed(),
                header.gasLimit(),
                transactions);
    }
}
