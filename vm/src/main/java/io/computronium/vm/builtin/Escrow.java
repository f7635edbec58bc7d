package io.computronium.vm.builtin;

import static io.computronium.primitives.tx.Asset.COIN;
import static io.computronium.vm.contract.Fault.Common.EXISTS;
import static io.computronium.vm.contract.Fault.Common.INVALID_PARAMS;
import static io.computronium.vm.contract.Fault.Common.TOO_EARLY;
import static io.computronium.vm.contract.Fault.Common.TOO_LATE;
import static io.computronium.vm.contract.Fault.Common.UNAUTHORIZED;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.vm.builtin.Job.Result;
import io.computronium.vm.builtin.Job.State;
import io.computronium.vm.builtin.Job.Terms;
import io.computronium.vm.contract.Amounts;
import io.computronium.vm.contract.Contract;
import io.computronium.vm.contract.EventType;
import io.computronium.vm.contract.Fault;
import io.computronium.vm.contract.Frame;
import io.computronium.vm.contract.MapSlot;
import io.computronium.vm.contract.Method;
import io.computronium.vm.contract.Parameter;
import io.computronium.vm.contract.RecordShape;
import io.computronium.vm.contract.Shape;
import io.computronium.vm.contract.StateView;
import io.computronium.vm.contract.Unit;
import io.computronium.vm.contract.Variable;
import io.computronium.vm.value.Value;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Jobs whose pay is locked before the work begins. A client names the terms, anyone funds them, the
 * provider hands work in, and an evaluator pays for it, in part if the terms allow, or rejects it.
 *
 * <pre>
 * OPEN ── fund ──▶ FUNDED ── submit ──▶ SUBMITTED ── complete, or silence ──▶ DONE
 *   │                │                      └──────── reject ───────────────▶ REJECTED
 *   └─ reject ───────┴─ reject ─────────────────────────────────────────────▶ REJECTED
 *   └─ deadline ─────┴─ deadline ───────────────────────────────────────────▶ EXPIRED
 * </pre>
 *
 * <p>Silence never pays the silent: if no work comes by the deadline, anyone may send each funder
 * its coins back; if work comes and the evaluator says nothing by the end of the review, the
 * provider takes the whole amount, and the evaluator has earned nothing.
 *
 * <p>What funders agreed to cannot change under them: the provider is named once and before the
 * first coin, the amount cannot change after it, and everything else is fixed from the beginning.
 */
final class Escrow {

    /** The furthest deadline, in blocks from now: a year. */
    static final long MAX_DEADLINE = 365 * 86_400;

    /** The longest review, in blocks: 14 days, less than stake takes to come back. */
    static final long MAX_REVIEW = 14 * 86_400;

    /** The first byte of the ids of payments. */
    private static final byte JOB = 0;

    private Escrow() {}

    // State

    /** One funder's part in one job. */
    record Share(long job, Principal funder) {
        static final RecordShape<Share> SHAPE =
                RecordShape.of(
                        in -> new Share(in.next(), in.next()),
                        RecordShape.field("job", Shape.UINT, Share::job),
                        RecordShape.field("funder", Shape.PRINCIPAL, Share::funder));
    }

    /**
     * What a funder paid in. It stays, since it is the proof behind the funder's rating.
     *
     * @param amount in grains
     * @param settled whether what was left of it has gone back
     */
    record Contribution(long amount, boolean settled) {
        static final RecordShape<Contribution> SHAPE =
                RecordShape.of(
                        in -> new Contribution(in.next(), in.next()),
                        RecordShape.field("amount", Shape.UINT, Contribution::amount),
                        RecordShape.field("settled", Shape.BOOL, Contribution::settled));
    }

    static final Variable<Long> JOB_COUNT =
            new Variable<>(1, "job-count", Shape.UINT, "How many jobs there are; ids begin at 1");

    static final MapSlot<Long, Job> JOBS = new MapSlot<>(2, "job", Shape.UINT, Job.SHAPE, "A job");

    static final MapSlot<Share, Contribution> CONTRIBUTIONS =
            new MapSlot<>(
                    3,
                    "contribution",
                    Share.SHAPE,
                    Contribution.SHAPE,
                    "What a funder paid into a job");

    // Errors

    static final Fault STATE =
            new Fault.Own(
                    10,
                    "STATE",
                    "this step does not fit the job as it is; look at it with `escrow job`");
    static final Fault BUDGET_CHANGED =
            new Fault.Own(
                    11,
                    "BUDGET_CHANGED",
                    "the amount is not the one expected; look at the job again before funding it");

