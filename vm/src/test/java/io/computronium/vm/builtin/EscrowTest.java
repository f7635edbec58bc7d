package io.computronium.vm.builtin;

import static io.computronium.vm.TestWorld.account;
import static io.computronium.vm.TestWorld.buffer;
import static io.computronium.vm.TestWorld.call;
import static io.computronium.vm.TestWorld.none;
import static io.computronium.vm.TestWorld.principal;
import static io.computronium.vm.TestWorld.some;
import static io.computronium.vm.TestWorld.uint;
import static io.computronium.vm.builtin.Jobs.CLIENT;
import static io.computronium.vm.builtin.Jobs.CPTM;
import static io.computronium.vm.builtin.Jobs.ESCROW;
import static io.computronium.vm.builtin.Jobs.EVALUATOR;
import static io.computronium.vm.builtin.Jobs.FUNDER;
import static io.computronium.vm.builtin.Jobs.HASH;
import static io.computronium.vm.builtin.Jobs.PROVIDER;
import static io.computronium.vm.builtin.Jobs.STRANGER;
import static io.computronium.vm.contract.Fault.Common.EXISTS;
import static io.computronium.vm.contract.Fault.Common.INSUFFICIENT;
import static io.computronium.vm.contract.Fault.Common.INVALID_PARAMS;
import static io.computronium.vm.contract.Fault.Common.NOT_FOUND;
import static io.computronium.vm.contract.Fault.Common.TOO_EARLY;
import static io.computronium.vm.contract.Fault.Common.TOO_LATE;
import static io.computronium.vm.contract.Fault.Common.UNAUTHORIZED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.block.ExecutionStatus;
import io.computronium.primitives.tx.PostConditionMode;
import io.computronium.vm.TestWorld;
import io.computronium.vm.TestWorld.Outcome;
import io.computronium.vm.builtin.Job.State;
import io.computronium.vm.builtin.Jobs.Offer;
import io.computronium.vm.contract.Contract;
import io.computronium.vm.contract.Fault;
import io.computronium.vm.contract.Frame;
import io.computronium.vm.contract.Method;
import io.computronium.vm.contract.Parameter;
import io.computronium.vm.contract.Shape;
import io.computronium.vm.value.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Jobs: what each step does, what it refuses, and where the coins are after it. */
class EscrowTest {

    private static final Parameter<Long> JOB = Parameter.number("job", "which");

    /** A contract between: does things for its sender, or as itself. */
    private static final Contract MEDDLER =
            Contract.singleton("meddler", 90, "for tests")
                    .methods(
                            forItsSender("submit"),
                            forItsSender("complete"),
                            forItsSender("reject"),
                            Method.publicly("claim-after-review", "for its sender")
                                    .takes(JOB)
                                    .returns(
                                            Shape.BOOL,
                                            frame ->
                                                    done(
                                                            frame.call(
                                                                    frame.system("escrow"),
                                                                    "claim-after-review",
                                                                    uint(frame.get(JOB))))),
                            Method.publicly("judge", "completes as itself")
                                    .takes(JOB)
                                    .returns(
                                            Shape.BOOL,
                                            frame ->
                                                    done(
                                                            frame.callAsSelf(
                                                                    frame.system("escrow"),
                                                                    "complete",
                                                                    uint(frame.get(JOB)),
                                                                    HASH))))
                    .declare();

    private final Jobs jobs = Jobs.with(MEDDLER);
    private final TestWorld world = jobs.world;

    private static Method<Boolean> forItsSender(String method) {
        return Method.publicly(method, "for its sender")
                .takes(JOB)
                .returns(Shape.BOOL, frame -> done(passOn(frame, method)));
    }

    private static Value passOn(Frame frame, String method) {
        return frame.call(frame.system("escrow"), method, uint(frame.get(JOB)), HASH);
    }

    private static boolean done(Value answer) {
        return answer != null;
    }

    private static void expect(Fault fault, Outcome outcome) {
        outcome.expect(Escrow.DECLARATION, fault);
    }

