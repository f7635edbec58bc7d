package io.computronium.vm.builtin;

import static io.computronium.vm.TestWorld.account;
import static io.computronium.vm.TestWorld.instance;
import static io.computronium.vm.TestWorld.none;
import static io.computronium.vm.TestWorld.principal;
import static io.computronium.vm.TestWorld.some;
import static io.computronium.vm.TestWorld.system;
import static io.computronium.vm.TestWorld.text;
import static io.computronium.vm.TestWorld.uint;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.Principal;
import io.computronium.primitives.Uint128;
import io.computronium.primitives.block.ExecutionStatus;
import io.computronium.primitives.tx.Asset;
import io.computronium.vm.TestWorld;
import io.computronium.vm.contract.Contract;
import io.computronium.vm.contract.Method;
import io.computronium.vm.contract.Parameter;
import io.computronium.vm.contract.Shape;
import io.computronium.vm.contract.StateView;
import io.computronium.vm.value.Value;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random calls by several actors, some of them senseless, with jumps in time. After each the
 * invariants hold, balances and votes are what a plain model says, and so is their whole past.
 */
class TokenPropertyTest {

    private static final String[] ACTORS = {"alice", "bob", "carol", "dave", "erin"};
    private static final long MAX_SUPPLY = 10_000;
    private static final Parameter<Long> AMOUNT = Parameter.tokens("amount", "how much");
    private static final Parameter<Principal> WHO = Parameter.principal("who", "someone");

    private static final Principal GOLD = instance("alice", "gold");
    private static final Asset.Token TOKEN = Token.asset(GOLD);

    private static final Contract MINTER =
            Contract.singleton("minter", 90, "for tests")
                    .methods(
                            Method.publicly("mint", "for anyone")
                                    .takes(AMOUNT, WHO)
                                    .returns(
                                            Shape.BOOL,
                                            frame -> {
                                                frame.call(
                                                        GOLD,
                                                        "mint",
                                                        uint(frame.get(AMOUNT)),
                                                        principal(frame.get(WHO)));
                                                return true;
                                            }))
                    .declare();

    /** What balances and votes should be. */
    private record Picture(Map<String, Long> balances, Map<String, Long> votes) {}

    private final long seed = Long.getLong("properties.seed", 20_261_121L);
    private final SplittableRandom random = new SplittableRandom(seed);
    private final TestWorld world = TestWorld.with(List.of(MINTER), 1_000_000_000_000L, ACTORS);
    private final Map<String, Long> balances = new TreeMap<>();
    private final Map<String, String> delegates = new TreeMap<>();
    private final Map<String, Long> allowances = new TreeMap<>();
    private final TreeMap<Long, Picture> past = new TreeMap<>();
    private int succeeded;

    @Test
    void balancesAndVotesAreWhatAPlainModelSays() {
        int steps = Integer.getInteger("properties.steps", 1_000);
        for (String actor : ACTORS) {
            balances.put(actor, 0L);
        }
        create();
        for (int step = 0; step < steps; step++) {
            String where = "-Dproperties.seed=" + seed + ", step " + step;
            act(where);
            past.put(world.nextHeight() - 1, picture());
            if (random.nextInt(4) == 0) {
                world.skip(random.nextInt(5));
            }
            check(where);
        }
        assertTrue(succeeded > steps / 3, () -> "only " + succeeded + " of " + steps);
    }

    private void create() {
        world.call(
                        "alice",
                        system("token"),
                        "create",
                        text("gold"),
                        text("Gold"),
                        text("GLD"),
                        uint(0),
                        none(),
                        uint(MAX_SUPPLY),
                        uint(1_000),
                        some(principal(system("minter"))),
                        new Value.Bool(true))
                .value();
        balances.put("alice", 1_000L);
        past.put(world.nextHeight() - 1, picture());
    }

    private Picture picture() {
        Map<String, Long> votes = new TreeMap<>();
        balances.forEach((actor, has) -> votes.merge(delegateOf(actor), has, Long::sum));
        return new Picture(Map.copyOf(balances), Map.copyOf(votes));
    }

