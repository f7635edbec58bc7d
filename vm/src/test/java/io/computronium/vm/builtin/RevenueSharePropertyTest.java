package io.computronium.vm.builtin;

import static io.computronium.vm.TestWorld.account;
import static io.computronium.vm.TestWorld.none;
import static io.computronium.vm.TestWorld.principal;
import static io.computronium.vm.TestWorld.uint;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.block.ExecutionStatus;
import io.computronium.vm.TestWorld.Outcome;
import io.computronium.vm.builtin.VaultTerms.Weighting;
import io.computronium.vm.contract.Shape;
import io.computronium.vm.value.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random calls of a company, its vault and its auction by several actors, some of them senseless,
 * with jumps in time. After each all invariants hold, and what came in, was claimed and withdrawn
 * is what was seen from outside.
 */
class RevenueSharePropertyTest {

    private static final String[] ACTORS = {"alice", "bob", "carol", "dave", "erin"};

    private final long seed = Long.getLong("properties.seed", 20_261_121L);
    private SplittableRandom random = new SplittableRandom(seed);
    private Firm firm = Firm.of();
    private final Map<String, Integer> succeeded = new TreeMap<>();
    private long paid;
    private long proceeds;
    private long claimed;
    private long withdrawn;

    @ParameterizedTest
    @EnumSource(Weighting.class)
    void whatComesInIsClaimedWithdrawnOrStillThere(Weighting weighting) {
        int steps = Integer.getInteger("properties.steps", 1_200) / 2;
        random = new SplittableRandom(seed);
        // A small book and supply, so that bids are pushed out and shares end.
        firm =
                Firm.with(
                        Firm.options(1_500, 100, 100, 10, 5, weighting, 2_500, 9_500),
                        "bob",
                        "carol",
                        "dave",
                        "erin");
        for (int step = 0; step < steps; step++) {
            String where = "-Dproperties.seed=" + seed + ", " + weighting + ", step " + step;
            act();
            if (random.nextInt(12) == 0) {
                firm.world.skip(random.nextInt(150));
            } else if (random.nextInt(40) == 0) {
                firm.world.skip(random.nextLong(random.nextInt(1, 40) * Firm.WEEK));
            }
            check(where);
        }
        for (String method :
                new String[] {
                    "buy",
                    "draw",
                    "bid",
                    "raise",
                    "take",
                    "settle",
                    "claim",
                    "sweep",
                    "transfer",
                    "withdraw",
                    "close-meter"
                }) {
            assertTrue(succeeded.getOrDefault(method, 0) > 0, () -> method + ": " + succeeded);
        }
        assertTrue(
                claimed > 0 && proceeds > 0, () -> claimed + " of " + proceeds + " " + succeeded);
    }

    private void check(String where) {
        try {
            firm.world.checkInvariants();
        } catch (AssertionError e) {
            throw new AssertionError(where, e);
        }
        Vault.Totals totals = firm.totals();
        assertEquals(paid + proceeds, totals.received(), where);
        assertEquals(paid, firm.company().revenue(), where);
        assertEquals(withdrawn, totals.withdrawn(), where);
        assertEquals(
                totals.received() - claimed - withdrawn,
                firm.world.balance(Firm.VAULT),
                () -> where + ": all that is not paid out is there, to the grain");
    }

    private void act() {
        String actor = anyone();
        switch (random.nextInt(17)) {
            case 0, 1, 2 -> buy(actor);
            case 3 -> invoice(actor);
            case 4 -> openMeter(actor);
            case 5 -> draw();
            case 6 ->
                    ran(
                            "close-meter",
                            call(actor, "close-meter", uint(anId(firm.company().meters()))));
            case 7, 8, 13 ->
                    ran("bid", firm.bid(actor, random.nextLong(60), 10 * random.nextLong(8, 20)));
            case 9 -> raise();
            case 10 -> ran("take", firm.take(actor, aBid()));
            case 11 -> claim(actor);
            case 12 -> withdraw(random.nextInt(5) == 0 ? actor : Firm.OWNER);
            default -> other(actor);
        }
    }

    private void other(String actor) {
        switch (random.nextInt(4)) {
            case 0 -> ran("sweep", firm.sweep(aWeek()));
            case 1 -> ran("settle", firm.settle(openRound()));
            case 2 -> ran("close", firm.close(random.nextLong(1 + age() / Firm.WEEK)));
            default -> {
                long has = firm.shares(actor);
                ran(
                        "transfer",
                        firm.world.call(
                                actor,
                                Firm.TOKEN,
                                "transfer",
                                uint(random.nextLong(1 + has)),
                                principal(actor),
                                principal(anyone()),
                                none()));
            }
        }
    }

