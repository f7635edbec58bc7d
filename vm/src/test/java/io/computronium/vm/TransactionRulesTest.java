package io.computronium.vm;

import static io.computronium.primitives.tx.TransactionFault.BAD_KEY;
import static io.computronium.primitives.tx.TransactionFault.GAS_LIMIT_TOO_HIGH;
import static io.computronium.primitives.tx.TransactionFault.GAS_LIMIT_TOO_LOW;
import static io.computronium.primitives.tx.TransactionFault.LANE_RESERVED;
import static io.computronium.primitives.tx.TransactionFault.NOT_YET_ACTIVE;
import static io.computronium.primitives.tx.TransactionFault.THRESHOLD_NOT_REACHED;
import static io.computronium.primitives.tx.TransactionFault.UNSUPPORTED_VERSION;
import static io.computronium.primitives.tx.TransactionFault.WRONG_CHAIN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.Signature;
import io.computronium.primitives.Uint128;
import io.computronium.primitives.crypto.SignatureCheck;
import io.computronium.primitives.tx.Asset;
import io.computronium.primitives.tx.Call;
import io.computronium.primitives.tx.Credential;
import io.computronium.primitives.tx.Credential.MemberSignature;
import io.computronium.primitives.tx.KeySet;
import io.computronium.primitives.tx.KeySet.WeightedKey;
import io.computronium.primitives.tx.PostCondition;
import io.computronium.primitives.tx.PostCondition.Comparison;
import io.computronium.primitives.tx.Transaction;
import io.computronium.primitives.tx.TransactionFault;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class TransactionRulesTest {

    private static final Signature SIGNATURE = Signature.of(new byte[Signature.SIZE]);

    /** The neutral element: a signature of anything is easily made for it. */
    private static final PublicKey SMALL_ORDER = PublicKey.ofHex("01" + "00".repeat(31));

    /** y = p + 1 where 1 is meant. */
    private static final PublicKey NOT_CANONICAL = PublicKey.ofHex("ee" + "ff".repeat(30) + "7f");

    private static final Asset.Token TOKEN =
            new Asset.Token(Principal.of(TestChain.account("alice").address(), "acme"), "share");

    private final TestChain chain = TestChain.withBalances(1_000_000, "alice");
    private final TransactionRules rules = new TransactionRules(chain.rules);

    private record Case(String what, @Nullable TransactionFault fault, Draft draft) {}

    @TestFactory
    Stream<DynamicTest> eachRule() {
        return cases().map(c ->
                DynamicTest.dynamicTest(
                        c.what,
                        () -> assertEquals(Optional.ofNullable(c.fault), fault(c.draft.build()))));
    }

    private static Stream<Case> cases() {
        return Stream.of(
                new Case("a transfer", null, transfer()),
                new Case("a transfer with a payer", null, transfer().payer("bob")),
                new Case("version 0", UNSUPPORTED_VERSION, transfer().version(0)),
                new Case("version 2", UNSUPPORTED_VERSION, transfer().version(2)),
                new Case("another chain", WRONG_CHAIN, transfer().chain("test-2")),
                new Case("session in lane 0", LANE_RESERVED, from(session())),
                new Case("session in lane 1", null, from(session()).lane(1)),
                new Case(
                        "session of a payer",
                        null,
                        transfer().payer(TestChain.account("bob"), session())),
                new Case("key of small order", BAD_KEY, from(single(SMALL_ORDER))),
                new Case("key out of range", BAD_KEY, from(single(NOT_CANONICAL))),
                new Case(
                        "payer's key of small order",
                        BAD_KEY,
                        transfer().payer(TestChain.account("bob"), single(SMALL_ORDER))),
                new Case("2 of 3", null, from(multi(List.of(0, 2), "a", "b", "c"))),
                new Case("1 of 3", THRESHOLD_NOT_REACHED, from(multi(List.of(1), "a", "b", "c"))),
                new Case("small order signs", BAD_KEY, from(multiWithSmallOrder(0, 1))),
                new Case("small order does not sign", null, from(multiWithSmallOrder(1, 2))),
                new Case(
                        "contract call",
                        null,
                        Draft.from("alice")
                                .call(new Call.ContractCall(TOKEN.contract(), "mint", List.of()))),
                new Case(
                        "deployment",
                        NOT_YET_ACTIVE,
                        transfer().call(new Call.Deploy("acme", 4, Bytes.EMPTY))),
                new Case("condition on coins", null, transfer().condition(sent(Asset.COIN))),
                new Case("condition on a token", null, transfer().condition(sent(TOKEN))),
                new Case(
                        "condition on a received token",
                        null,
                        transfer()
                                .condition(
                                        new PostCondition.Received(
                                                TestChain.account("bob"), TOKEN, Uint128.ZERO))),
                new Case(
                        "condition on a non-fungible token",
                        NOT_YET_ACTIVE,
                        transfer()
                                .condition(
                                        new PostCondition.NonFungible(
                                                TestChain.account("alice"),
                                                TOKEN,
                                                Bytes.ofHex("03"),
                                                true))),
                new Case("all the gas of a block", null, transfer().gasLimit(300_000_000)),
                new Case(
                        "more gas than a block",
                        GAS_LIMIT_TOO_HIGH,
                        transfer().gasLimit(300_000_001)),
                new Case(
                        "all the gas there is",
                        GAS_LIMIT_TOO_HIGH,
                        transfer().gasLimit(Long.MAX_VALUE)));
    }

    @Test
    void gasLimitCoversWhatPrecedesTheFirstCall() {
        // A limit of as many bytes as the one that is found, so that the size stays the same.
        long least = chain.rules.gas().intrinsic(transfer().gasLimit(13_000).build());
        assertEquals(Optional.empty(), fault(transfer().gasLimit(least).build()));
        assertEquals(Optional.of(GAS_LIMIT_TOO_LOW), fault(transfer().gasLimit(least - 1).build()));
    }

    @Test
    void intrinsicGasCountsSignaturesAndBytes() {
        Transaction one = transfer().build();
        Transaction two = transfer().payer("bob").build();
        GasTable gas = chain.rules.gas();
        assertEquals(
                gas.transaction() + gas.signature() + gas.wireByte() * one.bytes().size(),
                gas.intrinsic(one));
        assertEquals(
                gas.transaction() + 2 * gas.signature() + gas.wireByte() * two.bytes().size(),
                gas.intrinsic(two));
    }

    @Test
    void namesEverySignatureThatMustVerify() {
        Transaction signed = transfer().payer("bob").signed("alice", "bob");
        List<SignatureCheck> checks = SignatureChecks.of(TestChain.IDENTITY, signed);
        assertEquals(
                List.of(TestChain.key("alice").publicKey(), TestChain.key("bob").publicKey()),
                checks.stream().map(SignatureCheck::key).toList());
        assertTrue(checks.stream().allMatch(SignatureCheck::verify));

        Transaction otherPayer = transfer().payer("bob").signed("alice", "carol");
        assertTrue(SignatureChecks.of(TestChain.IDENTITY, otherPayer).get(1).verify());
        Transaction unsigned = transfer().build();
        assertFalse(SignatureChecks.of(TestChain.IDENTITY, unsigned).getFirst().verify());
        Transaction multi = from(multi(List.of(0, 2), "a", "b", "c")).build();
        assertEquals(
                List.of(TestChain.key("a").publicKey(), TestChain.key("c").publicKey()),
                SignatureChecks.of(TestChain.IDENTITY, multi).stream()
                        .map(SignatureCheck::key)
                        .toList());
    }

    private Optional<TransactionFault> fault(Transaction transaction) {
        return rules.check(transaction).map(Refusal::fault);
    }

    private static Draft transfer() {
        return Draft.from("alice").transfer("bob", 1);
    }

    private static Draft from(Credential credential) {
        return Draft.from(TestChain.account("alice"), credential).transfer("bob", 1);
    }

    private static Credential single(PublicKey key) {
        return new Credential.Single(key, SIGNATURE);
    }

    private static Credential session() {
        return new Credential.Session(7, TestChain.key("agent").publicKey(), SIGNATURE);
    }

    static Credential.Multi multi(List<Integer> signers, String... names) {
        return multi(
                signers,
                Stream.of(names)
                        .map(name -> new WeightedKey(TestChain.key(name).publicKey(), 1))
                        .toList());
    }

    private static Credential multiWithSmallOrder(int... signers) {
        return multi(
                IntStream.of(signers).boxed().toList(),
                List.of(
                        new WeightedKey(SMALL_ORDER, 1),
                        new WeightedKey(TestChain.key("b").publicKey(), 1),
                        new WeightedKey(TestChain.key("c").publicKey(), 1)));
    }

    private static Credential.Multi multi(List<Integer> signers, List<WeightedKey> keys) {
        return new Credential.Multi(
                new KeySet(KeySet.VERSION, keys, 2),
                signers.stream().map(index -> new MemberSignature(index, SIGNATURE)).toList());
    }

    private static PostCondition sent(Asset asset) {
        return new PostCondition.Sent(
                TestChain.account("alice"), asset, Comparison.AT_MOST, Uint128.of(5));
    }
}