    // Events

    static final EventType CREATED =
            EventType.of(
                    "job-created",
                    "A client offers a job",
                    EventType.key("job", Shape.UINT),
                    EventType.key("client", Shape.PRINCIPAL),
                    EventType.key("evaluator", Shape.PRINCIPAL),
                    EventType.field("provider", Shape.optional(Shape.PRINCIPAL)),
                    EventType.field("spec", Shape.bytes(32)),
                    EventType.amount("amount", Unit.COIN));
    static final EventType PROVIDER_SET =
            EventType.of(
                    "provider-set",
                    "The provider is settled",
                    EventType.key("job", Shape.UINT),
                    EventType.key("provider", Shape.PRINCIPAL));
    static final EventType BUDGET_SET =
            EventType.of(
                    "budget-set",
                    "The amount changed",
                    EventType.key("job", Shape.UINT),
                    EventType.amount("amount", Unit.COIN),
                    EventType.amount("service-fee", Unit.COIN));
    static final EventType FUNDED =
            EventType.of(
                    "job-funded",
                    "A funder paid in",
                    EventType.key("job", Shape.UINT),
                    EventType.key("funder", Shape.PRINCIPAL),
                    EventType.amount("amount", Unit.COIN),
                    EventType.amount("missing", Unit.COIN));
    static final EventType SUBMITTED =
            EventType.of(
                    "job-submitted",
                    "The provider handed work in",
                    EventType.key("job", Shape.UINT),
                    EventType.key("provider", Shape.PRINCIPAL),
                    EventType.field("deliverable", Shape.bytes(32)),
                    EventType.amount("review-by", Unit.BLOCKS));
    static final EventType DONE =
            EventType.of(
                    "job-done",
                    "The provider was paid; without a reason if the evaluator stayed silent",
                    EventType.key("job", Shape.UINT),
                    EventType.key("provider", Shape.PRINCIPAL),
                    EventType.amount("paid", Unit.COIN),
                    EventType.amount("evaluator-fee", Unit.COIN),
                    EventType.amount("service-fee", Unit.COIN),
                    EventType.field("reason", Shape.optional(Shape.bytes(32))));
    static final EventType REJECTED =
            EventType.of(
                    "job-rejected",
                    "The work was rejected, or the job called off",
                    EventType.key("job", Shape.UINT),
                    EventType.key("by", Shape.PRINCIPAL),
                    EventType.field("reason", Shape.bytes(32)));
    static final EventType EXPIRED =
            EventType.of(
                    "job-expired",
                    "Nothing was handed in by the deadline",
                    EventType.key("job", Shape.UINT));
    static final EventType REFUNDED =
            EventType.of(
                    "job-refunded",
                    "A funder got back what was left of its part",
                    EventType.key("job", Shape.UINT),
                    EventType.key("funder", Shape.PRINCIPAL),
                    EventType.amount("amount", Unit.COIN));

    // Parameters

    private static final Parameter<Long> ID = Parameter.number("job", "the job's id");
    private static final Parameter<Optional<Principal>> ANY_PROVIDER =
            Parameter.of(
                    "provider",
                    Shape.optional(Shape.PRINCIPAL),
                    "who is to do the work, or none yet");
    private static final Parameter<Principal> PROVIDER =
            Parameter.principal("provider", "who is to do the work");
    private static final Parameter<Principal> EVALUATOR =
            Parameter.principal(
                    "evaluator", "who judges the work: the client, or someone both trust");
    private static final Parameter<Bytes> SPEC =
            Parameter.hash("spec", "the hash of what is to be done");
    private static final Parameter<Long> AMOUNT =
            Parameter.coins("amount", "the most that the work pays, over 0");
    private static final Parameter<Long> EVALUATOR_BP =
            Parameter.basisPoints("evaluator-bp", "the evaluator's part of what is paid");
    private static final Parameter<Long> DEADLINE =
            Parameter.number("deadline", "the last height for handing work in, at most a year off");
    private static final Parameter<Long> REVIEW =
            Parameter.blocks("review", "how long the evaluator has, 1 to 1,209,600 blocks");
    private static final Parameter<Boolean> PARTIAL =
            Parameter.of("partial", Shape.BOOL, "whether the evaluator may pay a part");
    private static final Parameter<Long> EXPECTED =
            Parameter.coins("expected", "the job's amount as you know it");
    private static final Parameter<Long> AT_MOST =
            Parameter.coins("at-most", "what you pay in; more than is missing is not taken");
    private static final Parameter<Bytes> DELIVERABLE =
            Parameter.hash("deliverable", "the hash of the work");
    private static final Parameter<Long> PART =
            Parameter.coins("amount", "what the work is worth, at most the job's amount");
    private static final Parameter<Bytes> REASON =
            Parameter.hash("reason", "the hash of the reason");
    private static final Parameter<Principal> FUNDER =
            Parameter.principal("funder", "whose part goes back to it");

