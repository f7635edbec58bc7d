package io.computronium.vm.builtin;

import static io.computronium.vm.TestWorld.account;
import static io.computronium.vm.TestWorld.bool;
import static io.computronium.vm.TestWorld.buffer;
import static io.computronium.vm.TestWorld.principal;
import static io.computronium.vm.TestWorld.some;
import static io.computronium.vm.TestWorld.system;
import static io.computronium.vm.TestWorld.uint;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.vm.TestWorld;
import io.computronium.vm.TestWorld.Outcome;
import io.computronium.vm.builtin.Escrow.Contribution;
import io.computronium.vm.contract.Contract;
import io.computronium.vm.contract.Shape;
import io.computronium.vm.value.Value;
import java.util.List;
import java.util.Optional;

/** A world with the usual parties of a job, and short words for what they do. */
final class Jobs {

    static final long CPTM = 100_000_000;
    static final long START = 1_000_000 * CPTM;
    static final long REVIEW = 50;

    /** How far off the deadline is when a job is created. */
    static final long TERM = 100;

    static final String CLIENT = "alice";
    static final String PROVIDER = "bob";
    static final String EVALUATOR = "carol";
    static final String FUNDER = "dave";
    static final String STRANGER = "eve";

    static final Value HASH = buffer(Bytes.ofHex("ab".repeat(32)));
    static final Principal ESCROW = system("escrow");
    static final Principal REPUTATION = system("reputation");

    final TestWorld world;

    private Jobs(TestWorld world) {
        this.world = world;
    }

    static Jobs with(Contract... contracts) {
        return new Jobs(
                TestWorld.with(
                        List.of(contracts),
                        START,
                        CLIENT,
                        PROVIDER,
                        EVALUATOR,
                        FUNDER,
                        STRANGER,
                        "poor"));
    }

    /** Terms of a job that the client creates; each can be changed. */
    static final class Offer {
        Value provider = some(principal(PROVIDER));
        Value evaluator = principal(EVALUATOR);
        Value spec = HASH;
        long amount = 10 * CPTM;
        long evaluatorBp = 0;
        long deadline;
        long review = REVIEW;
        boolean partial = true;

        private Value[] arguments() {
            return new Value[] {
                provider,
                evaluator,
                spec,
                uint(amount),
                uint(evaluatorBp),
                uint(deadline),
                uint(review),
                bool(partial)
            };
        }
    }

    Offer offer() {
        var offer = new Offer();
        offer.deadline = world.nextHeight() + TERM;
        return offer;
    }

    Outcome create(Offer offer) {
        return world.call(CLIENT, ESCROW, "create", offer.arguments());
    }

    /** A new job; gives its id. */
    long open(Offer offer) {
        return create(offer).value(Shape.UINT);
    }

    /** A job of {@code amount} that the client paid in for. */
    long funded(long amount) {
        Offer offer = offer();
        offer.amount = amount;
        long job = open(offer);
        fund(CLIENT, job, Long.MAX_VALUE).value();
        return job;
    }

    /** As {@link #funded}, with the work handed in. */
    long submitted(long amount) {
        long job = funded(amount);
        submit(job).value();
        return job;
    }

    /** As {@link #submitted}, and paid. */
    long done(long amount) {
        long job = submitted(amount);
        complete(job).value();
        return job;
    }

    Outcome fund(String funder, long job, long atMost) {
        return escrow(funder, "fund", uint(job), uint(amount(job)), uint(atMost));
    }

    private long amount(long job) {
        return find(job).map(found -> found.terms().amount()).orElse(1L);
    }

    Outcome submit(long job) {
        return escrow(PROVIDER, "submit", uint(job), HASH);
    }

    Outcome complete(long job) {
        return escrow(EVALUATOR, "complete", uint(job), HASH);
    }

    Outcome completePartial(long job, long amount) {
        return escrow(EVALUATOR, "complete-partial", uint(job), uint(amount), HASH);
    }

    Outcome reject(String who, long job) {
        return escrow(who, "reject", uint(job), HASH);
    }

    Outcome claimAfterReview(long job) {
        return escrow(PROVIDER, "claim-after-review", uint(job));
    }

    Outcome refund(String caller, long job, String funder) {
        return escrow(caller, "claim-refund", uint(job), principal(funder));
    }

    Outcome escrow(String who, String method, Value... arguments) {
        return world.call(who, ESCROW, method, arguments);
    }

    Outcome rate(String rater, long job, long rating) {
        return world.call(
                rater,
                REPUTATION,
                "rate",
                principal(ESCROW),
                buffer(Payment.id(job)),
                uint(rating),
                new Value.ListValue(List.of()),
                new Value.None());
    }

    long score(String agent) {
        return world.read(Shape.UINT, REPUTATION, "score", principal(agent));
    }

    Standing standing(String agent) {
        return world.read(
                        Shape.optional(Standing.SHAPE),
                        REPUTATION,
                        "get-standing",
                        principal(agent))
                .orElse(Standing.NONE);
    }

    Optional<Job> find(long job) {
        return world.read(Shape.optional(Job.SHAPE), ESCROW, "get-job", uint(job));
    }

    Job job(long job) {
        return find(job).orElseThrow();
    }

    Optional<Contribution> contribution(long job, String funder) {
        return world.read(
                Shape.optional(Contribution.SHAPE),
                ESCROW,
                "get-contribution",
                uint(job),
                principal(account(funder)));
    }

    /** What the escrow holds. */
    long held() {
        return world.balance(ESCROW);
    }

    void skipPast(long height) {
        world.skipTo(height + 1);
    }
}
