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

import io.computronium.primitives.Principal;
import io.computronium.primitives.block.ExecutionStatus;
import io.computronium.primitives.tx.Asset;
import io.computronium.vm.TestWorld;
import io.computronium.vm.TestWorld.Outcome;
import io.computronium.vm.contract.Amounts;
import io.computronium.vm.contract.Contract;
import io.computronium.vm.contract.Fault;
import io.computronium.vm.contract.Method;
import io.computronium.vm.contract.Parameter;
import io.computronium.vm.contract.Shape;
import io.computronium.vm.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The revenue-share company {@code acme} of alice, which sells calls at a grain each, in periods of
 * 144 and 1,008 blocks; and a contract that calls back whatever it is told, as a malicious one
 * would.
 */
final class Firm {

    static final long RICH = 1_000_000_000_000L;
    static final long DAY = 144;
    static final long WEEK = 1_008;
    static final String OWNER = "alice";

    static final Principal COMPANY = instance(OWNER, "acme");
    static final Principal TOKEN = instance(OWNER, "acme-token");
    static final Principal VAULT = instance(OWNER, "acme-vault");
    static final Principal AUCTION = instance(OWNER, "acme-auction");
    static final Asset.Token SHARES = Token.asset(TOKEN);

    private static final Parameter<Principal> TARGET = Parameter.principal("target", "to call");
    private static final Parameter<Long> NUMBER = Parameter.number("number", "to call it with");

    /** Calls contracts for whoever calls it. */
    static final Contract TRICKSTER =
            Contract.singleton("trickster", 91, "for tests")
                    .methods(
                            trick("withdraw"),
                            trick("close-meter"),
                            trick("void"),
                            trick("toggle"),
                            Method.publicly("inflow", "pays in as itself, or for the sender")
                                    .takes(TARGET, NUMBER)
                                    .returns(
                                            Shape.BOOL,
                                            frame -> {
                                                frame.call(
                                                        frame.get(TARGET),
                                                        "inflow",
                                                        uint(0),
                                                        uint(frame.get(NUMBER)));
                                                return true;
                                            }))
                    .declare();

    final TestWorld world;
    final long start;

    private Firm(TestWorld world, Value... options) {
        this.world = world;
        this.start = world.nextHeight();
        create(world, options).value();
    }

    /** Shares for 1,000 grains at least, in batches of a million. */
    static Firm of(String... actors) {
        return new Firm(world(actors), options(VaultTerms.Weighting.TIME, 2_500, 10_000));
    }

    static Firm with(Value[] options, String... actors) {
        return new Firm(world(actors), options);
    }

    static TestWorld world(String... actors) {
        List<String> all = new ArrayList<>(List.of(OWNER));
        all.addAll(Arrays.asList(actors));
        return TestWorld.with(List.of(TRICKSTER), RICH, all.toArray(String[]::new));
    }

    static Value[] options(VaultTerms.Weighting weighting, long holderBp, long auctionBp) {
        return options(10_000_000, 1_000_000, 100, 1, 1_024, weighting, holderBp, auctionBp);
    }

    /** All but the name. */
    static Value[] options(
            long maxSupply,
            long batch,
            long reserve,
            long tick,
            long maxBids,
            VaultTerms.Weighting weighting,
            long holderBp,
            long auctionBp) {
        return new Value[] {
            uint(maxSupply),
            uint(batch),
            uint(reserve),
            some(uint(tick)),
            some(uint(maxBids)),
            none(),
            none(),
            some(Periods.SHAPE.toValue(Periods.BLOCKS)),
            some(VaultTerms.Weighting.SHAPE.toValue(weighting)),
            some(uint(holderBp)),
            some(uint(auctionBp))
        };
    }

    /** Begins the company, and has it sell calls at a grain. */
    static Outcome create(TestWorld world, Value... options) {
        List<Value> arguments = new ArrayList<>(List.of(text("acme")));
        arguments.addAll(Arrays.asList(options));
        Outcome outcome =
                world.call(
                        OWNER,
                        system("resource"),
                        "create-revenue-share",
                        arguments.toArray(Value[]::new));
        if (outcome.receipt().status() instanceof ExecutionStatus.Succeeded) {
            add(world, "call", Offering.Measure.CALL, 1).value();
        }
        return outcome;
    }