    // Terms

    private static long create(Frame call) {
        Optional<Principal> provider = call.get(ANY_PROVIDER);
        Principal client = call.sender();
        Principal evaluator = call.get(EVALUATOR);
        long deadline = call.get(DEADLINE);
        long review = call.get(REVIEW);
        long amount = call.get(AMOUNT);
        call.require(amount > 0, INVALID_PARAMS);
        call.require(!evaluator.equals(call.self()), INVALID_PARAMS);
        call.require(call.get(EVALUATOR_BP) <= Amounts.WHOLE_BP, INVALID_PARAMS);
        call.require(
                deadline >= call.height() && deadline - call.height() <= MAX_DEADLINE,
                INVALID_PARAMS);
        call.require(review >= 1 && review <= MAX_REVIEW, INVALID_PARAMS);
        var terms =
                new Terms(
                        client,
                        Optional.empty(),
                        evaluator,
                        call.get(SPEC),
                        amount,
                        ServiceFee.on(call, amount),
                        call.get(EVALUATOR_BP),
                        deadline,
                        review,
                        call.get(PARTIAL));
        Terms agreed = provider.map(named -> withProvider(call, terms, named)).orElse(terms);
        long id = Math.addExact(call.find(JOB_COUNT).orElse(0L), 1);
        call.put(JOB_COUNT, id);
        call.put(JOBS, id, Job.open(agreed));
        call.emit(CREATED, id, client, evaluator, provider, terms.spec(), amount);
        return id;
    }

    private static boolean setProvider(Frame call) {
        long id = call.get(ID);
        Job job = call.read(JOBS, id);
        Terms terms = job.terms();
        requireRole(call, terms.client());
        call.require(job.state() == State.OPEN, STATE);
        call.require(terms.provider().isEmpty(), EXISTS);
        call.put(JOBS, id, job.withTerms(withProvider(call, terms, call.get(PROVIDER))));
        call.emit(PROVIDER_SET, id, call.get(PROVIDER));
        return true;
    }

    /** Nobody works for itself or judges its own work. */
    private static Terms withProvider(Frame call, Terms terms, Principal provider) {
        call.require(
                !provider.equals(terms.client())
                        && !provider.equals(terms.evaluator())
                        && !provider.equals(call.self()),
                INVALID_PARAMS);
        return terms.withProvider(provider);
    }

    private static boolean setBudget(Frame call) {
        long id = call.get(ID);
        Job job = call.read(JOBS, id);
        Terms terms = job.terms();
        long amount = call.get(AMOUNT);
        boolean party =
                call.sender().equals(terms.client())
                        || terms.provider().filter(call.sender()::equals).isPresent();
        call.require(party, UNAUTHORIZED);
        call.require(job.state() == State.OPEN && job.funded() == 0, STATE);
        call.require(amount > 0, INVALID_PARAMS);
        Terms changed = terms.withAmount(amount, ServiceFee.on(call, amount));
        call.put(JOBS, id, job.withTerms(changed));
        call.emit(BUDGET_SET, id, amount, changed.serviceFee());
        return true;
    }

    // Work

    private static long fund(Frame call) {
        long id = call.get(ID);
        Job job = call.read(JOBS, id);
        Terms terms = job.terms();
        call.require(job.state() == State.OPEN && terms.provider().isPresent(), STATE);
        call.require(call.height() <= terms.deadline(), TOO_LATE);
        call.require(call.get(EXPECTED) == terms.amount(), BUDGET_CHANGED);
        long amount = Math.min(call.get(AT_MOST), terms.required() - job.funded());
        call.collect(COIN, amount);

        var share = new Share(id, call.sender());
        long before = call.find(CONTRIBUTIONS, share).map(Contribution::amount).orElse(0L);
        Job funded = job.withContribution(amount);
        call.put(CONTRIBUTIONS, share, new Contribution(before + amount, false));
        call.put(JOBS, id, funded);
        call.emit(FUNDED, id, call.sender(), amount, terms.required() - funded.funded());
        return amount;
    }

