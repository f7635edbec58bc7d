package io.computronium.vm.builtin;

import io.computronium.vm.contract.ContractRegistry;
import java.util.List;

/** The one list of built-in contracts. */
public final class BuiltIns {

    public static final ContractRegistry REGISTRY =
            ContractRegistry.of(
                    List.of(
                            Coin.DECLARATION,
                            Account.DECLARATION,
                            Token.DECLARATION,
                            Pay.DECLARATION,
                            Resource.DECLARATION,
                            Vault.DECLARATION,
                            Auction.DECLARATION,
                            Reputation.DECLARATION,
                            Escrow.DECLARATION,
                            Econ.DECLARATION,
                            Staking.DECLARATION));

    private BuiltIns() {}
}
