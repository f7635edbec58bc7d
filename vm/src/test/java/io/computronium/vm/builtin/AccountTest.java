package io.computronium.vm.builtin;

import static io.computronium.vm.TestWorld.account;
import static io.computronium.vm.TestWorld.call;
import static io.computronium.vm.TestWorld.none;
import static io.computronium.vm.TestWorld.principal;
import static io.computronium.vm.TestWorld.some;
import static io.computronium.vm.TestWorld.system;
import static io.computronium.vm.TestWorld.uint;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.Signature;
import io.computronium.primitives.bft.SignBytes;
import io.computronium.primitives.tx.Asset;
import io.computronium.primitives.tx.Call;
import io.computronium.primitives.tx.Credential;
import io.computronium.primitives.tx.TransactionFault;
import io.computronium.vm.Draft;
import io.computronium.vm.TestWorld;
import io.computronium.vm.builtin.Session.Cap;
import io.computronium.vm.builtin.Session.Cosign;
import io.computronium.vm.builtin.Session.Grant;
import io.computronium.vm.contract.Contract;
import io.computronium.vm.contract.Fault;
import io.computronium.vm.contract.Frame;
import io.computronium.vm.contract.Method;
import io.computronium.vm.contract.Parameter;
import io.computronium.vm.contract.Shape;
import io.computronium.vm.value.Value;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Sessions, rotation, guardians and pauses. The agent {@code bot} has a stolen or lent session key
 * of {@code alice}; {@code mallory} is who would like to have the money.
 */
class AccountTest {

    private static final long CPTM = 100_000_000L;
    private static final long START = 1_000 * CPTM;
    private static final Parameter<Long> AMOUNT = Parameter.coins("amount", "how much");
    private static final Parameter<Principal> TO = Parameter.principal("to", "whom");

    /** A shop that takes what it is told to from its caller, and gives it to anyone. */
    private static final Contract SHOP =
            Contract.singleton("shop", 90, "for tests")
                    .methods(
                            Method.publicly("buy", "moves the sender's coins")
                                    .takes(AMOUNT, TO)
                                    .returns(Shape.BOOL, AccountTest::take),
                            Method.publicly("refund-and-forward", "takes, gives back, takes")
                                    .takes(AMOUNT, TO)
                                    .returns(Shape.BOOL, AccountTest::refundAndForward),
                            Method.publicly("by-another", "lets another contract take")
                                    .takes(AMOUNT, TO)
                                    .returns(Shape.BOOL, AccountTest::byAnother),
                            Method.directly("withdraw-rights", "a right that is no balance")
                                    .returns(Shape.BOOL, frame -> true),
                            Method.publicly("pay-and-fail", "moves, then answers an error")
                                    .takes(AMOUNT, TO)
                                    .returns(Shape.BOOL, AccountTest::payAndFail))
                    .declare();

    private static final Contract THIEF =
            Contract.singleton("thief", 91, "for tests")
                    .methods(
                            Method.publicly("buy", "moves the sender's coins")
                                    .takes(AMOUNT, TO)
                                    .returns(Shape.BOOL, AccountTest::take))
                    .declare();

    private static final Principal ACCOUNT = system("account");
    private static final Principal SHOP_AT = system("shop");

    private final TestWorld world =
            TestWorld.with(List.of(SHOP, THIEF), START, "alice", "bob", "carol", "mallory", "bot");

    private static boolean take(Frame frame) {
        frame.move(Asset.COIN, frame.sender(), frame.get(TO), frame.get(AMOUNT));
        return true;
    }

    private static boolean refundAndForward(Frame frame) {
        frame.collect(Asset.COIN, frame.get(AMOUNT));
        frame.pay(Asset.COIN, frame.sender(), frame.get(AMOUNT));
        return take(frame);
    }

