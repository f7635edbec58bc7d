package io.computronium.vm.builtin;

import static io.computronium.vm.TestWorld.account;
import static io.computronium.vm.builtin.StakingWorld.CPTM;
import static io.computronium.vm.builtin.StakingWorld.STAKING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.block.ExecutionStatus;
import io.computronium.vm.TestWorld.Outcome;
import io.computronium.vm.builtin.ValidatorState.Status;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Random calls by operators and delegators, with silent and contradicting validators: after each
 * block stake, unbondings, pots, commissions and carry are covered, shares add up, coins are
 * conserved, and there is a set of validators.
 */
class StakingPropertyTest {

    private static final String[] ACTORS = {
        "op1", "op2", "op3", "op4", "op5", "alice", "bob", "carol"
    };

    private final StakingWorld chain = new StakingWorld();
    private int fresh;
    private int good;

    @Test
    void whateverIsCalledNothingIsLost() {
        long seed = Long.getLong("properties.seed", 7_037);
        int steps = Integer.getInteger("properties.steps", 1_200);
        var random = new SplittableRandom(seed);
        for (int step = 0; step < steps; step++) {
            try {
                step(random);
                chain.world.checkInvariants();
                assertTrue(!chain.seats().isEmpty());
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ", step " + step, e);
            }
        }
        assertTrue(good > steps / 4, "most would do nothing: " + good);
        settle();
    }

    private void step(SplittableRandom random) {
        String actor = ACTORS[random.nextInt(ACTORS.length)];
        String operator = "op" + (1 + random.nextInt(5));
        switch (random.nextInt(14)) {
            case 0, 1, 2 -> count(chain.delegate(actor, operator, amount(random)));
            case 3, 4 -> count(chain.undelegate(actor, operator, amount(random)));
            case 5 -> {
                long all = known(operator) ? chain.stake(actor, operator) : 0;
                count(chain.undelegate(actor, operator, all));
            }
            case 6 -> count(chain.withdraw(actor, operator));
            case 7 -> count(chain.claim(actor, operator));
            case 8 ->
                    count(
                            chain.register(
                                    operator,
                                    "fresh-" + fresh++,
                                    random.nextInt(2_000),
                                    StakingWorld.MIN_BOND + random.nextLong(CPTM)));
            case 9 -> count(chain.world.call(operator, STAKING, "unjail"));
            case 10 -> {
                if (random.nextInt(10) == 0) {
                    count(chain.world.call(operator, STAKING, "retire"));
                }
            }
            case 11 -> chain.world.silence(random.nextBoolean() ? operator : "alice");
            case 12 -> chain.world.pass(random.nextInt(30));
            default -> {
                if (random.nextInt(40) == 0) {
                    accuse("v" + operator.charAt(2), operator);
                } else {
                    chain.world.skip(random.nextInt(200) == 0 ? 1_000 : 0);
                }
            }
        }
    }

    private void accuse(String key, String operator) {
        long height = Math.max(1, chain.world.nextHeight() - 5);
        int seat = chain.seatOf(operator);
        if (seat >= 0
                && chain.world.accuse(chain.world.contradiction(key, seat, height)).isEmpty()) {
            assertEquals(Status.TOMBSTONED, chain.validator(operator).status());
        }
    }

    private boolean known(String operator) {
        return chain.world
                .view(STAKING)
                .all(StakingState.VALIDATORS)
                .containsKey(StakingState.VALIDATORS.key().encode(account(operator)));
    }

    /** When all have left, the contract owes nothing but dust in carry. */
    private void settle() {
        for (int round = 0; round < 3; round++) {
            for (String operator : List.of("op1", "op2", "op3", "op4", "op5")) {
                if (known(operator)) {
                    Stream.of(ACTORS)
                            .filter(actor -> chain.stake(actor, operator) > 0)
                            .forEach(actor ->
                                    chain.undelegate(
                                            actor, operator, chain.stake(actor, operator)));
                }
            }
            chain.world.skip(StakingWorld.UNBONDING);
            chain.world.pass(3);
            chain.world.checkInvariants();
        }
        var left = chain.world.view(STAKING).all(StakingState.UNBONDINGS);
        assertTrue(left.isEmpty(), "unbondings " + left);
        for (ValidatorState state :
                chain.world.view(STAKING).all(StakingState.VALIDATORS).values()) {
            assertEquals(0, state.stake().tokens());
            assertEquals(0, state.rewards().pot());
        }
    }

    private static long amount(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextLong(3 * CPTM);
            case 1 -> CPTM + random.nextLong(100_000 * CPTM);
            case 2 -> random.nextLong(1_000 * CPTM);
            default -> CPTM * (1 + random.nextInt(50));
        };
    }

    private void count(Outcome outcome) {
        if (outcome.receipt().status() instanceof ExecutionStatus.Succeeded) {
            good++;
        }
    }
}
