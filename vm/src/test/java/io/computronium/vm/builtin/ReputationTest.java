package io.computronium.vm.builtin;

import static io.computronium.vm.TestWorld.account;
import static io.computronium.vm.TestWorld.bool;
import static io.computronium.vm.TestWorld.buffer;
import static io.computronium.vm.TestWorld.none;
import static io.computronium.vm.TestWorld.principal;
import static io.computronium.vm.TestWorld.system;
import static io.computronium.vm.TestWorld.text;
import static io.computronium.vm.TestWorld.uint;
import static io.computronium.vm.builtin.Jobs.CLIENT;
import static io.computronium.vm.builtin.Jobs.CPTM;
import static io.computronium.vm.builtin.Jobs.ESCROW;
import static io.computronium.vm.builtin.Jobs.EVALUATOR;
import static io.computronium.vm.builtin.Jobs.FUNDER;
import static io.computronium.vm.builtin.Jobs.HASH;
import static io.computronium.vm.builtin.Jobs.PROVIDER;
import static io.computronium.vm.builtin.Jobs.REPUTATION;
import static io.computronium.vm.builtin.Jobs.STRANGER;
import static io.computronium.vm.contract.Fault.Common.EXISTS;
import static io.computronium.vm.contract.Fault.Common.INSUFFICIENT;
import static io.computronium.vm.contract.Fault.Common.INVALID_PARAMS;
import static io.computronium.vm.contract.Fault.Common.NOT_FOUND;
import static io.computronium.vm.contract.Fault.Common.TOO_EARLY;
import static io.computronium.vm.contract.Fault.Common.UNAUTHORIZED;
import static io.computronium.vm.contract.Fault.Common.WRONG_STATE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.AddressVersions;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.primitives.block.ExecutionStatus;
import io.computronium.primitives.block.KernelFailure;
import io.computronium.primitives.tx.Asset;
import io.computronium.vm.TestWorld;
import io.computronium.vm.TestWorld.Outcome;
import io.computronium.vm.contract.Contract;
import io.computronium.vm.contract.Fault;
import io.computronium.vm.contract.Frame;
import io.computronium.vm.contract.Method;
import io.computronium.vm.contract.Parameter;
import io.computronium.vm.contract.Shape;
import io.computronium.vm.value.Value;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Stake, ratings and scores: what each step does and refuses, and what faking them costs. */
class ReputationTest {

    private static final Parameter<Principal> THROUGH = Parameter.principal("through", "contract");
    private static final Parameter<Bytes> PAYMENT = Parameter.hash("payment", "its id");

    /** Says of everyone that it paid bob a fortune, and meddles in its callers' name. */
    private static final Contract LIAR =
            Contract.singleton("liar", 90, "for tests")
                    .methods(
                            Payment.getter((frame, payer, id) ->
                                    Optional.of(
                                            new Payment(
                                                    payer,
                                                    account(PROVIDER),
                                                    1_000_000 * CPTM,
                                                    1))),
                            Method.publicly("rate", "for its sender")
                                    .takes(THROUGH, PAYMENT)
                                    .returns(
                                            Shape.UINT,
                                            frame -> Shape.UINT.fromValue(rateFor(frame))),
                            Method.publicly("unstake", "for its sender")
                                    .returns(
                                            Shape.UINT,
                                            frame ->
                                                    Shape.UINT.fromValue(
                                                            frame.call(
                                                                    frame.system("reputation"),
                                                                    "unstake",
                                                                    uint(1)))))
                    .declare();

    private final Jobs jobs = Jobs.with(LIAR);
    private final TestWorld world = jobs.world;

    private static Value rateFor(Frame frame) {
        return frame.call(
                frame.system("reputation"),
                "rate",
                principal(frame.get(THROUGH)),
                buffer(frame.get(PAYMENT)),
                uint(100),
                new Value.ListValue(List.of()),
                none());
    }

    private static void expect(Fault fault, Outcome outcome) {
        outcome.expect(Reputation.DECLARATION, fault);
    }