    private void act(String where) {
        String actor = anyone();
        String other = anyone();
        long has = has(actor);
        long amount = random.nextInt(8) == 0 ? 0 : random.nextLong(1 + has + has / 4 + 3);
        switch (random.nextInt(7)) {
            case 0, 1 -> {
                boolean good = amount > 0 && amount <= has && !actor.equals(other);
                expect(
                        where,
                        good,
                        actor,
                        "transfer",
                        uint(amount),
                        principal(actor),
                        principal(other),
                        none());
                if (good) {
                    moved(actor, other, amount);
                }
            }
            case 2 -> mint(where, actor, other, random.nextLong(400));
            case 3 -> {
                boolean good = amount > 0 && amount <= has;
                expect(where, good, actor, "burn", uint(amount));
                if (good) {
                    balances.merge(actor, -amount, Long::sum);
                }
            }
            case 4 -> {
                boolean good = !delegateOf(actor).equals(other);
                expect(where, good, actor, "delegate", principal(other));
                delegates.put(actor, other);
            }
            case 5 -> approve(where, actor, other, amount);
            default -> spend(where, actor, other, anyone(), amount);
        }
    }

    private void mint(String where, String actor, String to, long some) {
        long supply = balances.values().stream().mapToLong(Long::longValue).sum();
        long room = MAX_SUPPLY - supply;
        long amount = random.nextInt(16) == 0 ? room + random.nextInt(2) : some;
        boolean good = amount > 0 && amount <= room;
        var outcome = world.call(actor, system("minter"), "mint", uint(amount), principal(to));
        assertEquals(good, succeeded(outcome), () -> where + " " + outcome);
        if (good) {
            balances.merge(to, amount, Long::sum);
        }
    }

    private void approve(String where, String owner, String spender, long amount) {
        String grant = owner + ">" + spender;
        long known = allowances.getOrDefault(grant, 0L);
        long expected = random.nextInt(4) == 0 ? known + 1 : known;
        boolean good = !owner.equals(spender) && expected == known;
        // Always until long after the test: what ends is tested by itself.
        expect(
                where,
                good,
                owner,
                "approve",
                principal(spender),
                uint(expected),
                uint(amount),
                uint(1L << 40));
        if (good) {
            allowances.put(grant, amount);
        }
    }

    private void spend(String where, String owner, String spender, String to, long amount) {
        String grant = owner + ">" + spender;
        long allowed = allowances.getOrDefault(grant, 0L);
        boolean good = amount > 0 && amount <= allowed && amount <= has(owner) && !to.equals(owner);
        expect(
                where,
                good,
                spender,
                "transfer-from",
                principal(owner),
                principal(to),
                uint(amount),
                none());
        if (good) {
            allowances.merge(grant, -amount, Long::sum);
            moved(owner, to, amount);
        }
    }

    private void moved(String from, String to, long amount) {
        balances.merge(from, -amount, Long::sum);
        balances.merge(to, amount, Long::sum);
    }

    private void expect(
            String where, boolean good, String actor, String method, Value... arguments) {
        var outcome = world.call(actor, GOLD, method, arguments);
        assertEquals(good, succeeded(outcome), () -> where + " " + method + " " + outcome);
    }

    private boolean succeeded(TestWorld.Outcome outcome) {
        boolean well = outcome.receipt().status() instanceof ExecutionStatus.Succeeded;
        succeeded += well ? 1 : 0;
        return well;
    }

    private void check(String where) {
        world.checkInvariants();
        for (String actor : ACTORS) {
            assertEquals(has(actor), world.balance(TOKEN, account(actor)), where);
        }
        long height = random.nextLong(past.firstKey(), world.nextHeight());
        Picture then = past.floorEntry(height).getValue();
        String actor = anyone();
        assertEquals(
                then.balances.getOrDefault(actor, 0L), at("get-balance-at", actor, height), where);
        assertEquals(then.votes.getOrDefault(actor, 0L), at("get-votes-at", actor, height), where);
        sumsAgree(where, height);
    }

    /** The invariant of checkpoints, in the past too: holders' sums are the supply's. */
    private void sumsAgree(String where, long height) {
        StateView view = world.view(GOLD);
        Uint128 sum = Uint128.ZERO;
        for (Principal holder : view.holders(TOKEN)) {
            sum = sum.plus(view.cumulative(TOKEN, holder, height));
        }
        assertEquals(view.cumulativeSupply(TOKEN, height), sum, where);
    }

    private long at(String method, String actor, long height) {
        return world.read(Shape.UINT, GOLD, method, principal(actor), uint(height));
    }

    private long has(String actor) {
        return balances.getOrDefault(actor, 0L);
    }

    private String delegateOf(String actor) {
        return delegates.getOrDefault(actor, actor);
    }

    private String anyone() {
        return ACTORS[random.nextInt(ACTORS.length)];
    }
}