    private static long submit(Frame call) {
        long id = call.get(ID);
        Job job = call.read(JOBS, id);
        Principal provider = provider(call, job);
        requireRole(call, provider);
        call.require(job.state() == State.FUNDED, STATE);
        call.require(call.height() <= job.terms().deadline(), TOO_LATE);
        Job submitted = job.submitted(call.get(DELIVERABLE), call.height());
        call.put(JOBS, id, submitted);
        call.emit(SUBMITTED, id, provider, call.get(DELIVERABLE), submitted.reviewBy());
        return submitted.reviewBy();
    }

    // The end

    private static long complete(Frame call) {
        long id = call.get(ID);
        Job job = underReview(call, id);
        return settle(call, id, job, job.terms().amount(), true, Optional.of(call.get(REASON)));
    }

    private static long completePartial(Frame call) {
        long id = call.get(ID);
        Job job = underReview(call, id);
        long amount = call.get(PART);
        call.require(job.terms().partial(), STATE);
        call.require(amount > 0 && amount <= job.terms().amount(), INVALID_PARAMS);
        return settle(call, id, job, amount, true, Optional.of(call.get(REASON)));
    }

    private static long claimAfterReview(Frame call) {
        long id = call.get(ID);
        Job job = call.read(JOBS, id);
        requireRole(call, provider(call, job));
        call.require(job.state() == State.SUBMITTED, STATE);
        call.require(call.height() > job.reviewBy(), TOO_EARLY);
        return settle(call, id, job, job.terms().amount(), false, Optional.empty());
    }

    private static Job underReview(Frame call, long id) {
        Job job = call.read(JOBS, id);
        requireRole(call, job.terms().evaluator());
        call.require(job.state() == State.SUBMITTED, STATE);
        call.require(call.height() <= job.reviewBy(), TOO_LATE);
        return job;
    }

    /**
     * Pays {@code amount} for the work: the evaluator's part floors, the provider gets the rest.
     * The network's fee is the paid part of what was put aside for it, so that it is what funders
     * agreed to, whatever the rate is by now.
     *
     * @return what the provider gets
     */
    private static long settle(
            Frame call, long id, Job job, long amount, boolean evaluated, Optional<Bytes> reason) {
        Terms terms = job.terms();
        Principal provider = provider(call, job);
        long evaluatorFee = evaluated ? Amounts.part(amount, terms.evaluatorBp()) : 0;
        long paid = amount - evaluatorFee;
        long serviceFee = Amounts.mulDivCeil(terms.serviceFee(), amount, terms.amount());

        call.pay(COIN, provider, paid);
        call.pay(COIN, terms.evaluator(), evaluatorFee);
        long burnt = ServiceFee.pay(call, serviceFee);
        var result =
                new Result(
                        call.height(), paid, Math.addExact(evaluatorFee, serviceFee), burnt, 0, 0);
        call.put(JOBS, id, job.ended(State.DONE, result));
        call.emit(DONE, id, provider, paid, evaluatorFee, serviceFee, reason);
        recordOutcome(call, provider, true);
        return paid;
    }

    private static boolean reject(Frame call) {
        long id = call.get(ID);
        Job job = call.read(JOBS, id);
        Terms terms = job.terms();
        switch (job.state()) {
            case OPEN -> requireRole(call, terms.client());
            case FUNDED -> requireRole(call, terms.evaluator());
            case SUBMITTED -> {
                underReview(call, id);
                recordOutcome(call, provider(call, job), false);
            }
            case DONE, REJECTED, EXPIRED -> throw call.failure(STATE);
        }
        end(call, id, job, State.REJECTED);
        call.emit(REJECTED, id, call.sender(), call.get(REASON));
        return true;
    }

    private static Job end(Frame call, long id, Job job, State last) {
        Job ended = job.ended(last, new Result(call.height(), 0, 0, 0, 0, 0));
        call.put(JOBS, id, ended);
        return ended;
    }

    /** A job counts for or against a provider only if it took part by handing work in. */
    private static void recordOutcome(Frame call, Principal provider, boolean good) {
        call.callAsSelf(
                call.system("reputation"),
                "record-outcome",
                new Value.PrincipalValue(provider),
                new Value.Bool(good));
    }

