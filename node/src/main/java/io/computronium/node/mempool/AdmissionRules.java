package io.computronium.node.mempool;

import io.computronium.primitives.tx.Transaction;
import io.computronium.vm.AccountView;
import java.util.Optional;

/** The chain's rules on what a block may include, asked of accounts that the pool imagines. */
@FunctionalInterface
public interface AdmissionRules {

    /**
     * Why {@code transaction} could not be in a block, if it could not.
     *
     * @param height of the block
     * @param baseFee of the block, grains for 1,000 gas
     * @param accounts sender and payer at that point
     */
    Optional<TxAdmission.Refused> check(
            Transaction transaction, long height, long baseFee, AccountView accounts);
}