    private static boolean byAnother(Frame frame) {
        frame.call(
                frame.system("thief"),
                "buy",
                Shape.UINT.toValue(frame.get(AMOUNT)),
                Shape.PRINCIPAL.toValue(frame.get(TO)));
        return true;
    }

    private static boolean payAndFail(Frame frame) {
        frame.require(!take(frame), Fault.Common.WRONG_STATE);
        return true;
    }

    // Sessions

    @Test
    void aSessionBuysUntilTheCapsStopIt() {
        long id = addSession(policy(3 * CPTM, 5 * CPTM, 100, 7 * CPTM));
        buy(id, 2 * CPTM).value();
        buy(id, 4 * CPTM).expect(Account.DECLARATION, Account.CAP_TX);
        buy(id, 2 * CPTM + CPTM / 2).value();
        buy(id, CPTM).expect(Account.DECLARATION, Account.CAP_PERIOD);
        world.skip(200);
        buy(id, CPTM + CPTM / 4).value();
        buy(id, 2 * CPTM).expect(Account.DECLARATION, Account.CAP_TOTAL);
        assertEquals(START + 5 * CPTM + CPTM * 3 / 4, world.balance("mallory"));
    }

    @Test
    void feesCountAgainstTheCapOfTheCoin() {
        long id = addSession(policy(3 * CPTM, 5 * CPTM, 100, 7 * CPTM));
        var outcome = buy(id, CPTM);
        outcome.value();
        assertEquals(CPTM + outcome.receipt().fee(), spent(id));
        assertEquals(1, outcome.events("session-spent").size());
    }

    @Test
    void failingCallsEatTheCapsToo() {
        long id = addSession(policy(3 * CPTM, 5 * CPTM, 100, 7 * CPTM));
        var outcome = act(id, call(SHOP_AT, "pay-and-fail", uint(2 * CPTM), principal("mallory")));
        outcome.expect(SHOP, Fault.Common.WRONG_STATE);
        assertEquals(START, world.balance("mallory"));
        assertEquals(2 * CPTM + outcome.receipt().fee(), spent(id));
    }

    @Test
    void aSessionMayTightenAndEndItselfOnly() {
        long id = addSession(policy(3 * CPTM, 5 * CPTM, 100, 7 * CPTM));
        long other = addSession(policy(CPTM, CPTM, 100, CPTM));
        act(id, tighten(id, policy(2 * CPTM, 5 * CPTM, 100, 7 * CPTM))).value();
        act(id, tighten(id, policy(3 * CPTM, 5 * CPTM, 100, 7 * CPTM)))
                .expect(Account.DECLARATION, Fault.Common.INVALID_PARAMS);
        act(id, tighten(other, policy(CPTM, CPTM, 100, CPTM)))
                .expect(Account.DECLARATION, Fault.Common.UNAUTHORIZED);
        act(id, call(ACCOUNT, "revoke", uint(other)))
                .expect(Account.DECLARATION, Fault.Common.UNAUTHORIZED);
        act(id, call(ACCOUNT, "add-session", Session.SHAPE.toValue(policy(1, 1, 1, 1))))
                .expect(Account.DECLARATION, Fault.Common.UNAUTHORIZED);
        act(id, call(ACCOUNT, "revoke", uint(id))).value();
        assertRefused(TransactionFault.WRONG_KEY, id);
    }

    @Test
    void tighteningKeepsWhatWasSpent() {
        long id = addSession(policy(3 * CPTM, 5 * CPTM, 100, 7 * CPTM));
        buy(id, 2 * CPTM).value();
        world.run("alice", tighten(id, policy(CPTM, 2 * CPTM, 100, 7 * CPTM))).value();
        assertRefused(TransactionFault.SESSION_CAP, id);
        assertTrue(spent(id) > 2 * CPTM);
    }