    // The ways through

    @Test
    void anAcceptedJobPaysProviderEvaluatorAndNetwork() {
        Offer offer = jobs.offer();
        offer.evaluatorBp = 250;
        long job = jobs.open(offer);
        assertEquals(1, job);
        assertEquals(
                1_010_000_000L, jobs.fund(CLIENT, job, Long.MAX_VALUE).<Long>value(Shape.UINT));
        assertEquals(State.FUNDED, jobs.job(job).state());
        assertEquals(1_010_000_000, jobs.held());
        jobs.submit(job).value();
        assertEquals(State.SUBMITTED, jobs.job(job).state());

        long providerBefore = world.balance(PROVIDER);
        long evaluatorBefore = world.balance(EVALUATOR);
        Outcome done = jobs.complete(job);
        assertEquals(975_000_000L, done.<Long>value(Shape.UINT));
        assertEquals(providerBefore + 975_000_000, world.balance(PROVIDER));
        assertEquals(evaluatorBefore + 25_000_000 - done.receipt().fee(), world.balance(EVALUATOR));
        assertEquals(0, jobs.held());
        Job.Result result = jobs.job(job).result();
        assertEquals(975_000_000, result.paid());
        assertEquals(25_000_000 + 10_000_000, result.fee());
        assertEquals(3_000_000, result.burnt());
        assertEquals(State.DONE, jobs.job(job).state());
        assertEquals(1, done.events("job-done").size());
        assertEquals(new Standing(0, 0, 0, 0, 0, 0, 1, 0), jobs.standing(PROVIDER));
    }

    @Test
    void aPartialCompletionRefundsTheRestProRataAndLosesNoGrain() {
        Offer offer = jobs.offer();
        offer.amount = 100;
        long job = jobs.open(offer);
        assertEquals(34L, jobs.fund(CLIENT, job, 34).<Long>value(Shape.UINT));
        assertEquals(33L, jobs.fund(FUNDER, job, 33).<Long>value(Shape.UINT));
        assertEquals(State.OPEN, jobs.job(job).state());
        assertEquals(34L, jobs.fund(STRANGER, job, 1_000).<Long>value(Shape.UINT));
        jobs.submit(job).value();
        assertEquals(50L, jobs.completePartial(job, 50).<Long>value(Shape.UINT));

        assertEquals(50, jobs.held());
        assertEquals(16L, jobs.refund(CLIENT, job, CLIENT).<Long>value(Shape.UINT));
        assertEquals(16L, jobs.refund(CLIENT, job, FUNDER).<Long>value(Shape.UINT));
        assertEquals(18L, jobs.refund(CLIENT, job, STRANGER).<Long>value(Shape.UINT));
        assertEquals(0, jobs.held());
        Job.Result result = jobs.job(job).result();
        assertEquals(101, result.paid() + result.fee() + result.refunded());
    }

    @Test
    void theServiceFeeOfAPartIsTheSamePartRoundedUp() {
        long job = jobs.submitted(250);
        assertEquals(3, jobs.job(job).terms().serviceFee());
        jobs.completePartial(job, 100).value();
        assertEquals(2, jobs.job(job).result().fee());
        assertEquals(151L, jobs.refund(STRANGER, job, CLIENT).<Long>value(Shape.UINT));
    }

    @Test
    void oneFunderMayPayInSeveralTimes() {
        long job = jobs.open(jobs.offer());
        jobs.fund(FUNDER, job, 1).value();
        jobs.fund(FUNDER, job, 2).value();
        jobs.fund(CLIENT, job, Long.MAX_VALUE).value();
        assertEquals(3, jobs.contribution(job, FUNDER).orElseThrow().amount());
    }

