package io.computronium.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.computronium.primitives.AddressVersions;
import io.computronium.primitives.Coin;
import io.computronium.primitives.Principal;
import io.computronium.primitives.state.CoinSupply;
import io.computronium.vm.GenesisState.Allocation;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GenesisStateTest {

    private static final Principal ALICE = TestChain.account("alice");
    private static final Principal BOB = TestChain.account("bob");

    @Test
    void holdsBalancesSupplyBaseFeeValidatorsAndSeats() {
        var chain = new TestChain(List.of(new Allocation(ALICE, 70), new Allocation(BOB, 30)));
        assertEquals(70, chain.balance(ALICE));
        assertEquals(30, chain.balance(BOB));
        assertEquals(new CoinSupply(100 + TestChain.BOND, 0, 0), chain.supply());
        assertEquals(100 + TestChain.BOND, chain.sumOfBalances());
        assertEquals(TestChain.MIN_BASE_FEE, chain.baseFee());
    }

    @Test
    void mayHoldAllCoinsThereWillEverBe() {
        long most = Coin.MAX_SUPPLY_GRAINS - TestChain.BOND;
        var chain = new TestChain(List.of(new Allocation(ALICE, most - 1), new Allocation(BOB, 1)));
        assertEquals(Coin.MAX_SUPPLY_GRAINS, chain.supply().current());
    }

    @Test
    void refusesWhatCannotBe() {
        long most = Coin.MAX_SUPPLY_GRAINS - TestChain.BOND;
        Principal mainnetSystem = Principal.of(AddressVersions.MAINNET.systemAccount());
        Principal system = Principal.of(AddressVersions.TESTNET.systemAccount());
        for (List<Allocation> allocations :
                List.of(
                        List.of(new Allocation(ALICE, 0)),
                        List.of(new Allocation(ALICE, -1)),
                        List.of(new Allocation(ALICE, most), new Allocation(BOB, 1)),
                        List.of(new Allocation(ALICE, Long.MAX_VALUE)),
                        List.of(new Allocation(ALICE, 1), new Allocation(ALICE, 1)),
                        List.of(new Allocation(system, 1), new Allocation(mainnetSystem, 1)))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new TestChain(allocations),
                    () -> "allocations " + allocations);
        }
    }
}
