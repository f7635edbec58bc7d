package io.computronium.storage.state;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.primitives.block.Receipt;
import io.computronium.storage.tree.TreeChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one block did, while it is not flushed. Never changed.
 *
 * @param values what the block wrote; empty where it removed a key
 * @param tree the pages that it made and made stale
 * @param transactions index in the block by transaction id
 */
record Layer(
        long height,
        Map<Bytes, Optional<Bytes>> values,
        TreeChange tree,
        List<Receipt> receipts,
        Map<Hash, Integer> transactions) {}