    @Test
    void aRejectedJobGivesEverythingBackAndCostsNoFee() {
        long job = jobs.submitted(10 * CPTM);
        jobs.reject(EVALUATOR, job).value();
        assertEquals(State.REJECTED, jobs.job(job).state());
        long before = world.balance(CLIENT);
        assertEquals(1_010_000_000L, jobs.refund(STRANGER, job, CLIENT).<Long>value(Shape.UINT));
        assertEquals(before + 1_010_000_000, world.balance(CLIENT));
        assertEquals(0, jobs.job(job).result().fee());
        assertEquals(1, jobs.standing(PROVIDER).failed());
    }

    @Test
    void theClientCallsAnOpenJobOff() {
        long job = jobs.open(jobs.offer());
        jobs.fund(FUNDER, job, 500).value();
        jobs.reject(CLIENT, job).value();
        assertEquals(500L, jobs.refund(STRANGER, job, FUNDER).<Long>value(Shape.UINT));
    }

    @Test
    void providerAndBudgetAreSettledBeforeTheFirstCoin() {
        Offer offer = jobs.offer();
        offer.provider = none();
        long job = jobs.open(offer);
        expect(Escrow.STATE, jobs.fund(CLIENT, job, 1));
        jobs.escrow(CLIENT, "set-provider", uint(job), principal(PROVIDER)).value();
        jobs.escrow(PROVIDER, "set-budget", uint(job), uint(500)).value();
        jobs.escrow(CLIENT, "set-budget", uint(job), uint(400)).value();
        assertEquals(404L, jobs.fund(CLIENT, job, 1_000).<Long>value(Shape.UINT));
        assertEquals(State.FUNDED, jobs.job(job).state());
    }

    @Test
    void aContractMayEvaluateAsItself() {
        Offer offer = jobs.offer();
        offer.evaluator = principal(TestWorld.system("meddler"));
        offer.evaluatorBp = 1_000;
        long job = jobs.open(offer);
        jobs.fund(CLIENT, job, Long.MAX_VALUE).value();
        jobs.submit(job).value();
        world.call(STRANGER, TestWorld.system("meddler"), "judge", uint(job)).value();
        assertEquals(State.DONE, jobs.job(job).state());
        assertEquals(CPTM, world.balance(TestWorld.system("meddler")));
    }

    // Errors

    @Test
    void onlyTheRightPartyTakesAStep() {
        Offer unsettled = jobs.offer();
        unsettled.provider = none();
        long open = jobs.open(unsettled);
        long funded = jobs.funded(CPTM);
        long submitted = jobs.submitted(CPTM);
        for (String other : List.of(PROVIDER, EVALUATOR, STRANGER)) {
            expect(
                    UNAUTHORIZED,
                    jobs.escrow(other, "set-provider", uint(open), principal(STRANGER)));
            expect(UNAUTHORIZED, jobs.escrow(other, "set-budget", uint(open), uint(1)));
            expect(UNAUTHORIZED, jobs.reject(other, open));
        }
        for (String other : List.of(CLIENT, EVALUATOR, STRANGER)) {
            expect(UNAUTHORIZED, jobs.escrow(other, "submit", uint(funded), HASH));
        }
        for (String other : List.of(CLIENT, PROVIDER, STRANGER)) {
            expect(UNAUTHORIZED, jobs.reject(other, funded));
            expect(UNAUTHORIZED, jobs.reject(other, submitted));
            expect(UNAUTHORIZED, jobs.escrow(other, "complete", uint(submitted), HASH));
            expect(
                    UNAUTHORIZED,
                    jobs.escrow(other, "complete-partial", uint(submitted), uint(1), HASH));
        }
        jobs.skipPast(jobs.job(submitted).reviewBy());
        for (String other : List.of(CLIENT, EVALUATOR, STRANGER)) {
            expect(UNAUTHORIZED, jobs.escrow(other, "claim-after-review", uint(submitted)));
        }
    }

