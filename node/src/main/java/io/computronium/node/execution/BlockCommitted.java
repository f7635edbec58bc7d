package io.computronium.node.execution;

import io.computronium.primitives.Principal;
import io.computronium.primitives.block.Block;
import io.computronium.primitives.block.Receipt;
import java.util.List;

/**
 * What everyone is told once a block is final, durable and readable.
 *
 * @param accounts whose records it changed
 * @param nanos that the commit took
 */
public record BlockCommitted(
        ChainTip head, Block block, List<Receipt> receipts, List<Principal> accounts, long nanos) {}
