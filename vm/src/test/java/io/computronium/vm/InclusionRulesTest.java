package io.computronium.vm;

import static io.computronium.primitives.tx.TransactionFault.EXPIRED;
import static io.computronium.primitives.tx.TransactionFault.EXPIRY_TOO_FAR;
import static io.computronium.primitives.tx.TransactionFault.FEE_TOO_LOW;
import static io.computronium.primitives.tx.TransactionFault.INSUFFICIENT_FEE_BALANCE;
import static io.computronium.primitives.tx.TransactionFault.SEQUENCE_AHEAD;
import static io.computronium.primitives.tx.TransactionFault.SEQUENCE_USED;
import static io.computronium.primitives.tx.TransactionFault.WRONG_KEY;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.computronium.primitives.Address;
import io.computronium.primitives.AddressVersions;
import io.computronium.primitives.Principal;
import io.computronium.primitives.crypto.Hash160;
import io.computronium.primitives.state.AccountState;
import io.computronium.primitives.tx.Credential;
import io.computronium.primitives.tx.TransactionFault;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class InclusionRulesTest {

    private static final long HEIGHT = 1_000;
    private static final long BASE_FEE = 100;

    /** 100,000 gas at base fee and tip. */
    private static final long RESERVE = 100 * (BASE_FEE + 7);

    private static final Credential.Multi TWO_OF_THREE =
            TransactionRulesTest.multi(List.of(0, 1), "a", "b", "c");

    private final InclusionRules rules =
            new InclusionRules(TestChain.withBalances(1, "alice").rules);

    private record Case(
            String what, @Nullable TransactionFault fault, Draft draft, AccountState account) {
        Case(String what, @Nullable TransactionFault fault, Draft draft) {
            this(what, fault, draft, new AccountState(RESERVE, 3, List.of(), false));
        }
    }

    @TestFactory
    Stream<DynamicTest> eachRule() {
        return Stream.of(authority(), expiry(), sequences(), fees())
                .flatMap(cases -> cases)
                .map(c ->
                        DynamicTest.dynamicTest(
                                c.what,
                                () ->
                                        assertEquals(
                                                Optional.ofNullable(c.fault),
                                                check(c.draft, c.account))));
    }

    private static Stream<Case> authority() {
        Principal alice = TestChain.account("alice");
        Address onMainnet =
                Hash160.address(AddressVersions.MAINNET.key(), TestChain.key("alice").publicKey());
        Address derived =
                Hash160.address(
                        AddressVersions.TESTNET.derived(), TestChain.key("alice").publicKey());
        Address multi =
                InclusionRules.addressOf(TWO_OF_THREE.keySet(), AddressVersions.TESTNET.derived());
        Address multiOnMainnet =
                InclusionRules.addressOf(TWO_OF_THREE.keySet(), AddressVersions.MAINNET.derived());
        Address multiAsKey =
                InclusionRules.addressOf(TWO_OF_THREE.keySet(), AddressVersions.TESTNET.key());
        var otherOrder = TransactionRulesTest.multi(List.of(0, 1), "b", "a", "c");
        return Stream.of(
                new Case("own key", null, draft()),
                new Case("other key", WRONG_KEY, by(alice, Draft.single("bob"))),
                new Case("other network", WRONG_KEY, by(onMainnet, Draft.single("alice"))),
                new Case("derived version", WRONG_KEY, by(derived, Draft.single("alice"))),
                new Case(
                        "a contract of one's own",
                        WRONG_KEY,
                        by(Principal.of(alice.address(), "acme"), Draft.single("alice"))),
                new Case(
                        "the system account",
                        WRONG_KEY,
                        by(AddressVersions.TESTNET.systemAccount(), Draft.single("alice"))),
                new Case("own key set", null, by(multi, TWO_OF_THREE)),
                new Case("key set in other order", WRONG_KEY, by(multi, otherOrder)),
                new Case("key set of other network", WRONG_KEY, by(multiOnMainnet, TWO_OF_THREE)),
                new Case("key set as a key", WRONG_KEY, by(multiAsKey, TWO_OF_THREE)),
                new Case("key for a key set", WRONG_KEY, by(multi, Draft.single("a"))),
                new Case("a payer's own key", null, draft().payer("bob")),
                new Case(
                        "a payer's key set",
                        null,
                        draft().payer(Principal.of(multi), TWO_OF_THREE)),
                new Case(
                        "not the payer's key",
                        WRONG_KEY,
                        draft().payer(TestChain.account("bob"), Draft.single("alice"))));
    }

    private static Stream<Case> expiry() {
        return Stream.of(
                new Case("last height", null, draft().validUntil(HEIGHT)),
                new Case("one too late", EXPIRED, draft().validUntil(HEIGHT - 1)),
                new Case("height 0", EXPIRED, draft().validUntil(0)),
                new Case("as far as can be", null, draft().validUntil(HEIGHT + 3_600)),
                new Case("one further", EXPIRY_TOO_FAR, draft().validUntil(HEIGHT + 3_601)),
                new Case("for ever", EXPIRY_TOO_FAR, draft().validUntil(Long.MAX_VALUE)));
    }

    private static Stream<Case> sequences() {
        AccountState used100 =
                new AccountState(RESERVE, 3, List.of(), false).use(2, 40).use(2, 100);
        return Stream.of(
                new Case("replay", SEQUENCE_USED, draft().sequence(2)),
                new Case("gap in lane 0", SEQUENCE_AHEAD, draft().sequence(4)),
                new Case("first of a lane", null, draft().lane(2).sequence(0)),
                new Case("end of a new window", null, draft().lane(2).sequence(63)),
                new Case("beyond a new window", SEQUENCE_AHEAD, draft().lane(2).sequence(64)),
                new Case("out of order", null, draft().lane(2).sequence(99), used100),
                new Case("highest again", SEQUENCE_USED, draft().lane(2).sequence(100), used100),
                new Case("old one again", SEQUENCE_USED, draft().lane(2).sequence(40), used100),
                new Case("back of the window", null, draft().lane(2).sequence(37), used100),
                new Case("behind the window", SEQUENCE_USED, draft().lane(2).sequence(36), used100),
                new Case("end of the window", null, draft().lane(2).sequence(164), used100),
                new Case("beyond it", SEQUENCE_AHEAD, draft().lane(2).sequence(165), used100),
                new Case("another lane", null, draft().lane(3).sequence(5), used100));
    }

    private static Stream<Case> fees() {
        AccountState shortByOne = new AccountState(RESERVE - 1, 3, List.of(), false);
        return Stream.of(
                new Case("base fee and no tip", null, draft().maxFee(BASE_FEE).tip(0)),
                new Case("under the base fee", FEE_TOO_LOW, draft().maxFee(BASE_FEE - 1)),
                new Case("a tip over the maximum", null, draft().maxFee(BASE_FEE).tip(99)),
                new Case("balance to the grain", null, draft()),
                new Case("short by a grain", INSUFFICIENT_FEE_BALANCE, draft(), shortByOne),
                new Case(
                        "payer short by a grain",
                        INSUFFICIENT_FEE_BALANCE,
                        draft().payer("bob"),
                        shortByOne),
                new Case("rounded up", INSUFFICIENT_FEE_BALANCE, draft().gasLimit(100_001)),
                new Case(
                        "a price of 63 bits",
                        INSUFFICIENT_FEE_BALANCE,
                        draft().maxFee(Long.MAX_VALUE).tip(Long.MAX_VALUE)));
    }

    private Optional<TransactionFault> check(Draft draft, AccountState account) {
        return rules.check(
                        draft.build(),
                        HEIGHT,
                        BASE_FEE,
                        AccountView.over(key -> Optional.empty(), principal -> account))
                .map(Refusal::fault);
    }

    private static Draft draft() {
        return complete(Draft.from("alice"));
    }

    private static Draft by(Address sender, Credential credential) {
        return by(Principal.of(sender), credential);
    }

    private static Draft by(Principal sender, Credential credential) {
        return complete(Draft.from(sender, credential));
    }

    private static Draft complete(Draft draft) {
        return draft.transfer("carol", 1).sequence(3).validUntil(HEIGHT + 60).tip(7);
    }
}
