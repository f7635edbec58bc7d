package io.computronium.vm;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.primitives.bft.ValidatorSet;
import io.computronium.primitives.block.Receipt;
import io.computronium.vm.builtin.FeeSplit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a block did.
 *
 * @param writes the keys whose values changed; empty means deleted. Unmodifiable, and the caller of
 *     the constructor hands it over
 * @param accounts those whose records changed, each once
 * @param receipts one for each transaction, in their order
 * @param blockReceipts what the block's own steps announced: none or one
 * @param gasUsed by all transactions
 * @param baseFee that they paid, grains for 1,000 gas
 * @param fees where their fees went
 * @param nextValidators the set that decides the next height
 */
public record BlockOutcome(
        SortedMap<Bytes, Optional<Bytes>> writes,
        List<Principal> accounts,
        List<Receipt> receipts,
        List<Receipt> blockReceipts,
        long gasUsed,
        long baseFee,
        FeeSplit fees,
        ValidatorSet nextValidators) {

    public BlockOutcome {
        writes = Collections.unmodifiableSortedMap(writes);
        accounts = List.copyOf(accounts);
        receipts = List.copyOf(receipts);
        blockReceipts = List.copyOf(blockReceipts);
    }

    /** What the receipts root is over: those of the transactions, then the block's own. */
    public List<Receipt> allReceipts() {
        List<Receipt> all = new ArrayList<>(receipts);
        all.addAll(blockReceipts);
        return all;
    }
}
