package io.computronium.vm.builtin;

import static io.computronium.vm.TestWorld.account;
import static io.computronium.vm.TestWorld.buffer;
import static io.computronium.vm.TestWorld.call;
import static io.computronium.vm.TestWorld.instance;
import static io.computronium.vm.TestWorld.key;
import static io.computronium.vm.TestWorld.none;
import static io.computronium.vm.TestWorld.principal;
import static io.computronium.vm.TestWorld.system;
import static io.computronium.vm.TestWorld.text;
import static io.computronium.vm.TestWorld.uint;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.Hash;
import io.computronium.primitives.Principal;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.Signature;
import io.computronium.primitives.bft.SignBytes;
import io.computronium.primitives.block.ExecutionStatus;
import io.computronium.primitives.codec.PaymentCodec;
import io.computronium.primitives.tx.Asset;
import io.computronium.primitives.tx.PaymentAuthorisation;
import io.computronium.primitives.tx.PaymentAuthorisation.Scheme;
import io.computronium.primitives.tx.Transaction;
import io.computronium.vm.TestWorld;
import io.computronium.vm.contract.Contract;
import io.computronium.vm.contract.Fault;
import io.computronium.vm.contract.Method;
import io.computronium.vm.contract.Parameter;
import io.computronium.vm.contract.Shape;
import io.computronium.vm.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Payments that were signed off chain: alice pays bob, carol settles. */
class PayTest {

    private static final Contract PAY = Pay.DECLARATION;
    private static final Principal SELF = system("pay");
    private static final long DAY = 86_400;

    private static final Contract ACCOUNT = Account.DECLARATION;

    private final TestWorld world = TestWorld.of(100_000_000_000L, "alice", "bob", "carol", "dave");

