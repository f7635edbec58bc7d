package io.computronium.vm.builtin;

import static io.computronium.vm.TestWorld.buffer;
import static io.computronium.vm.TestWorld.none;
import static io.computronium.vm.TestWorld.principal;
import static io.computronium.vm.TestWorld.some;
import static io.computronium.vm.TestWorld.uint;
import static io.computronium.vm.builtin.Jobs.ESCROW;
import static io.computronium.vm.builtin.Jobs.HASH;
import static io.computronium.vm.builtin.Jobs.REPUTATION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.block.ExecutionStatus;
import io.computronium.vm.TestWorld;
import io.computronium.vm.TestWorld.Outcome;
import io.computronium.vm.builtin.Job.State;
import io.computronium.vm.contract.Shape;
import io.computronium.vm.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random steps of several parties on jobs and ratings, with jumps in time.
 *
 * <p>After each: every invariant of both contracts, coins conserved, states only along their arrows
 * and ends for ever, one rating a payment, of the weight that its burnt fee gives. At last every
 * coin leaves the escrow.
 *
 * <p>{@code -Dproperties.seed} chooses the first seed, {@code -Dproperties.steps} how many steps
 * all walks together take.
 */
class JobsPropertyTest {

    private static final int STEPS_OF_A_WALK = 250;
    private static final String[] ACTORS = {
        Jobs.CLIENT, Jobs.PROVIDER, Jobs.EVALUATOR, Jobs.FUNDER, Jobs.STRANGER
    };