    /** The fee is settled after the calls, by then against a policy that has no cap of the coin. */
    @Test
    void aSessionMayGiveUpTheCapThatItsFeeCountsAgainst() {
        long id = addSession(policy(3 * CPTM, 5 * CPTM, 100, 7 * CPTM));
        act(id, tighten(id, with(scope(), List.of(), 1, 100_000))).value();
        assertRefused(TransactionFault.SESSION_CAP, id);
    }

    @Test
    void endingItselfEndsWhatTheTransactionMayDo() {
        long id = addSession(policy(3 * CPTM, 5 * CPTM, 100, 7 * CPTM));
        act(id, call(ACCOUNT, "revoke", uint(id)), buyCall(1))
                .expect(Account.DECLARATION, Account.OUT_OF_SCOPE);
    }

    /** Periods count from the first height: moving it would begin a new one. */
    @Test
    void tighteningCannotMoveTheStart() {
        long id = addSession(policy(3 * CPTM, 5 * CPTM, 100, 7 * CPTM));
        Session later = with(scope(), List.of(cap(3 * CPTM, 5 * CPTM, 100, 7 * CPTM)), 2, 100_000);
        act(id, tighten(id, later)).expect(Account.DECLARATION, Fault.Common.INVALID_PARAMS);
    }

    @Test
    void unsoundPoliciesAreRefused() {
        for (Session bad :
                List.of(
                        with(List.of(), List.of(cap(1, 1, 1, 1)), 1, 100),
                        with(scope(), List.of(cap(1, 1, 0, 1)), 1, 100),
                        with(scope(), List.of(cap(1, 1, 1, 1), cap(2, 2, 2, 2)), 1, 100),
                        with(scope(), List.of(cap(1, 1, 1, 1)), 100, 99))) {
            refuse(bad);
        }
        world.skip(50);
        refuse(with(scope(), List.of(cap(1, 1, 1, 1)), 1, 20));
    }

    private void refuse(Session policy) {
        world.call("alice", ACCOUNT, "add-session", Session.SHAPE.toValue(policy))
                .expect(Account.DECLARATION, Fault.Common.INVALID_PARAMS);
    }

    // Twelve attempts to drain an account with a stolen session key

    @Test
    void drain1RefundAndForwardCountsGross() {
        long id = addSession(policy(3 * CPTM, 5 * CPTM, 100, 7 * CPTM));
        act(id, call(SHOP_AT, "refund-and-forward", uint(2 * CPTM), principal("mallory")))
                .expect(Account.DECLARATION, Account.CAP_TX);
        assertEquals(START, world.balance("mallory"));
    }

    @Test
    void drain2UnlistedAssetsHaveNoCap() {
        Session.Cap ofToken =
                new Cap(new Asset.Token(TestWorld.instance("alice", "t"), "token"), 9, 9, 9, 9);
        long id = addSession(with(scope(), List.of(ofToken), 1, 10_000));
        // The coin is not listed: not even a fee may be paid.
        assertRefused(TransactionFault.SESSION_CAP, id);
    }

    @Test
    void drain3InnerCallsReachListedContractsOnly() {
        long id = addSession(policy(3 * CPTM, 5 * CPTM, 100, 7 * CPTM));
        act(id, call(SHOP_AT, "by-another", uint(CPTM), principal("mallory")))
                .expect(Account.DECLARATION, Account.OUT_OF_SCOPE);
        act(id, call(system("thief"), "buy", uint(CPTM), principal("mallory")))
                .expect(Account.DECLARATION, Account.OUT_OF_SCOPE);
    }

    @Test
    void drain4DirectMethodsNeedToBeNamed() {
        long id = addSession(policy(3 * CPTM, 5 * CPTM, 100, 7 * CPTM));
        act(id, call(SHOP_AT, "withdraw-rights")).expect(Account.DECLARATION, Account.OUT_OF_SCOPE);
    }