    @Test
    void aContractBetweenHasNoRightsOfItsCaller() {
        long funded = jobs.funded(CPTM);
        long submitted = jobs.submitted(CPTM);
        expect(UNAUTHORIZED, meddle(PROVIDER, "submit", funded));
        expect(UNAUTHORIZED, meddle(EVALUATOR, "complete", submitted));
        expect(UNAUTHORIZED, meddle(EVALUATOR, "reject", submitted));
        jobs.skipPast(jobs.job(submitted).reviewBy());
        expect(UNAUTHORIZED, meddle(PROVIDER, "claim-after-review", submitted));
    }

    private Outcome meddle(String who, String method, long job) {
        return world.call(who, TestWorld.system("meddler"), method, uint(job));
    }

    @Test
    void termsHaveBounds() {
        Map<String, Consumer<Offer>> wrong = new TreeMap<>();
        wrong.put("no amount", offer -> offer.amount = 0);
        wrong.put("amount and fee over 63 bits", offer -> offer.amount = Long.MAX_VALUE);
        wrong.put("more than the whole", offer -> offer.evaluatorBp = 10_001);
        wrong.put("deadline over", offer -> offer.deadline = world.nextHeight() - 1);
        wrong.put(
                "deadline too far",
                offer -> offer.deadline = world.nextHeight() + Escrow.MAX_DEADLINE + 1);
        wrong.put("no review", offer -> offer.review = 0);
        wrong.put("review too long", offer -> offer.review = Escrow.MAX_REVIEW + 1);
        wrong.put("works for itself", offer -> offer.provider = some(principal(CLIENT)));
        wrong.put("judges itself", offer -> offer.provider = some(principal(EVALUATOR)));
        wrong.put("escrow works", offer -> offer.provider = some(principal(ESCROW)));
        wrong.put("escrow judges", offer -> offer.evaluator = principal(ESCROW));
        wrong.put("short hash", offer -> offer.spec = buffer(Bytes.ofHex("ab".repeat(31))));
        wrong.forEach((name, change) -> {
            Offer offer = jobs.offer();
            change.accept(offer);
            assertEquals(2_001, jobs.create(offer).error(), name);
        });
        Offer extreme = jobs.offer();
        extreme.deadline = world.nextHeight() + Escrow.MAX_DEADLINE;
        extreme.review = Escrow.MAX_REVIEW;
        extreme.evaluatorBp = 10_000;
        extreme.evaluator = principal(CLIENT);
        jobs.create(extreme).value();
    }

    @Test
    void amountsHaveBounds() {
        long open = jobs.open(jobs.offer());
        expect(INVALID_PARAMS, jobs.escrow(CLIENT, "set-budget", uint(open), uint(0)));
        expect(INVALID_PARAMS, jobs.escrow(CLIENT, "set-budget", uint(open), uint(Long.MAX_VALUE)));
        expect(
                INVALID_PARAMS,
                jobs.escrow(CLIENT, "set-budget", uint(open), new Value.UInt(1L << 63, 0)));
        expect(INVALID_PARAMS, jobs.fund(CLIENT, open, 0));
        long submitted = jobs.submitted(CPTM);
        expect(INVALID_PARAMS, jobs.completePartial(submitted, 0));
        expect(INVALID_PARAMS, jobs.completePartial(submitted, CPTM + 1));
    }

    @Test
    void unknownJobsAndFundersAreNotFound() {
        Value no = uint(99);
        expect(NOT_FOUND, jobs.escrow(CLIENT, "set-provider", no, principal(PROVIDER)));
        expect(NOT_FOUND, jobs.escrow(CLIENT, "set-budget", no, uint(1)));
        expect(NOT_FOUND, jobs.fund(CLIENT, 99, 1));
        expect(NOT_FOUND, jobs.submit(99));
        expect(NOT_FOUND, jobs.complete(99));
        expect(NOT_FOUND, jobs.completePartial(99, 1));
        expect(NOT_FOUND, jobs.reject(CLIENT, 99));
        expect(NOT_FOUND, jobs.claimAfterReview(99));
        expect(NOT_FOUND, jobs.refund(CLIENT, 99, CLIENT));
        long rejected = jobs.funded(CPTM);
        jobs.reject(EVALUATOR, rejected).value();
        expect(NOT_FOUND, jobs.refund(STRANGER, rejected, STRANGER));
    }

