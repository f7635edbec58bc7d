package io.computronium.node.rpc;

import io.computronium.primitives.Hash;
import io.computronium.primitives.block.Receipt;
import io.computronium.primitives.tx.Transaction;

/**
 * A transaction in its block.
 *
 * @param index place in the block, from 0
 */
public record IncludedTransaction(
        long height, int index, Hash blockId, Transaction transaction, Receipt receipt) {}
