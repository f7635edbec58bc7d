package io.computronium.consensus.simulation;

import io.computronium.primitives.bft.ValidatorSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs plans: first with faults, then ten heights without new ones. */
final class Simulation {

    private static final long MAX_MILLIS_PER_HEIGHT = 4_000;
    private static final long RECOVERY_MILLIS = 30_000;

    /**
     * How a run ended.
     *
     * @param invariant the one that does not hold; null: all do
     */
    record Outcome(
            Plan plan,
            long heights,
            long faults,
            long trace,
            @Nullable String invariant,
            String failure) {

        boolean isGood() {
            return invariant == null;
        }
    }

    private final World world;
    private final Plan plan;

    private Simulation(Plan plan) {
        this.plan = plan;
        int keys = plan.nodes() + (plan.nodes() >= 4 ? 1 + plan.nodes() / 7 : 0);
        this.world = new World(plan, keys, World.SHORT_EPOCHS);
        Map<Integer, Fault> flaws = flaws(keys);
        for (int key = 0; key < keys; key++) {
            add(key, flaws.get(key));
        }
        flaws.forEach((key, flaw) -> {
            if (flaw == Fault.TWIN) {
                add(key, Fault.TWIN);
            }
        });
    }

    private void add(int key, @Nullable Fault flaw) {
        Validator.Voice voice = Driver::sayHonestly;
        Liar liar = flaw == Fault.LIAR ? new Liar(world) : null;
        var validator =
                new Validator(
                        world, world.validators.size(), key, flaw, liar == null ? voice : liar);
        world.validators.add(validator);
        if (liar != null) {
            liar.begin(validator);
        }
    }

    /** Chooses who is faulty: in no epoch a third of the power. */
    private Map<Integer, Fault> flaws(int keys) {
        List<Fault> kinds =
                Arrays.stream(Fault.values())
                        .filter(fault -> fault.breaksValidator && world.rate(fault) > 0)
                        .toList();
        Map<Integer, Fault> flaws = new HashMap<>();
        if (kinds.isEmpty()) {
            return flaws;
        }
        List<Integer> shuffled = new ArrayList<>();
        for (int key = 0; key < keys; key++) {
            shuffled.add(world.random.nextInt(key + 1), key);
        }
        for (int key : shuffled) {
            flaws.put(key, kinds.get(world.random.nextInt(kinds.size())));
            if (!areFew(flaws.keySet())) {
                flaws.remove(key);
            }
        }
        return flaws;
    }

    private boolean areFew(java.util.Set<Integer> faulty) {
        long epochs = plan.heights() / world.parameters.epochLength() + 5;
        for (long epoch = 0; epoch < epochs; epoch++) {
            long height = world.parameters.epochs().firstHeight(epoch);
            ValidatorSet set = world.elections.set(height);
            long power = 0;
            for (int key : faulty) {
                var index = set.indexOf(world.keys.publicKey(key));
                power += index.isPresent() ? set.get(index.getAsInt()).power() : 0;
            }
            if (3 * power >= set.totalPower()) {
                return false;
            }
        }
        return true;
    }

    /** Runs a plan, and once more to see that it is the same run. */
    static Outcome twice(Plan plan) {
        Outcome first = once(plan);
        Outcome second = once(plan);
        return first.trace() == second.trace() && first.failure().equals(second.failure())
                ? first
                : new Outcome(plan, first.heights(), first.faults(), 0, "INV-17", "another trace");
    }

    static Outcome once(Plan plan) {
        var simulation = new Simulation(plan);
        World world = simulation.world;
        String invariant = null;
        String failure = "";
        try {
            simulation.run();
        } catch (Violation e) {
            invariant = e.invariant();
            failure = String.valueOf(e.getMessage());
        } catch (RuntimeException e) {
            invariant = "INV-0";
            failure = e + " at " + List.of(e.getStackTrace()).stream().limit(12).toList();
        }
        return new Outcome(
                plan,
                world.judge.heights(),
                world.faultsInjected(),
                world.trace(),
                invariant,
                failure);
    }

    private void run() {
        world.setFaulty(true);
        world.validators.forEach(validator -> world.after(0, validator::start));
        trouble();
        pay();
        long turning = plan.heights() - (long) Plan.CALM_HEIGHTS;
        world.run(
                World.GENESIS_MILLIS + plan.heights() * MAX_MILLIS_PER_HEIGHT,
                () -> world.judge.heights() >= turning);
        world.setFaulty(false);
        world.network.shuffle();
        world.judge.calm();
        world.validators.forEach(validator -> validator.setClock(0));
        world.validators.forEach(Validator::start);
        long[] sent = world.payments.stream().mapToLong(List::size).toArray();
        long goal = world.judge.heights() + Plan.CALM_HEIGHTS;
        boolean reached = world.run(world.now() + RECOVERY_MILLIS, () -> haveReached(goal));
        Judge.check(
                reached,
                "INV-14",
                () ->
                        "stuck at "
                                + world.validators.stream().map(Validator::height).toList()
                                + " and not past "
                                + goal);
        world.judge.checkPayments(sent);
    }

    private boolean haveReached(long goal) {
        for (Validator validator : world.validators) {
            if (validator.isHealthy() && validator.height() <= goal) {
                return false;
            }
        }
        return true;
    }

    private void pay() {
        if (world.isFaulty()) {
            world.submitPayment();
            world.after(500, this::pay);
        }
    }

    /** Once a second. */
    private void trouble() {
        if (!world.isFaulty()) {
            return;
        }
        world.forgetChecks();
        world.network.shuffle();
        boolean blackout = world.strikes(Fault.BLACKOUT, 40_000);
        for (Validator validator : world.validators) {
            if (world.strikes(Fault.PAUSE, 60_000)) {
                validator.freeze(world.random.nextInt(3_000));
            }
            if (validator.isUp() && (blackout || world.strikes(Fault.CRASH, 50_000))) {
                validator.crash();
            }
        }
        if (plan.nodes() > 1 && world.strikes(Fault.CLOCK, 200_000)) {
            // One at a time: progress needs the clocks of the others.
            world.validators.forEach(validator -> validator.setClock(0));
            world.validators
                    .get(world.random.nextInt(world.validators.size()))
                    .setClock(world.random.nextInt(-10_000, 10_000));
        }
        world.after(1_000, this::trouble);
    }
}