    @Test
    void theProviderIsNamedOnce() {
        long job = jobs.open(jobs.offer());
        expect(EXISTS, jobs.escrow(CLIENT, "set-provider", uint(job), principal(STRANGER)));
    }

    @Test
    void coinsThatAreNotThereAreNotPaidIn() {
        Offer offer = jobs.offer();
        offer.amount = 2 * Jobs.START;
        expect(INSUFFICIENT, jobs.fund(FUNDER, jobs.open(offer), Long.MAX_VALUE));
    }

    @Test
    void heightsAreKeptToTheBlock() {
        long late = jobs.open(jobs.offer());
        long funded = jobs.funded(CPTM);
        long last = jobs.job(late).terms().deadline();
        world.skipTo(last);
        expect(TOO_EARLY, jobs.refund(STRANGER, funded, CLIENT));
        expect(TOO_LATE, jobs.fund(CLIENT, late, 1));
        jobs.skipPast(jobs.job(funded).terms().deadline());
        expect(TOO_LATE, jobs.submit(funded));
        jobs.refund(STRANGER, funded, CLIENT).value();

        long onTime = jobs.funded(CPTM);
        world.skipTo(jobs.job(onTime).terms().deadline());
        jobs.submit(onTime).value();
        world.skipTo(jobs.job(onTime).reviewBy());
        expect(TOO_EARLY, jobs.claimAfterReview(onTime));
        expect(TOO_LATE, jobs.complete(onTime));
        expect(TOO_LATE, jobs.completePartial(onTime, 1));
        expect(TOO_LATE, jobs.reject(EVALUATOR, onTime));
        jobs.claimAfterReview(onTime).value();

        long judged = jobs.submitted(CPTM);
        world.skipTo(jobs.job(judged).reviewBy());
        jobs.complete(judged).value();
    }

    @Test
    void aChangedBudgetIsNotFunded() {
        long job = jobs.open(jobs.offer());
        jobs.escrow(PROVIDER, "set-budget", uint(job), uint(1_000 * CPTM)).value();
        expect(
                Escrow.BUDGET_CHANGED,
                jobs.escrow(CLIENT, "fund", uint(job), uint(10 * CPTM), uint(Long.MAX_VALUE)));
    }

    /** Every step in every state, by the party that may take it and within its time. */
    @Test
    void stepsThatDoNotFitTheStateAreRefused() {
        for (State state : State.values()) {
            for (String step :
                    List.of(
                            "set-budget",
                            "fund",
                            "submit",
                            "complete",
                            "complete-partial",
                            "reject",
                            "claim-after-review",
                            "claim-refund")) {
                long job = in(state);
                assertEquals(state, jobs.job(job).state());
                Outcome outcome = take(step, job, state);
                String what = step + " in " + state + ": " + outcome;
                if (fitting(state).contains(step)) {
                    assertTrue(
                            outcome.receipt().status() instanceof ExecutionStatus.Succeeded, what);
                } else {
                    int code = waitsForItsTime(step, state) ? 2_005 : 2_010;
                    assertEquals(code, outcome.error(), what);
                }
            }
        }
    }

    private static List<String> fitting(State state) {
        return switch (state) {
            case OPEN -> List.of("set-budget", "fund", "reject");
            case FUNDED -> List.of("submit", "reject");
            case SUBMITTED -> List.of("complete", "complete-partial", "reject");
            case DONE, REJECTED -> List.of("claim-refund");
            case EXPIRED -> List.of();
        };
    }

    private static boolean waitsForItsTime(String step, State state) {
        return switch (state) {
            case OPEN, FUNDED -> step.equals("claim-refund");
            case SUBMITTED -> step.equals("claim-after-review");
            case DONE, REJECTED, EXPIRED -> false;
        };
    }