    private Outcome call(String who, String method, Value... arguments) {
        return world.call(who, REPUTATION, method, arguments);
    }

    private Outcome rate(String who, Principal through, Bytes payment, long rating) {
        return call(
                who,
                "rate",
                principal(through),
                buffer(payment),
                uint(rating),
                new Value.ListValue(List.of(text("fast"))),
                TestWorld.some(HASH));
    }

    private Outcome revoke(String who, long job) {
        return call(who, "revoke", principal(ESCROW), buffer(Payment.id(job)));
    }

    private Outcome respond(String who, String payer, long job) {
        return call(
                who, "respond", principal(ESCROW), principal(payer), buffer(Payment.id(job)), HASH);
    }

    private Rating rating(String payer, long job) {
        return world.read(
                        Shape.optional(Rating.SHAPE),
                        REPUTATION,
                        "get-rating",
                        principal(ESCROW),
                        principal(payer),
                        buffer(Payment.id(job)))
                .orElseThrow();
    }

    // What steps do

    @Test
    void stakeRaisesTheScoreAndComesBackAfterTheDelay() {
        assertEquals(4_000, jobs.score(PROVIDER));
        call(PROVIDER, "stake", uint(1_000 * CPTM)).value();
        assertEquals(5_000, jobs.score(PROVIDER));
        assertEquals(1_000 * CPTM, world.balance(REPUTATION));
        long asked = world.nextHeight();
        call(PROVIDER, "unstake", uint(400 * CPTM)).value();
        assertEquals(600 * CPTM, jobs.standing(PROVIDER).stake());
        world.skipTo(asked + Reputation.UNSTAKING_DELAY - 1);
        expect(TOO_EARLY, call(PROVIDER, "withdraw"));
        assertEquals(400 * CPTM, call(PROVIDER, "withdraw").<Long>value(Shape.UINT));
        assertEquals(600 * CPTM, world.balance(REPUTATION));
        expect(NOT_FOUND, call(PROVIDER, "withdraw"));
        world.checkInvariants();
    }

    /** Weight 3 CPTM at 95, stake 1,000 CPTM, 40 done, 1 failed: 8,047. */
    @Test
    void theScoreOfTheDesignFromRealJobs() {
        call(PROVIDER, "stake", uint(1_000 * CPTM)).value();
        jobs.reject(EVALUATOR, jobs.submitted(1)).value();
        for (int i = 0; i < 39; i++) {
            jobs.done(1);
        }
        long job = jobs.done(1_000 * CPTM);
        assertEquals(3 * CPTM, jobs.rate(CLIENT, job, 95).<Long>value(Shape.UINT));
        assertEquals(8_047, jobs.score(PROVIDER));
        assertTrue(meets(8_047, 1_000 * CPTM));
        assertTrue(!meets(8_048, 1_000 * CPTM));
        assertTrue(!meets(8_047, 1_000 * CPTM + 1));
    }

    private boolean meets(long score, long stake) {
        return world.read(
                Shape.BOOL, REPUTATION, "meets", principal(PROVIDER), uint(score), uint(stake));
    }

    @Test
    void aRatingCanBeAnsweredAndTakenBack() {
        Standing before = jobs.standing(PROVIDER).at(0);
        long job = jobs.done(1_000 * CPTM);
        assertEquals(3 * CPTM, rate(CLIENT, ESCROW, Payment.id(job), 10).<Long>value(Shape.UINT));
        respond(PROVIDER, CLIENT, job).value();
        assertEquals(Optional.of(Bytes.ofHex("ab".repeat(32))), rating(CLIENT, job).response());
        assertEquals(List.of("fast"), rating(CLIENT, job).tags());
        assertTrue(jobs.score(PROVIDER) < 4_000);
        revoke(CLIENT, job).value();
        assertTrue(rating(CLIENT, job).revoked());
        Standing after = jobs.standing(PROVIDER);
        assertEquals(before.weights(), after.weights());
        assertEquals(before.weightedRatings(), after.weightedRatings());
    }

