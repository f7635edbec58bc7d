package io.computronium.vm;

import static io.computronium.primitives.tx.PostCondition.Comparison.AT_LEAST;
import static io.computronium.primitives.tx.PostCondition.Comparison.AT_MOST;
import static io.computronium.primitives.tx.PostCondition.Comparison.EQUAL;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.computronium.primitives.AddressVersions;
import io.computronium.primitives.Principal;
import io.computronium.primitives.Uint128;
import io.computronium.primitives.block.ExecutionStatus;
import io.computronium.primitives.block.KernelFailure;
import io.computronium.primitives.block.Receipt;
import io.computronium.primitives.tx.Asset;
import io.computronium.primitives.tx.PostCondition;
import io.computronium.primitives.tx.PostCondition.Comparison;
import io.computronium.primitives.tx.PostConditionMode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Alice sends 30 and 12 to bob, 5 to carol and 1 to the system account, under one condition. */
final class PostConditionTest {

    private static final long START = 1_000_000;
    private static final Principal SYSTEM = Principal.of(AddressVersions.TESTNET.systemAccount());
    private static final Uint128 HUGE = new Uint128(1, 0);

    private record Case(boolean holds, PostCondition condition) {}

    @TestFactory
    Stream<DynamicTest> grossAmounts() {
        Principal alice = TestChain.account("alice");
        Principal bob = TestChain.account("bob");
        Principal dave = TestChain.account("dave");
        Principal mainnetSystem = Principal.of(AddressVersions.MAINNET.systemAccount());
        return Stream.of(
                        new Case(true, sent(alice, EQUAL, 48)),
                        new Case(false, sent(alice, EQUAL, 47)),
                        new Case(false, sent(alice, EQUAL, 49)),
                        new Case(true, sent(alice, AT_MOST, 48)),
                        new Case(false, sent(alice, AT_MOST, 47)),
                        new Case(true, sent(alice, AT_LEAST, 48)),
                        new Case(false, sent(alice, AT_LEAST, 49)),
                        new Case(true, sent(bob, EQUAL, 0)),
                        new Case(true, sent(dave, AT_MOST, 0)),
                        new Case(false, sent(bob, AT_LEAST, 1)),
                        new Case(true, received(bob, 42)),
                        new Case(false, received(bob, 43)),
                        new Case(true, received(dave, 0)),
                        new Case(false, received(dave, 1)),
                        new Case(true, received(mainnetSystem, 1)),
                        new Case(false, received(SYSTEM, 2)),
                        new Case(true, new PostCondition.Sent(alice, Asset.COIN, AT_MOST, HUGE)),
                        new Case(false, new PostCondition.Sent(alice, Asset.COIN, AT_LEAST, HUGE)),
                        new Case(false, new PostCondition.Received(bob, Asset.COIN, HUGE)))
                .flatMap(c ->
                        Stream.of(PostConditionMode.values())
                                .map(mode ->
                                        DynamicTest.dynamicTest(
                                                mode + " " + c.condition, () -> check(c, mode))));
    }

    private static void check(Case c, PostConditionMode mode) {
        TestChain chain = TestChain.withBalances(START, "alice", "bob", "carol");
        Draft draft =
                Draft.from("alice")
                        .transfer("bob", 30)
                        .transfer("bob", 12)
                        .transfer("carol", 5)
                        .transfer(SYSTEM, 1)
                        // One that always holds, so that it is not only the last that counts.
                        .condition(c.condition)
                        .condition(sent(TestChain.account("alice"), AT_MOST, START))
                        .mode(mode);
        Receipt receipt = chain.commit(draft.build()).receipts().getFirst();
        ExecutionStatus expected =
                c.holds
                        ? new ExecutionStatus.Succeeded()
                        : new ExecutionStatus.KernelFailed(3, KernelFailure.POST_CONDITION);
        assertEquals(expected, receipt.status());
        assertEquals(4, receipt.results().size());
        assertEquals(c.holds ? 4 : 0, receipt.events().size());
        assertEquals(START - receipt.fee() - (c.holds ? 48 : 0), chain.balance("alice"));
        assertEquals(List.of(c.holds ? START + 42 : START), List.of(chain.balance("bob")));
    }

    private static PostCondition sent(Principal principal, Comparison comparison, long grains) {
        return new PostCondition.Sent(principal, Asset.COIN, comparison, Uint128.of(grains));
    }

    private static PostCondition received(Principal principal, long grains) {
        return new PostCondition.Received(principal, Asset.COIN, Uint128.of(grains));
    }
}