    private long in(State state) {
        return switch (state) {
            case OPEN -> jobs.open(jobs.offer());
            case FUNDED -> jobs.funded(CPTM);
            case SUBMITTED -> jobs.submitted(CPTM);
            case DONE -> jobs.done(CPTM);
            case REJECTED -> {
                long job = jobs.funded(CPTM);
                jobs.reject(EVALUATOR, job).value();
                yield job;
            }
            case EXPIRED -> {
                long job = jobs.funded(CPTM);
                jobs.skipPast(jobs.job(job).terms().deadline());
                jobs.refund(STRANGER, job, CLIENT).value();
                yield job;
            }
        };
    }

    private Outcome take(String step, long job, State state) {
        return switch (step) {
            case "set-budget" -> jobs.escrow(CLIENT, step, uint(job), uint(7));
            case "fund" -> jobs.fund(CLIENT, job, 1);
            case "submit" -> jobs.submit(job);
            case "complete" -> jobs.complete(job);
            case "complete-partial" -> jobs.completePartial(job, 1);
            case "reject" -> jobs.reject(state == State.OPEN ? CLIENT : EVALUATOR, job);
            case "claim-after-review" -> jobs.claimAfterReview(job);
            default -> jobs.refund(STRANGER, job, CLIENT);
        };
    }

    @Test
    void thereIsNoPartWhereTheTermsAllowNone() {
        Offer offer = jobs.offer();
        offer.partial = false;
        long job = jobs.open(offer);
        jobs.fund(CLIENT, job, Long.MAX_VALUE).value();
        jobs.submit(job).value();
        expect(Escrow.STATE, jobs.completePartial(job, 1));
        jobs.complete(job).value();
    }

    // Attacks

    /** The requestor never accepts the invoice (yagna #3126). */
    @Test
    void aSilentEvaluatorCannotKeepTheProviderFromItsPay() {
        Offer offer = jobs.offer();
        offer.evaluator = principal(CLIENT);
        offer.evaluatorBp = 1_000;
        long job = jobs.open(offer);
        jobs.fund(CLIENT, job, Long.MAX_VALUE).value();
        jobs.submit(job).value();
        jobs.skipPast(Math.max(jobs.job(job).terms().deadline(), jobs.job(job).reviewBy()));
        expect(Escrow.STATE, jobs.refund(CLIENT, job, CLIENT));
        expect(TOO_LATE, jobs.reject(CLIENT, job));
        assertEquals(10 * CPTM, jobs.claimAfterReview(job).<Long>value(Shape.UINT));
        assertEquals(0, jobs.held());
        assertEquals(1, jobs.standing(PROVIDER).done());
    }

    @Test
    void nobodyBlocksARefundAfterTheDeadline() {
        long job = jobs.open(jobs.offer());
        jobs.fund(FUNDER, job, 300).value();
        jobs.fund(STRANGER, job, 200).value();
        jobs.fund(CLIENT, job, Long.MAX_VALUE).value();
        jobs.skipPast(jobs.job(job).terms().deadline());
        Outcome first = jobs.refund("poor", job, FUNDER);
        assertEquals(300L, first.<Long>value(Shape.UINT));
        assertEquals(1, first.events("job-expired").size());
        assertEquals(State.EXPIRED, jobs.job(job).state());
        // The others need not wait for one another, nor act themselves.
        assertEquals(
                10 * CPTM + CPTM / 10 - 500,
                jobs.refund("poor", job, CLIENT).<Long>value(Shape.UINT));
        assertEquals(200L, jobs.refund("poor", job, STRANGER).<Long>value(Shape.UINT));
        assertEquals(0, jobs.held());
        assertEquals(Standing.NONE, jobs.standing(PROVIDER));
    }

    @Test
    void aHalfFundedJobIsRefundedToo() {
        long job = jobs.open(jobs.offer());
        jobs.fund(FUNDER, job, 300).value();
        jobs.skipPast(jobs.job(job).terms().deadline());
        assertEquals(300L, jobs.refund(STRANGER, job, FUNDER).<Long>value(Shape.UINT));
    }