    static Outcome add(TestWorld world, String name, Offering.Measure unit, long price) {
        return world.call(
                OWNER,
                COMPANY,
                "add-resource",
                Value.Utf8.of(name),
                Value.Utf8.of("for tests"),
                Offering.Measure.SHAPE.toValue(unit),
                uint(price),
                none());
    }

    private static Method<?> trick(String method) {
        return Method.publicly(method, "on the target, for the sender")
                .takes(TARGET, NUMBER)
                .returns(
                        Shape.BOOL,
                        frame -> {
                            frame.call(frame.get(TARGET), method, uint(frame.get(NUMBER)));
                            return true;
                        });
    }

    Outcome trick(String actor, String method, Principal target, long number) {
        return world.call(actor, system("trickster"), method, principal(target), uint(number));
    }

    /** What goes on top of a payment. */
    static long fee(long amount) {
        return Amounts.mulDivCeil(amount, 100, 10_000);
    }

    /** Pays {@code grains} for as many calls; answers the invoice. */
    Outcome buy(String actor, long grains) {
        return world.call(
                actor,
                COMPANY,
                "pay-by-name",
                Value.Utf8.of("call"),
                uint(grains),
                uint(grains + fee(grains)),
                none());
    }

    Outcome bid(String actor, long quantity, long limit) {
        return world.call(actor, AUCTION, "bid", uint(quantity), uint(limit));
    }

    long bidId(String actor, long quantity, long limit) {
        return bid(actor, quantity, limit).value(Shape.UINT);
    }

    Outcome raise(String actor, long bid, long limit) {
        return world.call(actor, AUCTION, "raise", uint(bid), uint(limit));
    }

    Outcome settle(long round) {
        return world.call("alice", AUCTION, "settle", uint(round));
    }

    Outcome take(String actor, long bid) {
        return world.call(actor, AUCTION, "take", uint(bid));
    }

    /** Has each of {@code actors} buy so many shares at 100 grains in one round and take them. */
    void sell(long[] quantities, String... actors) {
        long round = (world.nextHeight() - start) / DAY;
        long[] bids = new long[actors.length];
        for (int i = 0; i < actors.length; i++) {
            bids[i] = bidId(actors[i], quantities[i], 100);
        }
        world.skipTo(start + (round + 1) * DAY);
        for (int i = 0; i < actors.length; i++) {
            take(actors[i], bids[i]).value();
            assertEquals(quantities[i], shares(actors[i]));
        }
    }

    Outcome claim(String actor, long... weeks) {
        return world.call(actor, VAULT, "claim", some(weeks(weeks)));
    }

    static Value weeks(long... weeks) {
        return new Value.ListValue(Arrays.stream(weeks).<Value>mapToObj(Value.UInt::of).toList());
    }

    Outcome close(long week) {
        return world.call("bob", VAULT, "close", uint(week));
    }

    Outcome withdraw(String actor, long amount) {
        return world.call(actor, VAULT, "withdraw", uint(amount));
    }

    Outcome sweep(long week) {
        return world.call("bob", VAULT, "sweep", uint(week));
    }

    /** Goes on to the first block after week {@code k}. */
    void afterWeek(long k) {
        world.skipTo(start + (k + 1) * WEEK);
    }

    void afterRound(long r) {
        world.skipTo(start + (r + 1) * DAY);
    }

    Vault.Totals totals() {
        return world.read(Shape.optional(Vault.Totals.SHAPE), VAULT, "get-totals").orElseThrow();
    }

    VaultWeek week(long k) {
        return world.read(Shape.optional(VaultWeek.SHAPE), VAULT, "get-week", uint(k))
                .orElseThrow();
    }

    Company company() {
        return world.read(Shape.optional(Company.SHAPE), COMPANY, "get-company").orElseThrow();
    }

    long shares(String actor) {
        return world.balance(SHARES, account(actor));
    }

    static Fault fault(Contract contract, String name) {
        return contract.faults().stream()
                .filter(fault -> fault.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
