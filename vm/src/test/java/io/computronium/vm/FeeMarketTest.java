package io.computronium.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.Coin;
import io.computronium.vm.builtin.EconomyParameters;
import io.computronium.vm.builtin.FeeSplit;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FeeMarketTest {

    private static final long LIMIT = 300_000_000;

    @ParameterizedTest(name = "{0} gas at {1}")
    @CsvSource({
        "0, 5, 0",
        "1, 1, 1",
        "1000, 1, 1",
        "1001, 1, 2",
        "17000, 100, 1700",
        "999, 9223372036854775807, 9214148664817921032",
        "1000, 9223372036854775807, 9223372036854775807",
        "1001, 9223372036854775807, 9223372036854775807",
        "9223372036854775807, 9223372036854775807, 9223372036854775807",
    })
    void feesRoundUpAndSaturate(long gas, long price, long fee) {
        assertEquals(fee, FeeMarket.fee(gas, price));
    }

    @Test
    void feesAgreeWithBigIntegers() {
        long seed = 4_242;
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            long gas = random.nextLong() >>> 1 + random.nextInt(62);
            long price = random.nextLong() >>> 1 + random.nextInt(62);
            assertEquals(
                    expectedFee(gas, price),
                    FeeMarket.fee(gas, price),
                    () -> "seed " + seed + ", " + gas + " gas at " + price);
        }
    }

    private static long expectedFee(long gas, long price) {
        BigInteger product = BigInteger.valueOf(gas).multiply(BigInteger.valueOf(price));
        return product.add(BigInteger.valueOf(999))
                .divide(BigInteger.valueOf(1_000))
                .min(BigInteger.valueOf(Long.MAX_VALUE))
                .longValue();
    }

    @ParameterizedTest(name = "base {0}, maximum {1}, tip {2}")
    @CsvSource({
        "100, 100, 0, 100",
        "100, 100, 50, 100",
        "100, 130, 50, 130",
        "100, 150, 50, 150",
        "100, 151, 50, 150",
        "100, 9223372036854775807, 9223372036854775807, 9223372036854775807",
        "100, 9223372036854775807, 9223372036854775707, 9223372036854775807",
    })
    void priceIsBaseFeeAndTipUpToTheMaximum(long base, long maximum, long tip, long price) {
        var draft = Draft.from("alice").transfer("bob", 1).maxFee(maximum).tip(tip);
        assertEquals(price, FeeMarket.price(draft.build().body(), base));
    }

    private record Step(String what, long base, long used, long next) {}

    @TestFactory
    Stream<DynamicTest> baseFeeFollowsFullness() {
        long half = LIMIT / 2;
        long most = Coin.MAX_SUPPLY_GRAINS;
        return List.of(
                        new Step("at the target", 1_000, half, 1_000),
                        new Step("full: up by an eighth", 1_000, LIMIT, 1_125),
                        new Step("empty: down by an eighth", 1_000, 0, 875),
                        new Step("half over the target", 1_000, half + half / 2, 1_062),
                        new Step("one gas over", 1_000, half + 1, 1_001),
                        new Step("one gas under", 1_000, half - 1, 999),
                        new Step("small and full: up by one", 100, half + 1, 101),
                        new Step("at the minimum and empty", 100, 0, 100),
                        new Step("near the minimum and empty", 101, 0, 100),
                        new Step("at the most there is and full", most, LIMIT, most),
                        new Step("at the most and empty", most, 0, most - most / 8))
                .stream()
                .map(step ->
                        DynamicTest.dynamicTest(
                                step.what,
                                () ->
                                        assertEquals(
                                                step.next,
                                                FeeMarket.nextBaseFee(
                                                        step.base,
                                                        step.used,
                                                        TestChain.parameters()))));
    }

    @Test
    void baseFeeNeverMovesByMoreThanAnEighthOrOne() {
        long seed = 77;
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            long base = TestChain.MIN_BASE_FEE + random.nextLong(Coin.MAX_SUPPLY_GRAINS - 100);
            long used = random.nextLong(LIMIT + 1);
            long next = FeeMarket.nextBaseFee(base, used, TestChain.parameters());
            long change = Math.abs(next - base);
            assertTrue(change <= Math.max(1, base / 8), () -> "seed " + seed);
            assertTrue(used == LIMIT / 2 || next == Coin.MAX_SUPPLY_GRAINS || change > 0);
        }
    }

    @ParameterizedTest(name = "{0} with {1} + {2} bp")
    @CsvSource({
        // The design's example: 300, 200 and the rest.
        "1001, 3000, 2000, 300, 200, 501",
        "1, 3000, 2000, 0, 0, 1",
        "3, 3333, 3333, 0, 0, 3",
        "10000, 1, 9999, 1, 9999, 0",
        "7, 10000, 0, 7, 0, 0",
        "7, 0, 0, 0, 0, 7",
        "0, 3000, 2000, 0, 0, 0",
        "100000000000000000, 3333, 3333, 33330000000000000, 33330000000000000, 33340000000000000",
    })
    void splitIsExactToTheGrain(
            long fee, int burnBp, int treasuryBp, long burned, long treasury, long proposer) {
        var parameters = new EconomyParameters(burnBp, treasuryBp, 1_000, 100, 1, List.of());
        assertEquals(new FeeSplit(burned, treasury, proposer), FeeSplit.of(fee, parameters));
    }
}