    @Test
    void theSameRefundTwiceInOneTransactionUndoesBoth() {
        long job = jobs.funded(CPTM);
        jobs.reject(EVALUATOR, job).value();
        long held = jobs.held();
        var refund = call(ESCROW, "claim-refund", uint(job), principal(CLIENT));
        expect(Escrow.STATE, world.run(STRANGER, refund, refund));
        assertEquals(held, jobs.held());
        jobs.refund(STRANGER, job, CLIENT).value();
        expect(Escrow.STATE, jobs.refund(STRANGER, job, CLIENT));
        assertEquals(0, jobs.held());
    }

    /** Else whoever paid in first could be made to pay someone else, or for something bigger. */
    @Test
    void termsDoNotChangeUnderTheFunders() {
        long job = jobs.open(jobs.offer());
        jobs.fund(FUNDER, job, 1).value();
        expect(Escrow.STATE, jobs.escrow(CLIENT, "set-budget", uint(job), uint(1)));
        expect(Escrow.STATE, jobs.escrow(PROVIDER, "set-budget", uint(job), uint(1)));
        expect(EXISTS, jobs.escrow(CLIENT, "set-provider", uint(job), principal(STRANGER)));
    }

    /** Naming someone as provider who never agreed, and letting the job expire, costs nothing. */
    @Test
    void jobsThatTheProviderNeverTookPartInDoNotCountAgainstIt() {
        long before = jobs.score(PROVIDER);
        for (int i = 0; i < 3; i++) {
            jobs.reject(EVALUATOR, jobs.funded(CPTM)).value();
            long expired = in(State.EXPIRED);
            assertEquals(State.EXPIRED, jobs.job(expired).state());
        }
        assertEquals(before, jobs.score(PROVIDER));
    }

    @Test
    void aDonationChangesNothing() {
        long job = jobs.submitted(CPTM);
        var gift = world.draft(STRANGER).transfer(ESCROW, 77).build();
        assertTrue(world.run(gift).receipt().status() instanceof ExecutionStatus.Succeeded);
        jobs.complete(job).value();
        assertEquals(77, jobs.held());
    }

    @Test
    void postConditionsSeeWhatAFunderPays() {
        long job = jobs.open(jobs.offer());
        var uncovered =
                world.draft(
                        FUNDER,
                        call(ESCROW, "fund", uint(job), uint(10 * CPTM), uint(Long.MAX_VALUE)));
        uncovered.mode(PostConditionMode.DENY);
        assertTrue(
                world.run(uncovered.build()).receipt().status()
                        instanceof ExecutionStatus.KernelFailed);
        assertEquals(0, jobs.held());
    }

    // Payments, as ratings refer to them

    @Test
    void eachFunderPaidItsPartOfWhatWasBurnt() {
        long job = jobs.open(jobs.offer());
        jobs.fund(FUNDER, job, 252_500_000).value();
        jobs.fund(CLIENT, job, Long.MAX_VALUE).value();
        assertEquals(none(), payment(FUNDER, Payment.id(job)));
        jobs.submit(job).value();
        long height = world.nextHeight();
        jobs.complete(job).value();
        assertEquals(
                some(
                        Payment.SHAPE.toValue(
                                new Payment(account(FUNDER), account(PROVIDER), 750_000, height))),
                payment(FUNDER, Payment.id(job)));
        assertEquals(none(), payment(STRANGER, Payment.id(job)));
        byte[] other = Payment.id(job).toArray();
        other[0] = 1;
        assertEquals(none(), payment(FUNDER, Bytes.copyOf(other)));
        byte[] negative = Payment.id(job).toArray();
        Arrays.fill(negative, 24, 32, (byte) 0xff);
        assertEquals(none(), payment(FUNDER, Bytes.copyOf(negative)));
        assertEquals(none(), payment(FUNDER, Payment.id(99)));
    }

    private Value payment(String payer, Bytes id) {
        return world.read(ESCROW, "get-payment", principal(payer), buffer(id));
    }
}