    /** Mostly as the bidder. */
    private void raise() {
        List<BidBook.Entry> open =
                firm.world.read(Shape.list(Bid.OPEN, 16), Firm.AUCTION, "get-bids", uint(0));
        long bid = open.isEmpty() ? aBid() : open.get(random.nextInt(open.size())).id();
        String bidder =
                firm.world
                        .read(Shape.optional(Bid.SHAPE), Firm.AUCTION, "get-bid", uint(bid))
                        .map(Bid::bidder)
                        .flatMap(who ->
                                Arrays.stream(ACTORS)
                                        .filter(actor -> account(actor).equals(who))
                                        .findFirst())
                        .orElseGet(this::anyone);
        String actor = random.nextInt(4) == 0 ? anyone() : bidder;
        ran("raise", firm.raise(actor, bid, 10 * random.nextLong(10, 40)));
    }

    /** Mostly an old one in which something came in. */
    private long aWeek() {
        List<Long> weeks =
                firm.world.view(Firm.VAULT).all(Vault.WEEKS).keySet().stream()
                        .map(Shape.UINT::decode)
                        .sorted()
                        .toList();
        return weeks.isEmpty() ? 0 : weeks.get(random.nextInt(1 + weeks.size() / 2) % weeks.size());
    }

    private long openRound() {
        return firm.world
                .read(Shape.optional(AuctionTerms.Progress.SHAPE), Firm.AUCTION, "get-progress")
                .orElseThrow()
                .round();
    }

    /** One that there is, if there is any. */
    private long aBid() {
        List<Long> ids =
                firm.world.view(Firm.AUCTION).all(Auction.BIDS).keySet().stream()
                        .map(Shape.UINT::decode)
                        .toList();
        return ids.isEmpty() ? 1 : ids.get(random.nextInt(ids.size()));
    }

    private void buy(String actor) {
        long grains = random.nextLong(100_000);
        if (ran("buy", firm.buy(actor, grains))) {
            paid += grains;
        }
    }

    private void invoice(String actor) {
        long quantity = random.nextLong(10_000);
        Value due = uint(firm.world.nextHeight() + random.nextInt(100));
        ran(
                "invoice",
                call(
                        Firm.OWNER,
                        "invoice",
                        uint(1),
                        principal(actor),
                        uint(quantity),
                        due,
                        none()));
        long id = firm.company().invoices();
        String method = random.nextInt(4) == 0 ? "expire" : "pay";
        if (id > 0 && ran(method, call(actor, method, uint(id))) && method.equals("pay")) {
            paid +=
                    firm.world
                            .read(
                                    Shape.optional(Invoice.SHAPE),
                                    Firm.COMPANY,
                                    "get-invoice",
                                    uint(id))
                            .orElseThrow()
                            .amount();
        }
    }

    private void openMeter(String actor) {
        Value expiry = uint(firm.world.nextHeight() + random.nextInt(2_000));
        ran(
                "open-meter",
                call(actor, "open-meter", uint(1), uint(random.nextLong(50_000)), expiry, none()));
    }

    private void draw() {
        Value meter = uint(anId(firm.company().meters()));
        Outcome outcome = call(Firm.OWNER, "draw", meter, uint(random.nextLong(30_000)), none());
        if (ran("draw", outcome)) {
            paid += outcome.value(Shape.UINT);
        }
    }

    private void claim(String actor) {
        Outcome outcome = firm.claim(actor, Math.max(0, age() / Firm.WEEK - random.nextInt(4)));
        if (ran("claim", outcome)) {
            claimed += outcome.value(Shape.UINT);
        }
    }

    private void withdraw(String actor) {
        long amount = random.nextLong(1 + firm.totals().due() * 5 / 4);
        if (ran("withdraw", firm.withdraw(actor, amount))) {
            withdrawn += amount;
        }
    }

    private Outcome call(String actor, String method, Value... arguments) {
        return firm.world.call(actor, Firm.COMPANY, method, arguments);
    }

    /** Counts, and adds up what an auction settled on the way; answers whether it went well. */
    private boolean ran(String method, Outcome outcome) {
        boolean well = outcome.receipt().status() instanceof ExecutionStatus.Succeeded;
        if (well) {
            succeeded.merge(method, 1, Integer::sum);
            proceeds += outcome.events("settled").size() == 0 ? 0 : lastProceeds();
        }
        return well;
    }

    /** Of the one round that a call can settle: of those settled, the latest. */
    private long lastProceeds() {
        return firm.world.view(Firm.AUCTION).all(Auction.ROUNDS).entrySet().stream()
                .max(Map.Entry.comparingByKey())
                .orElseThrow()
                .getValue()
                .proceeds();
    }

    private long age() {
        return firm.world.nextHeight() - firm.start;
    }

    private long anId(long last) {
        return 1 + random.nextLong(Math.max(1, last));
    }

    private String anyone() {
        return ACTORS[random.nextInt(ACTORS.length)];
    }
}
