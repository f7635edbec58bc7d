package io.computronium.node.rpc;

import io.computronium.node.mempool.TxAdmission;
import io.computronium.primitives.Principal;
import io.computronium.primitives.block.Receipt;
import io.computronium.primitives.tx.Asset;
import java.util.List;

/** What a transaction would do. */
public sealed interface Simulation {

    /** It would not be included. */
    record Refused(TxAdmission.Refused refusal) implements Simulation {}

    /**
     * It would be, with this receipt.
     *
     * @param height whose state it ran on
     * @param balanceChanges without those that are 0, the fee's included
     */
    record Ran(long height, Receipt receipt, List<BalanceChange> balanceChanges)
            implements Simulation {
        public Ran {
            balanceChanges = List.copyOf(balanceChanges);
        }
    }

    /**
     * @param delta negative: less than before
     */
    record BalanceChange(Principal principal, Asset asset, long delta) {}
}