    @Test
    void drain5FailingCallsBurnNoMoreThanTheCap() {
        long cap = CPTM / 100;
        long id = addSession(policy(cap, 2 * cap, 1_000, 2 * cap));
        long before = world.balance("alice");
        int included = 0;
        while (world.refusal(draft(id, call(SHOP_AT, "no-such-method")).build()).isEmpty()) {
            world.run(draft(id, call(SHOP_AT, "no-such-method")).build());
            included++;
        }
        assertTrue(included > 0, "some were included");
        assertTrue(before - world.balance("alice") <= 2 * cap);
    }

    @Test
    void drain6PayingTheFeesOfOthersIsCapped() {
        long cap = CPTM / 100;
        long id = addSession(policy(cap, cap, 1_000, cap));
        long before = world.balance("alice");
        int paid = 0;
        for (Draft next = paidBySession(id);
                world.refusal(next.build()).isEmpty();
                next = paidBySession(id)) {
            world.run(next.build());
            paid++;
        }
        assertTrue(paid > 0, "some were paid");
        assertTrue(before - world.balance("alice") <= cap);
    }

    private Draft paidBySession(long id) {
        return world.draft("mallory", new Call.Transfer(account("bob"), 1, null))
                .payer(account("alice"), credential(id, "bot"));
    }

    @Test
    void drain7TransfersNeedScopeToo() {
        long id = addSession(policy(3 * CPTM, 5 * CPTM, 100, 7 * CPTM));
        act(id, new Call.Transfer(account("mallory"), CPTM, null))
                .expect(Account.DECLARATION, Account.OUT_OF_SCOPE);
    }

    @Test
    void drain8RevokedSessionsAreDead() {
        long one = addSession(policy(3 * CPTM, 5 * CPTM, 100, 7 * CPTM));
        world.call("alice", ACCOUNT, "revoke", uint(one)).value();
        assertRefused(TransactionFault.WRONG_KEY, one);
        long two = addSession(policy(3 * CPTM, 5 * CPTM, 100, 7 * CPTM));
        world.call("alice", ACCOUNT, "revoke-all").value();
        assertRefused(TransactionFault.SESSION_INACTIVE, two);
        long three = addSession(policy(3 * CPTM, 5 * CPTM, 100, 7 * CPTM));
        buy(three, 1).value();
    }

    @Test
    void drain9ExpiredAndFutureSessionsAreDead() {
        long height = world.nextHeight();
        Session policy =
                with(scope(), List.of(cap(CPTM, CPTM, 100, CPTM)), height + 10, height + 20);
        long id = addSession(policy);
        assertRefused(TransactionFault.SESSION_INACTIVE, id);
        world.skipTo(height + 10);
        buy(id, 1).value();
        world.skipTo(height + 21);
        assertRefused(TransactionFault.SESSION_INACTIVE, id);
    }

    @Test
    void drain10AnotherKeyIsNotTheSessions() {
        long id = addSession(policy(3 * CPTM, 5 * CPTM, 100, 7 * CPTM));
        Draft draft = world.session("alice", 1, credential(id, "mallory"), buyCall(1));
        assertEquals(Optional.of(TransactionFault.WRONG_KEY), world.refusal(draft.build()));
    }

    @Test
    void drain11PausedAccountsStopSessions() {
        long id = addSession(policy(3 * CPTM, 5 * CPTM, 100, 7 * CPTM));
        world.call("alice", ACCOUNT, "set-guardian", some(principal("carol"))).value();
        world.call("carol", ACCOUNT, "pause", principal("alice")).value();
        assertRefused(TransactionFault.ACCOUNT_PAUSED, id);
        world.call("carol", ACCOUNT, "resume")
                .expect(Account.DECLARATION, Fault.Common.WRONG_STATE);
        world.call("alice", ACCOUNT, "resume").value();
        buy(id, 1).value();
    }

    @Test
    void drain12OtherLanesShareTheCounters() {
        long id = addSession(policy(3 * CPTM, 5 * CPTM, 100, 7 * CPTM));
        buyInLane(1, id).value();
        buyInLane(2, id).value();
        buyInLane(3, id).expect(Account.DECLARATION, Account.CAP_PERIOD);
    }

