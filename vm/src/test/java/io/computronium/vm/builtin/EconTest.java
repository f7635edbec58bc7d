package io.computronium.vm.builtin;

import static io.computronium.vm.TestWorld.call;
import static io.computronium.vm.TestWorld.system;
import static io.computronium.vm.TestWorld.uint;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.Coin;
import io.computronium.primitives.Principal;
import io.computronium.primitives.tx.Asset;
import io.computronium.vm.TestWorld;
import io.computronium.vm.contract.Fault.Common;
import io.computronium.vm.contract.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Fees, burning, minting, treasury. */
class EconTest {

    private static final Principal ECON = system("econ");
    private static final long START = 1_000 * Coin.GRAINS_PER_CPTM;

    private final TestWorld world = TestWorld.of(START, "alice", "bob");

    @Test
    void aServiceFeeIsRoundedUp() {
        assertEquals(0, fee(0));
        assertEquals(1, fee(1));
        assertEquals(1, fee(100));
        assertEquals(2, fee(101));
        assertEquals(10_000, fee(1_000_000));
    }

    private long fee(long amount) {
        return world.read(Shape.UINT, ECON, "service-fee", uint(amount));
    }

    @Test
    void aServiceFeeIsSplitLikeATransactionFee() {
        long supply = world.supply(Asset.COIN);
        var paid = world.call("alice", ECON, "pay-service-fee", uint(1_001));
        assertEquals(300, paid.value(Shape.UINT));
        var split = FeeSplit.of(paid.receipt().fee(), parameters());
        assertEquals(supply - 300 - split.burned(), world.supply(Asset.COIN));
        assertEquals(200 + split.treasury(), treasury());
        long validators = 501 + split.validators();
        assertEquals(validators / 10, world.balance("operator"));
        assertEquals(validators - validators / 10, pending());
        world.checkInvariants();
        world.pass(1);
        assertEquals(0, pending());
        assertEquals(200 + split.treasury(), treasury());
        world.checkInvariants();
    }

    @Test
    void aServiceFeeNeedsCoins() {
        world.call("alice", ECON, "pay-service-fee", uint(0))
                .expect(Econ.DECLARATION, Common.INVALID_PARAMS);
        world.call("alice", ECON, "pay-service-fee", uint(Long.MAX_VALUE))
                .expect(Econ.DECLARATION, Common.INSUFFICIENT);
        world.call("bob", ECON, "pay-service-fee", uint(1)).value();
    }

    @Test
    void whoPaysForItsOwnBlockLosesByIt() {
        long before = world.balance("alice") + world.balance("operator");
        world.run("alice", call(ECON, "pay-service-fee", uint(1_000_000)));
        world.pass(1);
        long after = world.balance("alice") + world.balance("operator");
        assertTrue(after < before - 500_000, "half is burnt or the treasury's");
    }

    @Test
    void theMintOfAYearIsExact() {
        var table = new EconomyParameters(0, 0, 0, 0, 7, List.of(100L, 3L, 0L, 9L));
        assertEquals(100, sum(table, 1, 7));
        assertEquals(3, sum(table, 8, 14));
        assertEquals(0, sum(table, 15, 21));
        assertEquals(9, sum(table, 22, 28));
        assertEquals(0, sum(table, 29, 60));
        assertEquals(112, table.totalEmission());
        assertEquals(14, table.mintOf(1));
        assertEquals(28 - 14, table.mintOf(2));
        assertEquals(42 - 28, table.mintOf(3));
        assertEquals(57 - 42, table.mintOf(4));
    }

    private static long sum(EconomyParameters table, long from, long to) {
        long sum = 0;
        for (long height = from; height <= to; height++) {
            sum += table.mintOf(height);
        }
        return sum;
    }

    @Test
    void theSupplyFollowsTheTable() {
        var chain = new StakingWorld();
        chain.world.pass(101);
        Econ.Supply supply = chain.world.read(Econ.Supply.SHAPE, ECON, "get-supply");
        assertEquals(100 * 10 * Coin.GRAINS_PER_CPTM, supply.minted());
        assertEquals(supply.genesis() + supply.minted() - supply.burned(), supply.current());
        assertEquals(chain.world.supply(Asset.COIN), supply.current());
        Econ.Emission emission = chain.world.read(Econ.Emission.SHAPE, ECON, "get-emission");
        assertEquals(10 * Coin.GRAINS_PER_CPTM, emission.thisBlock());
        assertEquals(10_000 * Coin.GRAINS_PER_CPTM, emission.annual());
        chain.world.checkInvariants();
    }

    @Test
    void parametersAreBounded() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new EconomyParameters(6_000, 4_001, 0, 0, 1, List.of()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new EconomyParameters(0, 0, 10_001, 0, 1, List.of()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new EconomyParameters(0, 0, 0, 1_001, 1, List.of()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new EconomyParameters(0, 0, 0, 0, 0, List.of()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new EconomyParameters(0, 0, 0, 0, 1, List.of(Coin.MAX_SUPPLY_GRAINS, 1L)));
    }

    private long treasury() {
        return world.read(Shape.UINT, ECON, "get-treasury");
    }

    private long pending() {
        return world.view(ECON).find(Econ.PENDING).orElseThrow();
    }

    private EconomyParameters parameters() {
        return world.view(ECON).find(Econ.PARAMETERS).orElseThrow();
    }
}