    private static Bytes bytes32(int fill) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) fill);
        return Bytes.owned(bytes);
    }

    /** From alice to bob, valid now and for 100 blocks. */
    private PaymentAuthorisation authorisation(Scheme scheme, long max, int nonce) {
        return authorisation(scheme, max, nonce, world.nextHeight() + 100);
    }

    private static PaymentAuthorisation authorisation(
            Scheme scheme, long max, int nonce, long validBefore) {
        return new PaymentAuthorisation(
                scheme,
                account("alice"),
                account("bob"),
                max,
                Asset.COIN,
                0,
                validBefore,
                bytes32(nonce),
                bytes32(99));
    }

    private static Signature sign(
            String signer, ChainIdentity chain, PaymentAuthorisation authorisation) {
        return key(signer)
                .sign(SignBytes.paymentAuthorisation(chain, PaymentCodec.idOf(authorisation)));
    }

    /** The arguments of a settlement that alice signed. */
    private static Value[] signed(PaymentAuthorisation authorisation, long amount) {
        Signature signature = sign("alice", TestWorld.chain(), authorisation);
        return arguments(
                authorisation, key("alice").publicKey(), Optional.empty(), signature, amount);
    }

    private static Value[] arguments(
            PaymentAuthorisation authorisation,
            PublicKey key,
            Optional<Long> session,
            Signature signature,
            long amount) {
        return new Value[] {
            value(authorisation),
            buffer(Bytes.copyOf(key.toArray())),
            Shape.optional(Shape.UINT).toValue(session),
            buffer(Bytes.copyOf(signature.toArray())),
            uint(amount),
            buffer(Bytes.ofHex("f00d"))
        };
    }

    @SuppressWarnings("unchecked")
    private static Value value(PaymentAuthorisation authorisation) {
        var parameter =
                (Parameter<PaymentAuthorisation>)
                        PAY.method("settle").orElseThrow().parameters().getFirst();
        return parameter.shape().toValue(authorisation);
    }

    private TestWorld.Outcome settle(Value... arguments) {
        return world.call("carol", SELF, "settle", arguments);
    }

    private static Fault fault(String name) {
        return PAY.faults().stream()
                .filter(fault -> fault.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    // Payments

    @Test
    void whoeverSettlesThePayeeGetsItAndTheSettlerPaysTheFee() {
        long alice = world.balance("alice");
        long bob = world.balance("bob");
        long carol = world.balance("carol");
        var authorisation = authorisation(Scheme.EXACT, 1_000, 1);
        var outcome = settle(signed(authorisation, 1_000));
        outcome.value();
        assertEquals(1, outcome.events("settled").size());
        assertEquals(alice - 1_000, world.balance("alice"));
        assertEquals(bob + 1_000, world.balance("bob"));
        assertEquals(carol - outcome.receipt().fee(), world.balance("carol"));
        world.checkInvariants();
    }

    @Test
    void whatWasSettledCanBeLookedUp() {
        long height = world.nextHeight();
        Transaction transaction =
                world.draft(
                                "carol",
                                call(
                                        SELF,
                                        "settle",
                                        signed(authorisation(Scheme.EXACT, 10, 1), 10)))
                        .build();
        world.run(transaction).value();
        var used =
                world.read(
                        Shape.optional(Pay.Used.SHAPE),
                        SELF,
                        "get-used-nonce",
                        principal("alice"),
                        buffer(bytes32(1)));
        var settlement = new Pay.Settlement(account("bob"), 10, Bytes.ofHex("f00d"));
        Bytes id = Bytes.copyOf(transaction.id().toArray());
        assertEquals(Optional.of(new Pay.Used(height, id, Optional.of(settlement))), used);
        assertEquals(
                Optional.of(new Payment(account("alice"), account("bob"), 0, height)),
                world.read(
                        Shape.optional(Payment.SHAPE),
                        SELF,
                        "get-payment",
                        principal("alice"),
                        buffer(bytes32(1))));
    }

    @Test
    void upToPaysAnyPartOnceAndThePayeeSaysHowMuch() {
        long before = world.balance("alice");
        var authorisation = authorisation(Scheme.UPTO, 1_000, 1);
        world.call("bob", SELF, "settle", signed(authorisation, 300)).value();
        assertEquals(before - 300, world.balance("alice"));
        world.call("bob", SELF, "settle", signed(authorisation, 300))
                .expect(PAY, fault("NONCE_USED"));
        var nothing = authorisation(Scheme.UPTO, 1_000, 2);
        world.call("bob", SELF, "settle", signed(nothing, 0)).value();
        world.call("bob", SELF, "settle", signed(nothing, 1_000)).expect(PAY, fault("NONCE_USED"));
        assertEquals(before - 300, world.balance("alice"));
        world.checkInvariants();
    }

    @Test
    void tokensArePaidToo() {
        world.call(
                        "alice",
                        system("token"),
                        "create",
                        text("gold"),
                        text("Gold"),
                        text("GLD"),
                        uint(0),
                        none(),
                        uint(100),
                        uint(100),
                        none(),
                        new Value.Bool(true))
                .value();
        Asset.Token gold = Token.asset(instance("alice", "gold"));
        settle(signed(with(authorisation(Scheme.EXACT, 60, 1), gold), 60)).value();
        assertEquals(60, world.balance(gold, account("bob")));
        settle(signed(with(authorisation(Scheme.EXACT, 60, 2), gold), 60))
                .expect(PAY, Fault.Common.INSUFFICIENT);
        var unknown = new Asset.Token(instance("alice", "silver"), "token");
        settle(signed(with(authorisation(Scheme.EXACT, 60, 3), unknown), 60))
                .expect(PAY, Fault.Common.INSUFFICIENT);
        world.checkInvariants();
    }

    private static PaymentAuthorisation with(PaymentAuthorisation of, Asset asset) {
        return new PaymentAuthorisation(
                of.scheme(),
                of.from(),
                of.to(),
                of.maxAmount(),
                asset,
                of.validAfter(),
                of.validBefore(),
                of.nonce(),
                of.resourceHash());
    }

    // Errors

    @ParameterizedTest
    @CsvSource({"EXACT, 99", "EXACT, 101", "EXACT, 0", "UPTO, 101", "UPTO, 9223372036854775807"})
    void amountsThatWereNotAuthorised(Scheme scheme, long amount) {
        world.call("bob", SELF, "settle", signed(authorisation(scheme, 100, 1), amount))
                .expect(PAY, fault("AMOUNT_MISMATCH"));
    }

    @Test
    void theWindowExcludesBothItsEnds() {
        long h = world.nextHeight() + 5;
        var authorisation =
                new PaymentAuthorisation(
                        Scheme.EXACT,
                        account("alice"),
                        account("bob"),
                        10,
                        Asset.COIN,
                        h,
                        h + 2,
                        bytes32(1),
                        bytes32(99));
        world.skipTo(h);
        settle(signed(authorisation, 10)).expect(PAY, fault("NOT_YET"));
        settle(signed(authorisation, 10)).value();
        settle(signed(authorisation, 10)).expect(PAY, fault("EXPIRED"));
        settle(signed(authorisation(Scheme.EXACT, 10, 2, h), 10)).expect(PAY, fault("EXPIRED"));
    }

    @Test
    void aPayerWithoutTheMoney() {
        long all = world.balance("alice");
        settle(signed(authorisation(Scheme.EXACT, all + 1, 1), all + 1))
                .expect(PAY, Fault.Common.INSUFFICIENT);
        // The nonce is still good.
        settle(signed(authorisation(Scheme.EXACT, 5, 1), 5)).value();
    }

    @Test
    void payeesThatMakeNoSense() {
        for (Principal payee : List.of(account("alice"), SELF)) {
            var authorisation = authorisation(Scheme.EXACT, 10, 1);
            settle(signed(to(authorisation, payee), 10)).expect(PAY, fault("RECIPIENT"));
        }
    }

    private static PaymentAuthorisation to(PaymentAuthorisation of, Principal payee) {
        return new PaymentAuthorisation(
                of.scheme(),
                of.from(),
                payee,
                of.maxAmount(),
                of.asset(),
                of.validAfter(),
                of.validBefore(),
                of.nonce(),
                of.resourceHash());
    }

    @Test
    void aCancelledNonceIsUseless() {
        world.call("alice", SELF, "cancel", buffer(bytes32(1))).value();
        settle(signed(authorisation(Scheme.EXACT, 10, 1), 10)).expect(PAY, fault("NONCE_USED"));
        world.call("alice", SELF, "cancel", buffer(bytes32(1))).expect(PAY, fault("NONCE_USED"));
        settle(signed(authorisation(Scheme.EXACT, 10, 2), 10)).value();
        world.call("alice", SELF, "cancel", buffer(bytes32(2))).expect(PAY, fault("NONCE_USED"));
        assertEquals(
                none(), world.read(SELF, "get-payment", principal("alice"), buffer(bytes32(1))));
        world.checkInvariants();
    }

    @Test
    void noncesAreEachPayersOwn() {
        world.call("dave", SELF, "cancel", buffer(bytes32(1))).value();
        settle(signed(authorisation(Scheme.EXACT, 10, 1), 10)).value();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"scheme", "max", "valid-after", "valid-before", "nonce", "resource-hash"})
    void argumentsThatAreNoAuthorisation(String field) {
        Value[] arguments = signed(authorisation(Scheme.EXACT, 10, 1), 10);
        Value bad =
                switch (field) {
                    case "scheme" -> uint(2);
                    case "max", "valid-before" -> uint(0);
                    case "valid-after" -> uint(Long.MAX_VALUE);
                    case "nonce" -> buffer(Bytes.owned(new byte[31]));
                    default -> buffer(Bytes.EMPTY);
                };
        List<Value.Field> fields = new ArrayList<>();
        for (Value.Field old : ((Value.Tuple) arguments[0]).fields()) {
            fields.add(old.name().equals(field) ? new Value.Field(field, bad) : old);
        }
        arguments[0] = new Value.Tuple(fields);
        settle(arguments).expect(PAY, Fault.Common.INVALID_PARAMS);
    }

    @Test
    void shortKeysAndSignaturesAreRefused() {
        for (int i : new int[] {1, 3}) {
            Value[] arguments = signed(authorisation(Scheme.EXACT, 10, 1), 10);
            arguments[i] = buffer(Bytes.owned(new byte[31]));
            settle(arguments).expect(PAY, Fault.Common.INVALID_PARAMS);
        }
    }

    @Test
    void everyErrorHasItsCode() {
        String[] names = {
            "BAD_SIG", "NOT_YET", "EXPIRED", "AMOUNT_MISMATCH", "NONCE_USED", "RECIPIENT"
        };
        for (int i = 0; i < names.length; i++) {
            assertEquals(1_110 + i, fault(names[i]).code(PAY.module()));
        }
    }

    // Attacks

    /** N sellers' servers settle the same authorisation at once: one block, one success. */
    @Test
    void attackManySettlementsOfOneAuthorisation() {
        long bob = world.balance("bob");
        Value[] arguments = signed(authorisation(Scheme.EXACT, 1_000, 1), 1_000);
        var transactions = new Transaction[16];
        for (int i = 0; i < transactions.length; i++) {
            String settler = i % 2 == 0 ? "carol" : "dave";
            transactions[i] = world.draft(settler, call(SELF, "settle", arguments)).build();
        }
        List<TestWorld.Outcome> outcomes = world.block(transactions);
        outcomes.getFirst().value();
        for (TestWorld.Outcome outcome : outcomes.subList(1, outcomes.size())) {
            outcome.expect(PAY, fault("NONCE_USED"));
        }
        assertEquals(bob + 1_000, world.balance("bob"));
    }

    @Test
    void attackTheSameAuthorisationTwiceInOneTransaction() {
        long bob = world.balance("bob");
        var settlement = call(SELF, "settle", signed(authorisation(Scheme.EXACT, 1_000, 1), 1_000));
        var outcome = world.run("carol", settlement, settlement);
        assertEquals(new ExecutionStatus.CallFailed(1), outcome.receipt().status());
        assertEquals(bob, world.balance("bob"));
    }

    /** Signed for another chain, or for another start of the same one. */
    @Test
    void attackReplayAcrossChains() {
        var authorisation = authorisation(Scheme.EXACT, 10, 1);
        String id = TestWorld.chain().chainId();
        Hash genesis = TestWorld.chain().genesisHash();
        byte[] other = genesis.toArray();
        other[0] ^= 1;
        for (ChainIdentity chain :
                List.of(
                        new ChainIdentity("other-1", genesis),
                        new ChainIdentity(id, Hash.of(other)))) {
            settle(
                            arguments(
                                    authorisation,
                                    key("alice").publicKey(),
                                    Optional.empty(),
                                    sign("alice", chain, authorisation),
                                    10))
                    .expect(PAY, fault("BAD_SIG"));
        }
    }

    /** A signature that was meant as that of a transaction. */
    @Test
    void attackASignatureOfAnotherKind() {
        var authorisation = authorisation(Scheme.EXACT, 10, 1);
        Hash id = PaymentCodec.idOf(authorisation);
        for (byte[] message :
                List.of(
                        SignBytes.transactionSender(TestWorld.chain(), id),
                        SignBytes.transactionPayer(TestWorld.chain(), id),
                        id.toArray())) {
            settle(
                            arguments(
                                    authorisation,
                                    key("alice").publicKey(),
                                    Optional.empty(),
                                    key("alice").sign(message),
                                    10))
                    .expect(PAY, fault("BAD_SIG"));
        }
    }

    /** Each thing that is signed, changed by whoever settles. */
    @Test
    void attackChangingWhatWasSigned() {
        var good = authorisation(Scheme.EXACT, 10, 1);
        Signature signature = sign("alice", TestWorld.chain(), good);
        long before = good.validBefore();
        for (PaymentAuthorisation changed :
                List.of(
                        to(good, account("carol")),
                        with(good, new Asset.Token(instance("alice", "gold"), "token")),
                        authorisation(Scheme.EXACT, 11, 1, before),
                        authorisation(Scheme.EXACT, 10, 2, before),
                        authorisation(Scheme.EXACT, 10, 1, before + 1),
                        from(good, account("dave")),
                        resource(good, bytes32(98)))) {
            settle(
                            arguments(
                                    changed,
                                    key("alice").publicKey(),
                                    Optional.empty(),
                                    signature,
                                    changed.maxAmount()))
                    .expect(PAY, fault("BAD_SIG"));
        }
        var upTo = authorisation(Scheme.UPTO, 10, 1, before);
        Value[] arguments =
                arguments(upTo, key("alice").publicKey(), Optional.empty(), signature, 10);
        world.call("bob", SELF, "settle", arguments).expect(PAY, fault("BAD_SIG"));
    }

    private static PaymentAuthorisation from(PaymentAuthorisation of, Principal payer) {
        return new PaymentAuthorisation(
                of.scheme(),
                payer,
                of.to(),
                of.maxAmount(),
                of.asset(),
                of.validAfter(),
                of.validBefore(),
                of.nonce(),
                of.resourceHash());
    }

    private static PaymentAuthorisation resource(PaymentAuthorisation of, Bytes hash) {
        return new PaymentAuthorisation(
                of.scheme(),
                of.from(),
                of.to(),
                of.maxAmount(),
                of.asset(),
                of.validAfter(),
                of.validBefore(),
                of.nonce(),
                hash);
    }

    /** Someone else's key, a key of small order, money of a contract. */
    @Test
    void attackSigningForOthers() {
        var ofDave = from(authorisation(Scheme.EXACT, 10, 1), account("dave"));
        var ofContract = from(authorisation(Scheme.EXACT, 10, 1), instance("alice", "acme"));
        for (PaymentAuthorisation authorisation : List.of(ofDave, ofContract)) {
            settle(signed(authorisation, 10)).expect(PAY, fault("BAD_SIG"));
        }
        byte[] neutral = new byte[32];
        neutral[0] = 1;
        byte[] any = new byte[64];
        any[0] = 1;
        settle(
                        arguments(
                                authorisation(Scheme.EXACT, 10, 1),
                                PublicKey.of(neutral),
                                Optional.empty(),
                                Signature.of(any),
                                10))
                .expect(PAY, Fault.Common.INVALID_PARAMS);
    }

    /** A stranger who sees an upto pass settles nothing, to spoil it, or all, to hurt. */
    @Test
    void attackSettlingUpToForThePayee() {
        var authorisation = authorisation(Scheme.UPTO, 1_000, 1);
        for (long amount : new long[] {0, 1, 1_000}) {
            settle(signed(authorisation, amount)).expect(PAY, Fault.Common.UNAUTHORIZED);
        }
        world.call("bob", SELF, "settle", signed(authorisation, 300)).value();
    }

    /** What was forgotten is over: it cannot be settled again. */
    @Test
    void attackReplayAfterForgetting() {
        var old = authorisation(Scheme.EXACT, 10, 1);
        settle(signed(old, 10)).value();
        world.skip(4 * DAY);
        settle(signed(authorisation(Scheme.EXACT, 10, 2), 10)).value();
        assertEquals(none(), usedNonce(1));
        settle(signed(old, 10)).expect(PAY, fault("EXPIRED"));
        world.checkInvariants();
    }

    @Test
    void noncesAreForgottenOnlyADayAfterTheyEndAndAFewAtATime() {
        for (int i = 1; i <= 10; i++) {
            settle(signed(authorisation(Scheme.EXACT, 1, i), 1)).value();
        }
        long end = world.nextHeight() + 100;
        world.skipTo(end + DAY - 100);
        settle(signed(authorisation(Scheme.EXACT, 1, 11), 1)).value();
        for (int i = 1; i <= 10; i++) {
            assertEquals(1, count(i), "still there: " + i);
        }
        world.skip(2 * DAY);
        for (int i = 12; i <= 20; i++) {
            settle(signed(authorisation(Scheme.EXACT, 1, i), 1)).value();
            world.checkInvariants();
        }
        for (int i = 1; i <= 10; i++) {
            assertEquals(0, count(i), "forgotten: " + i);
        }
        assertEquals(1, count(20));
    }

    private int count(int nonce) {
        return usedNonce(nonce) instanceof Value.Some ? 1 : 0;
    }

    private Value usedNonce(int nonce) {
        return world.read(SELF, "get-used-nonce", principal("alice"), buffer(bytes32(nonce)));
    }

    // Sessions and rotated keys

    /** Alice lets dave's key pay 50 grains at a time and 80 in all. */
    private long addSession() {
        var cap = new Session.Cap(Asset.COIN, 50, 80, 1_000_000, 80);
        var session =
                new Session(
                        key("dave").publicKey(),
                        1,
                        10 * DAY,
                        List.of(new Session.Grant(SELF, Optional.empty())),
                        List.of(cap),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        return world.call("alice", system("account"), "add-session", Session.SHAPE.toValue(session))
                .value(Shape.UINT);
    }

    @Test
    void aSessionsKeyPaysWithinItsCaps() {
        long id = addSession();
        var large = authorisation(Scheme.EXACT, 51, 2);
        settle(bySession(large, "dave", id, 51)).expect(ACCOUNT, Account.CAP_TX);
        long before = world.balance("alice");
        settle(bySession(authorisation(Scheme.EXACT, 50, 1), "dave", id, 50)).value();
        assertEquals(before - 50, world.balance("alice"));
        settle(bySession(authorisation(Scheme.EXACT, 31, 3), "dave", id, 31))
                .expect(ACCOUNT, Account.CAP_PERIOD);
        settle(bySession(authorisation(Scheme.EXACT, 30, 3), "dave", id, 30)).value();
        // The nonce of a payment that was refused is still good.
        settle(signed(large, 51)).value();
        world.checkInvariants();
    }

    /** Another's key, a session that is not there or was revoked, a paused account. */
    @Test
    void attackPayingByASessionThatMayNot() {
        long id = addSession();
        var authorisation = authorisation(Scheme.EXACT, 5, 1);
        settle(bySession(authorisation, "bob", id, 5)).expect(ACCOUNT, Fault.Common.UNAUTHORIZED);
        settle(bySession(authorisation, "dave", id + 1, 5)).expect(ACCOUNT, Fault.Common.NOT_FOUND);
        world.call("alice", system("account"), "pause", principal("alice")).value();
        settle(bySession(authorisation, "dave", id, 5)).expect(ACCOUNT, Account.PAUSED);
        world.call("alice", system("account"), "resume").value();
        world.call("alice", system("account"), "revoke", uint(id)).value();
        settle(bySession(authorisation, "dave", id, 5)).expect(ACCOUNT, Fault.Common.NOT_FOUND);
    }

    /** A key that is a session's is not the account's. */
    @Test
    void attackASessionsKeyAsTheAccounts() {
        addSession();
        var authorisation = authorisation(Scheme.EXACT, 10, 1);
        settle(byKey("dave", authorisation)).expect(PAY, fault("BAD_SIG"));
    }

    @Test
    void aRotatedKeyPaysAndTheOldOneNoMore() {
        PublicKey key = key("dave").publicKey();
        byte[] message =
                SignBytes.keyPossession(TestWorld.chain(), account("alice").toBytes(), key);
        world.call(
                        "alice",
                        system("account"),
                        "rotate-key",
                        KeyShape.ACCOUNT_KEY.toValue(key),
                        KeyShape.SIGNATURE.toValue(key("dave").sign(message)))
                .value();
        settle(byKey("alice", authorisation(Scheme.EXACT, 10, 1))).value();
        world.skip(2 * DAY);
        settle(byKey("alice", authorisation(Scheme.EXACT, 10, 2))).expect(PAY, fault("BAD_SIG"));
        settle(byKey("dave", authorisation(Scheme.EXACT, 10, 2))).value();
    }

    private static Value[] byKey(String signer, PaymentAuthorisation authorisation) {
        return arguments(
                authorisation,
                key(signer).publicKey(),
                Optional.empty(),
                sign(signer, TestWorld.chain(), authorisation),
                authorisation.maxAmount());
    }

    private static Value[] bySession(
            PaymentAuthorisation authorisation, String signer, long session, long amount) {
        return arguments(
                authorisation,
                key(signer).publicKey(),
                Optional.of(session),
                sign(signer, TestWorld.chain(), authorisation),
                amount);
    }

    @Test
    void onlyThePayerItselfCancels() {
        Parameter<Bytes> nonce = Parameter.hash("nonce", "to cancel");
        Contract probe =
                Contract.singleton("probe", 90, "for tests")
                        .methods(
                                Method.publicly("cancel", "in the sender's name")
                                        .takes(nonce)
                                        .returns(
                                                Shape.BOOL,
                                                frame -> {
                                                    frame.call(
                                                            SELF,
                                                            "cancel",
                                                            buffer(frame.get(nonce)));
                                                    return true;
                                                }))
                        .declare();
        var other = TestWorld.with(List.of(probe), 100_000_000_000L, "alice");
        other.call("alice", system("probe"), "cancel", buffer(bytes32(1)))
                .expect(PAY, Fault.Common.UNAUTHORIZED);
    }
}