    private TestWorld.Outcome buyInLane(int lane, long id) {
        return world.run(
                world.session("alice", lane, credential(id, "bot"), buyCall(2 * CPTM)).build());
    }

    // Recipients and cosigners

    @Test
    void listedRecipientsOnly() {
        long id = addSession(restricted(Optional.of(List.of(account("bob"))), null, null));
        buy(id, 1).expect(Account.DECLARATION, Account.RECIPIENT_DENIED);
        act(id, call(SHOP_AT, "buy", uint(1), principal("bob"))).value();
    }

    @Test
    void newRecipientsWait() {
        long id = addSession(restricted(Optional.empty(), null, 50L));
        buy(id, 1).expect(Account.DECLARATION, Account.RECIPIENT_DENIED);
        act(id, call(ACCOUNT, "announce-recipient", uint(id), principal("mallory"))).value();
        buy(id, 1).expect(Account.DECLARATION, Account.RECIPIENT_DENIED);
        world.skip(50);
        buy(id, 1).value();
    }

    @Test
    void largeSumsNeedTheCosignerAsPayer() {
        long id =
                addSession(restricted(Optional.empty(), new Cosign(CPTM, account("carol")), null));
        buy(id, CPTM).value();
        buy(id, CPTM + 1).expect(Account.DECLARATION, Account.COSIGN_NEEDED);
        world.run(draft(id, buyCall(CPTM + 1)).payer("carol").build()).value();
    }

    // Keys, guardians, pauses

    @Test
    void aRotatedKeyTakesOverAfterTheDelay() {
        rotate("alice", "alice2").value();
        world.call("alice", ACCOUNT, "pause", principal("alice")).value();
        world.skip(86_400);
        Draft byNew = world.draftBy("alice", "alice2", call(ACCOUNT, "resume"));
        assertEquals(Optional.empty(), world.refusal(byNew.build()));
        Draft byOld = world.draft("alice", call(ACCOUNT, "resume"));
        assertEquals(Optional.of(TransactionFault.WRONG_KEY), world.refusal(byOld.build()));
    }

    @Test
    void aGuardianVetoesARotationAndCannotBeShakenOff() {
        world.call("alice", ACCOUNT, "set-guardian", some(principal("carol"))).value();
        rotate("alice", "mallory").value();
        world.call("alice", ACCOUNT, "set-guardian", none()).value();
        world.skip(86_000);
        world.call("bob", ACCOUNT, "veto-rotation", principal("alice"))
                .expect(Account.DECLARATION, Fault.Common.UNAUTHORIZED);
        world.call("carol", ACCOUNT, "veto-rotation", principal("alice")).value();
        world.call("carol", ACCOUNT, "veto-rotation", principal("alice"))
                .expect(Account.DECLARATION, Fault.Common.WRONG_STATE);
        world.skip(1_000);
        world.call("carol", ACCOUNT, "pause", principal("alice")).value();
        world.call("alice", ACCOUNT, "resume").value();
    }

    @Test
    void aRotationNeedsTheNewKeysProof() {
        Value key = KeyShape.ACCOUNT_KEY.toValue(TestWorld.key("alice2").publicKey());
        Value noProof = new Value.Buffer(Bytes.owned(new byte[Signature.SIZE]));
        world.call("alice", ACCOUNT, "rotate-key", key, noProof)
                .expect(Account.DECLARATION, Fault.Common.INVALID_PARAMS);
    }

    @Test
    void pauseAndResumeInOrder() {
        world.call("alice", ACCOUNT, "resume")
                .expect(Account.DECLARATION, Fault.Common.WRONG_STATE);
        world.call("bob", ACCOUNT, "pause", principal("alice"))
                .expect(Account.DECLARATION, Fault.Common.UNAUTHORIZED);
        world.call("alice", ACCOUNT, "pause", principal("alice")).value();
        world.call("alice", ACCOUNT, "pause", principal("alice"))
                .expect(Account.DECLARATION, Fault.Common.WRONG_STATE);
    }