    // Refunds

    private static long claimRefund(Frame call) {
        long id = call.get(ID);
        Job job = ended(call, id);
        var share = new Share(id, call.get(FUNDER));
        Contribution contribution = call.read(CONTRIBUTIONS, share);
        call.require(!contribution.settled, STATE);
        long refund = job.refund(contribution.amount);
        call.put(CONTRIBUTIONS, share, new Contribution(contribution.amount, true));
        call.put(JOBS, id, job.refunded(contribution.amount, refund));
        call.pay(COIN, share.funder, refund);
        call.emit(REFUNDED, id, share.funder, refund);
        return refund;
    }

    /** The job, which ends now if nothing was handed in by the deadline. */
    private static Job ended(Frame call, long id) {
        Job job = call.read(JOBS, id);
        if (job.state().isFinal()) {
            return job;
        }
        call.require(job.state() != State.SUBMITTED, STATE);
        call.require(call.height() > job.terms().deadline(), TOO_EARLY);
        Job ended = end(call, id, job, State.EXPIRED);
        call.emit(EXPIRED, id);
        return ended;
    }

    // Roles and reading

    private static void requireRole(Frame call, Principal who) {
        call.require(call.sender().equals(who), UNAUTHORIZED);
    }

    private static Principal provider(Frame call, Job job) {
        return job.terms().provider().orElseThrow(() -> call.failure(STATE));
    }

    /** Each funder paid its part of what the provider got, and of what was burnt. */
    private static Optional<Payment> payment(Frame call, Principal payer, Bytes payment) {
        OptionalLong id = Payment.number(JOB, payment);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        Job job = call.find(JOBS, id.getAsLong()).orElse(null);
        if (job == null || job.state() != State.DONE) {
            return Optional.empty();
        }
        return call.find(CONTRIBUTIONS, new Share(id.getAsLong(), payer))
                .map(contribution ->
                        new Payment(
                                payer,
                                provider(call, job),
                                Amounts.mulDiv(
                                        job.result().burnt(), contribution.amount, job.funded()),
                                job.result().endedAt()));
    }

    // Invariants

    private static @Nullable String coinsMissing(StateView state) {
        long held = 0;
        for (Job job : state.all(JOBS).values()) {
            Result result = job.result();
            held =
                    Math.addExact(
                            held, job.funded() - result.paid() - result.fee() - result.refunded());
        }
        long balance = state.balance(COIN, state.self());
        return balance >= held ? null : balance + " grains for jobs that hold " + held;
    }

    private static @Nullable String unbalanced(StateView state) {
        for (var entry : state.all(JOBS).entrySet()) {
            Job job = entry.getValue();
            Result result = job.result();
            long spent = result.paid() + result.fee() + result.refunded();
            boolean settled = result.contributionsRefunded() == job.funded();
            boolean fair =
                    job.state().isFinal()
                            ? spent <= job.funded() && (!settled || spent == job.funded())
                            : result.equals(Result.NONE);
            boolean feeOnlyWhenPaid = result.fee() == 0 || job.state() == State.DONE;
            if (!fair || !feeOnlyWhenPaid || job.funded() > job.terms().required()) {
                return "job 0x" + entry.getKey().toHex() + ": " + job;
            }
        }
        return null;
    }

    private static @Nullable String contributionsOff(StateView state) {
        long contributions = 0;
        for (Contribution contribution : state.all(CONTRIBUTIONS).values()) {
            contributions = Math.addExact(contributions, contribution.amount);
        }
        long funded = 0;
        for (Job job : state.all(JOBS).values()) {
            funded = Math.addExact(funded, job.funded());
        }
        return contributions == funded
                ? null
                : "contributions of " + contributions + " for jobs funded with " + funded;
    }