    static LongStream seeds() {
        long first = Long.getLong("properties.seed", 1);
        long steps = Long.getLong("properties.steps", 10_000);
        return LongStream.range(first, first + Math.max(1, steps / STEPS_OF_A_WALK));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyStepKeepsThePromises(long seed) {
        var walk = new Walk(seed);
        try {
            walk.run(STEPS_OF_A_WALK);
        } catch (AssertionError e) {
            throw new AssertionError(
                    "seed " + seed + " step " + walk.step + ": " + walk.doing + "\n" + e, e);
        }
    }

    /** A walk that never gets anywhere would prove nothing. */
    @Test
    void walksReachEveryEnd() {
        Set<State> ends = EnumSet.noneOf(State.class);
        int ratings = 0;
        for (long seed = 1; seed <= 10; seed++) {
            var walk = new Walk(seed);
            walk.run(STEPS_OF_A_WALK);
            ends.addAll(walk.states);
            ratings += walk.rated.size();
        }
        assertTrue(ends.containsAll(List.of(State.DONE, State.REJECTED, State.EXPIRED)), "" + ends);
        assertTrue(ratings > 10, ratings + " ratings");
    }

    private static final class Walk {
        private final Random random;
        private final Jobs jobs = Jobs.with();
        private final TestWorld world = jobs.world;
        private final List<State> states = new ArrayList<>();
        private final Set<String> rated = new HashSet<>();
        private int step;
        private String doing = "";

        Walk(long seed) {
            random = new Random(seed);
        }

        void run(int steps) {
            for (step = 0; step < steps; step++) {
                if (random.nextInt(16) == 0) {
                    world.skip(random.nextInt(10) == 0 ? 400_000 : random.nextInt(60));
                }
                act(actor());
                world.checkInvariants();
                followStates();
            }
            settleEverything();
        }

        private void act(String actor) {
            long job = job();
            switch (random.nextInt(16)) {
                case 0 -> create(actor);
                case 1, 2, 3, 4 -> fund(actor, job);
                case 5 -> call(role(job, "provider", actor), "submit", uint(job), HASH);
                case 6 -> call(role(job, "provider", actor), "submit", uint(job), HASH);
                case 7 -> call(role(job, "evaluator", actor), "complete", uint(job), HASH);
                case 8 ->
                        call(
                                role(job, "evaluator", actor),
                                "complete-partial",
                                uint(job),
                                uint(part(job)),
                                HASH);
                case 9 -> call(actor, random.nextBoolean() ? "reject" : "submit", uint(job), HASH);
                case 10 -> call(role(job, "provider", actor), "claim-after-review", uint(job));
                case 11 -> call(actor, "claim-refund", uint(job), principal(actor()));
                case 12 -> terms(actor, job);
                case 13, 14 -> rate(actor);
                default -> stake(actor, job);
            }
        }

        private void create(String actor) {
            Outcome outcome =
                    call(
                            actor,
                            "create",
                            random.nextInt(4) == 0 ? none() : some(principal(actor())),
                            principal(actor()),
                            HASH,
                            uint(amount()),
                            uint(random.nextInt(10_100)),
                            uint(world.nextHeight() + random.nextInt(600)),
                            uint(random.nextInt(200)),
                            TestWorld.bool(random.nextBoolean()));
            if (succeeded(outcome)) {
                states.add(State.OPEN);
                assertEquals(states.size(), outcome.<Long>value(Shape.UINT));
            }
        }

        private void fund(String actor, long job) {
            long expected =
                    jobs.find(job).map(found -> found.terms().amount()).orElse(1L)
                            + (random.nextInt(20) == 0 ? 1 : 0);
            long atMost = random.nextInt(3) == 0 ? upTo(expected) : Long.MAX_VALUE;
            call(actor, "fund", uint(job), uint(expected), uint(atMost));
        }

        private void terms(String actor, long job) {
            if (random.nextBoolean()) {
                call(actor, "set-provider", uint(job), principal(actor()));
            } else {
                call(actor, "set-budget", uint(job), uint(amount()));
            }
        }

        /** Mostly by someone who paid for a job that is done. */
        private void rate(String otherwise) {
            long job = jobThatIs(State.DONE);
            String actor =
                    Arrays.stream(ACTORS)
                            .filter(name -> random.nextBoolean())
                            .filter(name -> jobs.contribution(job, name).isPresent())
                            .findFirst()
                            .orElse(otherwise);
            doing = actor + " rates " + job;
            Value payment =
                    world.read(ESCROW, "get-payment", principal(actor), buffer(Payment.id(job)));
            Outcome outcome = jobs.rate(actor, job, random.nextInt(102));
            if (succeeded(outcome)) {
                assertTrue(rated.add(actor + job), "rated twice");
                Payment paid = Shape.optional(Payment.SHAPE).fromValue(payment).orElseThrow();
                assertTrue(outcome.<Long>value(Shape.UINT) <= paid.burnt(), "weight over burnt");
                assertTrue(!paid.payee().equals(TestWorld.account(actor)), "rated itself");
            }
        }

        private void stake(String actor, long job) {
            doing = actor + " stakes, unstakes, withdraws or revokes";
            switch (random.nextInt(4)) {
                case 0 -> world.call(actor, REPUTATION, "stake", uint(amount()));
                case 1 -> world.call(actor, REPUTATION, "unstake", uint(amount()));
                case 2 -> world.call(actor, REPUTATION, "withdraw");
                default ->
                        world.call(
                                actor,
                                REPUTATION,
                                "revoke",
                                principal(ESCROW),
                                buffer(Payment.id(job)));
            }
        }

        private Outcome call(String actor, String method, Value... arguments) {
            doing = actor + " " + method + " " + List.of(arguments);
            return jobs.escrow(actor, method, arguments);
        }

        /** Mostly who plays a role in a job, so that jobs get on. */
        private String role(long job, String role, String otherwise) {
            if (random.nextInt(8) == 0) {
                return otherwise;
            }
            return jobs.find(job)
                    .map(Job::terms)
                    .flatMap(terms ->
                            role.equals("provider")
                                    ? terms.provider()
                                    : Optional.of(terms.evaluator()))
                    .flatMap(who ->
                            Arrays.stream(ACTORS)
                                    .filter(name -> TestWorld.account(name).equals(who))
                                    .findFirst())
                    .orElse(otherwise);
        }

        private void followStates() {
            for (int i = 0; i < states.size(); i++) {
                State before = states.get(i);
                if (before.isFinal() && random.nextInt(10) > 0) {
                    continue;
                }
                State now = jobs.job(i + 1).state();
                assertTrue(
                        before == now || follows(before, now),
                        "job " + (i + 1) + " went from " + before + " to " + now);
                states.set(i, now);
            }
        }

        private static boolean follows(State before, State now) {
            return switch (before) {
                case OPEN -> now == State.FUNDED || now == State.REJECTED || now == State.EXPIRED;
                case FUNDED ->
                        now == State.SUBMITTED || now == State.REJECTED || now == State.EXPIRED;
                case SUBMITTED -> now == State.DONE || now == State.REJECTED;
                case DONE, REJECTED, EXPIRED -> false;
            };
        }

        /** Whatever happened, the provider's claim or refunds by a stranger empty every job. */
        private void settleEverything() {
            doing = "settling";
            world.skip(1_000_000);
            for (long job = 1; job <= states.size(); job++) {
                if (jobs.job(job).state() == State.SUBMITTED) {
                    jobs.escrow(exactRole(job), "claim-after-review", uint(job)).value();
                }
                for (String funder : ACTORS) {
                    boolean due =
                            jobs.contribution(job, funder)
                                    .filter(contribution -> !contribution.settled())
                                    .isPresent();
                    if (due) {
                        jobs.refund("poor", job, funder).value();
                    }
                }
                Job ended = jobs.job(job);
                assertEquals(
                        ended.funded(),
                        ended.result().paid() + ended.result().fee() + ended.result().refunded());
            }
            followStates();
            assertEquals(0, jobs.held());
            world.checkInvariants();
        }

        private String exactRole(long job) {
            var provider = jobs.job(job).terms().provider().orElseThrow();
            return Arrays.stream(ACTORS)
                    .filter(name -> TestWorld.account(name).equals(provider))
                    .findFirst()
                    .orElseThrow();
        }

        private static boolean succeeded(Outcome outcome) {
            return outcome.receipt().status() instanceof ExecutionStatus.Succeeded;
        }

        /** Mostly a recent one, sometimes one that is none. */
        private long job() {
            return switch (random.nextInt(20)) {
                case 0 -> random.nextInt(3) == 0 ? states.size() + 1L : 0;
                case 1, 2, 3, 4 -> random.nextLong(states.size() + 1L);
                default -> Math.max(1, states.size() - random.nextLong(2));
            };
        }

        private long jobThatIs(State state) {
            List<Long> those =
                    LongStream.rangeClosed(1, states.size())
                            .filter(job -> states.get((int) job - 1) == state)
                            .boxed()
                            .toList();
            return those.isEmpty() ? 1 : those.get(random.nextInt(those.size()));
        }

        private String actor() {
            return ACTORS[random.nextInt(ACTORS.length)];
        }

        private long part(long job) {
            return upTo(jobs.find(job).map(found -> found.terms().amount()).orElse(1L));
        }

        /** At least 1, sometimes one more than {@code most}. */
        private long upTo(long most) {
            return 1 + random.nextLong(Math.addExact(most, 1));
        }

        /** Of every size, small ones more often. */
        private long amount() {
            return random.nextLong(1L << random.nextInt(1, 45));
        }
    }
}