    @Test
    void slashingGivesHalfToTheVictimAndBurnsTheRest() {
        Jobs judged = Jobs.with(JUDGE);
        TestWorld court = judged.world;
        court.call(PROVIDER, REPUTATION, "stake", uint(1_001)).value();
        court.call(PROVIDER, REPUTATION, "unstake", uint(500)).value();
        long supply = court.supply(Asset.COIN);
        long victim = court.balance(STRANGER);
        Outcome slash = slash(court, 5_000, 1_000);
        // 250 of 501 at stake and 250 of 500 on their way back.
        assertEquals(500L, slash.<Long>value(Shape.UINT));
        assertEquals(victim + 250, court.balance(STRANGER));
        assertTrue(supply - court.supply(Asset.COIN) >= 250);
        assertEquals(251, judged.standing(PROVIDER).stake());
        assertEquals(250, judged.standing(PROVIDER).unstaking());
        assertEquals(501, court.balance(REPUTATION));
        // The victim gets no more than it lost.
        assertEquals(501L, slash(court, 10_000, 7).<Long>value(Shape.UINT));
        assertEquals(victim + 257, court.balance(STRANGER));
        assertEquals(0, court.balance(REPUTATION));
        // Nothing is left: the judge is not held up.
        assertEquals(0L, slash(court, 10_000, 7).<Long>value(Shape.UINT));
        expect(INVALID_PARAMS, slash(court, 10_001, 7));
        court.checkInvariants();
    }

    private static Outcome slash(TestWorld court, long fraction, long loss) {
        return court.call(CLIENT, ESCROW, "slash", uint(fraction), uint(loss));
    }

    private static final Parameter<Long> FRACTION = Parameter.basisPoints("fraction", "how much");
    private static final Parameter<Long> LOSS = Parameter.coins("loss", "of the victim");

    /** Stands where disputes will be judged. */
    private static final Contract JUDGE =
            Contract.singleton("escrow", 20, "for tests")
                    .methods(
                            Method.publicly("slash", "bob, for eve")
                                    .takes(FRACTION, LOSS)
                                    .returns(
                                            Shape.UINT,
                                            frame ->
                                                    Shape.UINT.fromValue(
                                                            frame.callAsSelf(
                                                                    frame.system("reputation"),
                                                                    "slash",
                                                                    principal(PROVIDER),
                                                                    uint(frame.get(FRACTION)),
                                                                    principal(STRANGER),
                                                                    uint(frame.get(LOSS)),
                                                                    HASH))))
                    .declare();

    // Errors

    @Test
    void onlyEscrowSlashesAndRecords() {
        call(PROVIDER, "stake", uint(1_000)).value();
        expect(
                UNAUTHORIZED,
                call(
                        STRANGER,
                        "slash",
                        principal(PROVIDER),
                        uint(10_000),
                        principal(STRANGER),
                        uint(1_000),
                        HASH));
        expect(UNAUTHORIZED, call(PROVIDER, "record-outcome", principal(PROVIDER), bool(true)));
        assertEquals(1_000, jobs.standing(PROVIDER).stake());
    }

    @Test
    void onlyTheRatedOneAnswersOnce() {
        long job = jobs.done(CPTM);
        expect(NOT_FOUND, respond(PROVIDER, CLIENT, job));
        jobs.rate(CLIENT, job, 50).value();
        expect(UNAUTHORIZED, respond(CLIENT, CLIENT, job));
        expect(UNAUTHORIZED, respond(STRANGER, CLIENT, job));
        respond(PROVIDER, CLIENT, job).value();
        expect(EXISTS, respond(PROVIDER, CLIENT, job));
    }

    @Test
    void aContractBetweenHasNoRightsOfItsCaller() {
        call(PROVIDER, "stake", uint(1_000)).value();
        expect(UNAUTHORIZED, world.call(PROVIDER, system("liar"), "unstake"));
        long job = jobs.done(CPTM);
        expect(
                UNAUTHORIZED,
                world.call(
                        CLIENT,
                        system("liar"),
                        "rate",
                        principal(ESCROW),
                        buffer(Payment.id(job))));
    }