    static final Contract DECLARATION =
            Contract.singleton(
                            "escrow",
                            20,
                            "Jobs whose pay is locked before the work begins and goes to the"
                                    + " provider or back to the funders")
                    .variables(JOB_COUNT)
                    .maps(JOBS, CONTRIBUTIONS)
                    .methods(
                            Method.directly("create", "Offers a job; gives its id")
                                    .takes(
                                            ANY_PROVIDER,
                                            EVALUATOR,
                                            SPEC,
                                            AMOUNT,
                                            EVALUATOR_BP,
                                            DEADLINE,
                                            REVIEW,
                                            PARTIAL)
                                    .gas(1_000)
                                    .command(
                                            "escrow",
                                            "create",
                                            "--provider bob --evaluator carol --spec "
                                                    + "ab".repeat(32)
                                                    + " --amount 10cptm --evaluator-bp 100bp"
                                                    + " --deadline 1000 --review 100blocks"
                                                    + " --partial --from alice")
                                    .returns(Shape.UINT, Escrow::create),
                            Method.directly("set-provider", "The client names the provider, once")
                                    .takes(ID, PROVIDER)
                                    .gas(500)
                                    .command("escrow", "set-provider", "1 bob --from alice")
                                    .returns(Shape.BOOL, Escrow::setProvider),
                            Method.directly(
                                            "set-budget",
                                            "Client or provider change the amount, before anyone"
                                                    + " pays in")
                                    .takes(ID, AMOUNT)
                                    .gas(500)
                                    .command("escrow", "set-budget", "1 12cptm --from bob")
                                    .returns(Shape.BOOL, Escrow::setBudget),
                            Method.publicly(
                                            "fund",
                                            "Pays in, up to the amount and the service fee on top;"
                                                    + " gives what was taken")
                                    .takes(ID, EXPECTED, AT_MOST)
                                    .gas(1_000)
                                    .command("escrow", "fund", "1 10cptm 10.1cptm --from alice")
                                    .returns(Shape.UINT, Escrow::fund),
                            Method.directly("submit", "The provider hands work in")
                                    .takes(ID, DELIVERABLE)
                                    .gas(500)
                                    .command(
                                            "escrow",
                                            "submit",
                                            "1 " + "cd".repeat(32) + " --from bob")
                                    .returns(Shape.UINT, Escrow::submit),
                            Method.directly(
                                            "complete",
                                            "The evaluator accepts the work and the provider is"
                                                    + " paid in full")
                                    .takes(ID, REASON)
                                    .gas(1_000)
                                    .command(
                                            "escrow",
                                            "complete",
                                            "1 " + "00".repeat(32) + " --from carol")
                                    .returns(Shape.UINT, Escrow::complete),
                            Method.directly(
                                            "complete-partial",
                                            "The evaluator accepts a part and the rest goes back"
                                                    + " to the funders")
                                    .takes(ID, PART, REASON)
                                    .gas(1_000)
                                    .command(
                                            "escrow",
                                            "complete-partial",
                                            "1 4cptm " + "00".repeat(32) + " --from carol")
                                    .returns(Shape.UINT, Escrow::completePartial),
                            Method.directly(
                                            "reject",
                                            "The client calls an open job off, or the evaluator"
                                                    + " rejects it; nobody is paid")
                                    .takes(ID, REASON)
                                    .gas(1_000)
                                    .command(
                                            "escrow",
                                            "reject",
                                            "1 " + "00".repeat(32) + " --from carol")
                                    .returns(Shape.BOOL, Escrow::reject),
                            Method.publicly(
                                            "claim-refund",
                                            "Sends a funder what is left of its part, after the end"
                                                    + " or the deadline; anyone may ask")
                                    .takes(ID, FUNDER)
                                    .gas(1_000)
                                    .command("escrow", "claim-refund", "1 alice --from dave")
                                    .returns(Shape.UINT, Escrow::claimRefund),
                            Method.directly(
                                            "claim-after-review",
                                            "The provider takes the whole amount, the evaluator"
                                                    + " having stayed silent")
                                    .takes(ID)
                                    .gas(1_000)
                                    .command("escrow", "claim-after-review", "1 --from bob")
                                    .returns(Shape.UINT, Escrow::claimAfterReview),
                            Payment.getter(Escrow::payment))
                    .faults(STATE, BUDGET_CHANGED)
                    .events(
                            CREATED,
                            PROVIDER_SET,
                            BUDGET_SET,
                            FUNDED,
                            SUBMITTED,
                            DONE,
                            REJECTED,
                            EXPIRED,
                            REFUNDED)
                    .invariants(
                            new Contract.Invariant(
                                    "coins-covered",
                                    "the contract has the coins that jobs hold",
                                    Escrow::coinsMissing),
                            new Contract.Invariant(
                                    "job-balanced",
                                    "funded = paid + fee + refunded at the end; a fee only when"
                                            + " paid",
                                    Escrow::unbalanced),
                            new Contract.Invariant(
                                    "contributions-balanced",
                                    "what funders paid in is what jobs were funded with",
                                    Escrow::contributionsOff))
                    .declare();
}