    @Test
    void onlyPayChargesSessions() {
        long id = addSession(policy(3 * CPTM, 5 * CPTM, 100, 7 * CPTM));
        world.call(
                        "mallory",
                        ACCOUNT,
                        "charge-session",
                        principal("alice"),
                        uint(id),
                        KeyShape.ACCOUNT_KEY.toValue(TestWorld.key("bot").publicKey()),
                        none(),
                        principal("mallory"),
                        uint(1))
                .expect(Account.DECLARATION, Fault.Common.UNAUTHORIZED);
    }

    // How it is done

    private long addSession(Session policy) {
        return world.call("alice", ACCOUNT, "add-session", Session.SHAPE.toValue(policy))
                .value(Shape.UINT);
    }

    private TestWorld.Outcome rotate(String actor, String newKey) {
        PublicKey key = TestWorld.key(newKey).publicKey();
        byte[] message = SignBytes.keyPossession(TestWorld.chain(), account(actor).toBytes(), key);
        return world.call(
                actor,
                ACCOUNT,
                "rotate-key",
                KeyShape.ACCOUNT_KEY.toValue(key),
                KeyShape.SIGNATURE.toValue(TestWorld.key(newKey).sign(message)));
    }

    private TestWorld.Outcome buy(long id, long amount) {
        return act(id, buyCall(amount));
    }

    private static Call buyCall(long amount) {
        return call(SHOP_AT, "buy", uint(amount), principal("mallory"));
    }

    private TestWorld.Outcome act(long id, Call... calls) {
        return world.run(draft(id, calls).build());
    }

    private Draft draft(long id, Call... calls) {
        return world.session("alice", 1, credential(id, "bot"), calls);
    }

    private static Credential credential(long id, String key) {
        return new Credential.Session(
                id, TestWorld.key(key).publicKey(), Signature.of(new byte[Signature.SIZE]));
    }

    private void assertRefused(TransactionFault fault, long id) {
        assertEquals(Optional.of(fault), world.refusal(draft(id, buyCall(1)).build()));
    }

    /** In all, of the coin. */
    private long spent(long id) {
        return world.read(
                        Shape.optional(Spending.SHAPE),
                        ACCOUNT,
                        "get-spending",
                        principal("alice"),
                        uint(id))
                .orElseThrow()
                .counters()
                .getFirst()
                .inTotal();
    }

    private static Call tighten(long id, Session policy) {
        return call(ACCOUNT, "tighten", uint(id), Session.SHAPE.toValue(policy));
    }

    private static Session policy(
            long perTransaction, long perPeriod, long periodBlocks, long total) {
        return with(
                scope(), List.of(cap(perTransaction, perPeriod, periodBlocks, total)), 1, 100_000);
    }

    private static Cap cap(long perTransaction, long perPeriod, long periodBlocks, long total) {
        return new Cap(Asset.COIN, perTransaction, perPeriod, periodBlocks, total);
    }

    private static List<Grant> scope() {
        return List.of(new Grant(SHOP_AT, Optional.empty()));
    }

    private static Session with(List<Grant> scope, List<Cap> caps, long from, long until) {
        return new Session(
                TestWorld.key("bot").publicKey(),
                from,
                until,
                scope,
                caps,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Session restricted(
            Optional<List<Principal>> recipients, @Nullable Cosign cosign, @Nullable Long delay) {
        Session policy = policy(3 * CPTM, 5 * CPTM, 100, 7 * CPTM);
        return new Session(
                policy.key(),
                policy.validFrom(),
                policy.validUntil(),
                policy.scope(),
                policy.caps(),
                recipients,
                Optional.ofNullable(cosign),
                Optional.ofNullable(delay));
    }
}