    @Test
    void argumentsHaveBounds() {
        long job = jobs.done(CPTM);
        expect(INVALID_PARAMS, jobs.rate(CLIENT, job, 101));
        expect(INVALID_PARAMS, jobs.rate(CLIENT, job, Long.MAX_VALUE));
        expect(INVALID_PARAMS, rate(CLIENT, ESCROW, Bytes.copyOf(new byte[31]), 50));
        expect(INVALID_PARAMS, call(PROVIDER, "stake", uint(0)));
        expect(INVALID_PARAMS, call(PROVIDER, "stake", new Value.UInt(0, Long.MIN_VALUE)));
        expect(INVALID_PARAMS, call(PROVIDER, "unstake", uint(0)));
        List<Value> five = Collections.nCopies(5, text("tag"));
        for (Value tags :
                List.<Value>of(
                        new Value.ListValue(five),
                        new Value.ListValue(List.of(text("t".repeat(33)))))) {
            Outcome outcome =
                    call(
                            CLIENT,
                            "rate",
                            principal(ESCROW),
                            buffer(Payment.id(job)),
                            uint(1),
                            tags,
                            none());
            assertEquals(
                    new ExecutionStatus.KernelFailed(0, KernelFailure.WRONG_ARGUMENT),
                    outcome.receipt().status());
        }
        jobs.rate(CLIENT, job, 100).value();
    }

    @Test
    void whatIsNotThereIsNotMoved() {
        expect(INSUFFICIENT, call(PROVIDER, "stake", uint(2 * Jobs.START)));
        expect(INSUFFICIENT, call(PROVIDER, "unstake", uint(1)));
        call(PROVIDER, "stake", uint(10)).value();
        expect(INSUFFICIENT, call(PROVIDER, "unstake", uint(11)));
        expect(NOT_FOUND, call(PROVIDER, "withdraw"));
        expect(NOT_FOUND, revoke(CLIENT, 1));
    }

    @Test
    void stakeComesBackOneLotAtATime() {
        call(PROVIDER, "stake", uint(10)).value();
        call(PROVIDER, "unstake", uint(4)).value();
        expect(Reputation.UNSTAKING, call(PROVIDER, "unstake", uint(4)));
        world.skip(Reputation.UNSTAKING_DELAY);
        call(PROVIDER, "withdraw").value();
        call(PROVIDER, "unstake", uint(6)).value();
    }

    @Test
    void aRatingIsTakenBackOnce() {
        long job = jobs.done(CPTM);
        jobs.rate(CLIENT, job, 100).value();
        expect(NOT_FOUND, revoke(PROVIDER, job));
        revoke(CLIENT, job).value();
        expect(WRONG_STATE, revoke(CLIENT, job));
    }

    // Attacks

    @Test
    void onlyWhoPaidRatesAndOnlyThroughContractsThatAreKnown() {
        long job = jobs.done(CPTM);
        expect(Reputation.NO_PAID_REF, jobs.rate(STRANGER, job, 0));
        expect(Reputation.NO_PAID_REF, jobs.rate(PROVIDER, job, 100));
        expect(Reputation.NO_PAID_REF, jobs.rate(CLIENT, job + 1, 100));
        expect(Reputation.NO_PAID_REF, rate(CLIENT, system("liar"), Payment.id(1), 100));
        expect(Reputation.NO_PAID_REF, rate(CLIENT, account(PROVIDER), Payment.id(1), 100));
        expect(Reputation.NO_PAID_REF, rate(CLIENT, REPUTATION, Payment.id(1), 100));
        expect(Reputation.NO_PAID_REF, rate(CLIENT, system("nobody"), Payment.id(1), 100));
        long unpaid = jobs.submitted(CPTM);
        expect(Reputation.NO_PAID_REF, jobs.rate(CLIENT, unpaid, 100));
        jobs.reject(EVALUATOR, unpaid).value();
        expect(Reputation.NO_PAID_REF, jobs.rate(CLIENT, unpaid, 0));
    }

