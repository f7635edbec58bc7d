package io.computronium.vm;

import io.computronium.primitives.Principal;
import io.computronium.primitives.tx.Asset;
import io.computronium.vm.contract.ContractFailure;
import io.computronium.vm.contract.Method;
import java.util.Optional;

/** What the credential of a transaction lets it do for the account it acts for. */
interface Mandate {

    /** The account's own key: everything. */
    Mandate OWNER =
            new Mandate() {
                @Override
                public void call(Principal contract, Method<?> method, boolean entry) {}

                @Override
                public void debit(Asset asset, Principal to, long amount) {}

                @Override
                public Optional<Long> session() {
                    return Optional.empty();
                }
            };

    /** The session that it is of; empty for the owner's. */
    Optional<Long> session();

    /**
     * Asked before each call that acts for the account.
     *
     * @param entry whether the transaction itself makes the call
     * @throws ContractFailure if the mandate does not cover it
     */
    void call(Principal contract, Method<?> method, boolean entry);

    /**
     * Asked before each movement out of the account.
     *
     * @throws ContractFailure if the mandate does not cover it
     */
    void debit(Asset asset, Principal to, long amount);
}