    @Test
    void aPaymentIsRatedOnceByWhateverName() {
        long job = jobs.done(CPTM);
        jobs.rate(CLIENT, job, 100).value();
        expect(Reputation.REF_USED, jobs.rate(CLIENT, job, 100));
        Principal alias = Principal.of(AddressVersions.MAINNET.systemAccount(), "escrow");
        expect(Reputation.REF_USED, rate(CLIENT, alias, Payment.id(job), 100));
        revoke(CLIENT, job).value();
        expect(Reputation.REF_USED, jobs.rate(CLIENT, job, 100));
    }

    @Test
    void nobodyRatesItself() {
        long job = jobs.open(jobs.offer());
        jobs.fund(PROVIDER, job, Long.MAX_VALUE).value();
        jobs.submit(job).value();
        jobs.complete(job).value();
        expect(Reputation.SELF, jobs.rate(PROVIDER, job, 100));
    }

    /** Money that goes round in a circle: the weight is at most what was burnt on the way. */
    @Test
    void fakedWeightIsBurntForGood() {
        long before = ring();
        long weight = 0;
        long burnt = 0;
        for (int i = 0; i < 5; i++) {
            long job = jobs.done(1_000 * CPTM);
            long given = jobs.rate(CLIENT, job, 100).<Long>value(Shape.UINT);
            assertEquals(3 * CPTM >> i, given, "halved for each earlier rating of the pair");
            weight += given;
            burnt += jobs.job(job).result().burnt();
        }
        assertEquals(15 * CPTM, burnt);
        assertTrue(weight <= burnt, "weight " + weight);
        long loss = before - ring();
        assertTrue(loss >= 50 * CPTM, "the ring lost " + loss);
    }

    /** What the three who play together have. */
    private long ring() {
        return world.balance(CLIENT) + world.balance(PROVIDER) + world.balance(EVALUATOR);
    }

    /** Many raters of one job have together no more weight than was burnt. */
    @Test
    void sybilsShareTheWeightOfWhatTheyPaid() {
        long job = jobs.open(jobs.offer());
        jobs.fund(FUNDER, job, 3 * CPTM).value();
        jobs.fund(STRANGER, job, 3 * CPTM).value();
        jobs.fund(CLIENT, job, Long.MAX_VALUE).value();
        jobs.submit(job).value();
        jobs.complete(job).value();
        long weight = 0;
        for (String rater : List.of(FUNDER, STRANGER, CLIENT)) {
            weight += jobs.rate(rater, job, 100).<Long>value(Shape.UINT);
        }
        long burnt = jobs.job(job).result().burnt();
        assertEquals(3_000_000, burnt);
        assertTrue(weight <= burnt && weight >= burnt - 3, "weight " + weight);
    }

    @Test
    void halvingStopsAtTwenty() {
        for (int i = 0; i < 22; i++) {
            long job = jobs.done(1_000 * CPTM);
            long weight = jobs.rate(CLIENT, job, 100).<Long>value(Shape.UINT);
            assertEquals(3 * CPTM >> Math.min(i, 20), weight);
        }
    }

    /** A new identity starts where each new one does, without stake. */
    @Test
    void leavingABadNameBehindGivesNoMoreThanANewName() {
        long job = jobs.done(1_000 * CPTM);
        jobs.rate(CLIENT, job, 0).value();
        assertTrue(jobs.score(PROVIDER) < 4_000);
        assertEquals(4_000, jobs.score("poor"));
        assertEquals(0, jobs.standing("poor").stake());
    }

    @Test
    void stakeOnItsWayBackCountsNoMoreButIsStillInDanger() {
        call(PROVIDER, "stake", uint(1_000 * CPTM)).value();
        call(PROVIDER, "unstake", uint(1_000 * CPTM)).value();
        assertEquals(4_000, jobs.score(PROVIDER));
        assertTrue(!meets(0, 1));
        assertEquals(1_000 * CPTM, jobs.standing(PROVIDER).unstaking());
    }
}
