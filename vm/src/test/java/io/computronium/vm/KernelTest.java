package io.computronium.vm;

import static io.computronium.vm.TestWorld.account;
import static io.computronium.vm.TestWorld.bool;
import static io.computronium.vm.TestWorld.call;
import static io.computronium.vm.TestWorld.instance;
import static io.computronium.vm.TestWorld.none;
import static io.computronium.vm.TestWorld.principal;
import static io.computronium.vm.TestWorld.some;
import static io.computronium.vm.TestWorld.system;
import static io.computronium.vm.TestWorld.text;
import static io.computronium.vm.TestWorld.uint;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.primitives.Uint128;
import io.computronium.primitives.block.ExecutionStatus;
import io.computronium.primitives.block.KernelFailure;
import io.computronium.primitives.tx.Asset;
import io.computronium.primitives.tx.Call;
import io.computronium.primitives.tx.PostCondition;
import io.computronium.primitives.tx.PostConditionMode;
import io.computronium.vm.contract.Contract;
import io.computronium.vm.contract.EventType;
import io.computronium.vm.contract.Fault;
import io.computronium.vm.contract.Frame;
import io.computronium.vm.contract.HistorySlot;
import io.computronium.vm.contract.MapSlot;
import io.computronium.vm.contract.Method;
import io.computronium.vm.contract.Parameter;
import io.computronium.vm.contract.Shape;
import io.computronium.vm.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls of contracts: dispatch, arguments, frames, rollback, assets, events. */
class KernelTest {

    private static final long START = 100_000_000_000L;
    private static final Parameter<Long> AMOUNT = Parameter.coins("amount", "how much");
    private static final Parameter<Principal> WHO = Parameter.principal("who", "who");
    private static final Parameter<Boolean> FAIL = Parameter.of("fail", Shape.BOOL, "whether");
    private static final MapSlot<Principal, Long> SEEN =
            new MapSlot<>(1, "seen", Shape.PRINCIPAL, Shape.UINT, "what came from whom");
    private static final EventType TAKEN =
            EventType.of(
                    "taken",
                    "something was taken",
                    EventType.key("from", Shape.PRINCIPAL),
                    EventType.field("amount", Shape.UINT));
    private static final HistorySlot<Principal, Long> EVER =
            HistorySlot.of(
                    1, "ever", Shape.PRINCIPAL, Shape.UINT, "what the balance of someone was");
    private static final Fault NO = new Fault.Own(10, "NO", "it does not want to");

    /** Does what a malicious or clumsy callee would. */
    private static final Contract PROBE =
            Contract.singleton("probe", 90, "for tests")
                    .maps(SEEN)
                    .faults(NO)
                    .events(TAKEN)
                    .methods(
                            Method.publicly("take", "takes coins from the sender")
                                    .takes(AMOUNT)
                                    .returns(Shape.BOOL, KernelTest::take),
                            Method.publicly("take-token", "takes gold from the sender")
                                    .takes(WHO, AMOUNT)
                                    .returns(
                                            Shape.BOOL,
                                            frame -> {
                                                var gold = new Asset.Token(frame.get(WHO), "gold");
                                                frame.collect(gold, frame.get(AMOUNT));
                                                return true;
                                            }),
                            Method.publicly("take-then-fail", "and answers an error")
                                    .takes(AMOUNT)
                                    .returns(
                                            Shape.BOOL,
                                            frame -> {
                                                boolean taken = take(frame);
                                                frame.require(!taken, NO);
                                                return true;
                                            }),
                            Method.publicly("try", "calls take-then-fail and goes on")
                                    .takes(AMOUNT)
                                    .returns(
                                            Shape.BOOL,
                                            frame ->
                                                    frame.tryCall(
                                                                    frame.self(),
                                                                    "take-then-fail",
                                                                    uint(frame.get(AMOUNT)))
                                                            instanceof Value.Ok),
                            Method.publicly("pass-on", "calls direct for its sender")
                                    .returns(
                                            Shape.BOOL,
                                            frame ->
                                                    ((Value.Bool)
                                                                    frame.call(
                                                                            frame.self(), "direct"))
                                                            .value()),
                            Method.directly("direct", "the account itself only")
                                    .returns(Shape.BOOL, frame -> true),
                            Method.publicly("recurse", "calls itself for ever")
                                    .returns(
                                            Shape.BOOL,
                                            frame ->
                                                    ((Value.Bool)
                                                                    frame.call(
                                                                            frame.self(),
                                                                            "recurse"))
                                                            .value()),
                            Method.readOnly("sum", "adds one, beyond 63 bits")
                                    .takes(AMOUNT)
                                    .returns(
                                            Shape.UINT,
                                            frame -> Math.addExact(frame.get(AMOUNT), 1)))
                    .declare();

    /** Makes and moves a token. */
    private static final Contract MINE =
            Contract.template("mine", 91, "for tests")
                    .constructors(
                            Method.directly("create", "a new one")
                                    .takes(Contract.INSTANCE, FAIL)
                                    .returns(
                                            Shape.BOOL,
                                            frame -> {
                                                frame.define("gold", true);
                                                frame.require(!frame.get(FAIL), NO);
                                                return true;
                                            }))
                    .faults(NO)
                    .histories(EVER)
                    .onBalance((frame, token, holder, delta) ->
                            frame.put(EVER, holder, frame.find(EVER, holder).orElse(0L) + delta))
                    .methods(
                            Method.publicly("burn", "destroys some of the sender's")
                                    .takes(AMOUNT)
                                    .returns(
                                            Shape.BOOL,
                                            frame -> {
                                                frame.burn(
                                                        new Asset.Token(frame.self(), "gold"),
                                                        frame.sender(),
                                                        frame.get(AMOUNT));
                                                return true;
                                            }),
                            Method.publicly("mint", "makes some")
                                    .takes(AMOUNT, WHO)
                                    .returns(
                                            Shape.BOOL,
                                            frame -> {
                                                frame.mint(
                                                        new Asset.Token(frame.self(), "gold"),
                                                        frame.get(WHO),
                                                        frame.get(AMOUNT));
                                                return true;
                                            }),
                            Method.publicly("move", "moves the sender's")
                                    .takes(AMOUNT, WHO)
                                    .returns(
                                            Shape.BOOL,
                                            frame -> {
                                                frame.move(
                                                        new Asset.Token(frame.self(), "gold"),
                                                        frame.sender(),
                                                        frame.get(WHO),
                                                        frame.get(AMOUNT));
                                                return true;
                                            }))
                    .declare();

    private final TestWorld world =
            TestWorld.with(List.of(PROBE, MINE), START, "alice", "bob", "carol");
    private final Principal probe = system("probe");
    private final Principal gold = instance("alice", "gold-mine");
    private final Asset.Token token = new Asset.Token(gold, "gold");

    private static boolean take(Frame frame) {
        long amount = frame.get(AMOUNT);
        frame.collect(Asset.COIN, amount);
        long before = frame.find(SEEN, frame.sender()).orElse(0L);
        frame.put(SEEN, frame.sender(), before + amount);
        frame.emit(TAKEN, frame.sender(), amount);
        return true;
    }

    @Test
    void aCallChangesBalancesRecordsAndAnnouncesIt() {
        var outcome = world.call("alice", probe, "take", uint(500));
        assertEquals(new Value.Bool(true), outcome.value());
        assertEquals(1, outcome.events("taken").size());
        assertEquals(500, world.balance(probe));
        assertEquals(new Value.Some(uint(500)), world.read(probe, "get-seen", principal("alice")));
        assertEquals(world.supply(Asset.COIN), world.sumOfCoins());
    }

    @Test
    void anErrorAnswerTakesEverythingBackButTheFee() {
        long before = world.balance("alice");
        var outcome = world.call("alice", probe, "take-then-fail", uint(500));
        outcome.expect(PROBE, NO);
        assertTrue(outcome.receipt().events().isEmpty());
        assertEquals(before - outcome.receipt().fee(), world.balance("alice"));
        assertEquals(0, world.balance(probe));
        assertEquals(new Value.None(), world.read(probe, "get-seen", principal("alice")));
    }

    @Test
    void aCallerMayGoOnAfterAnErrorOfItsCallee() {
        var outcome = world.call("alice", probe, "try", uint(500));
        assertEquals(new Value.Bool(false), outcome.value());
        assertTrue(outcome.receipt().events().isEmpty());
        assertEquals(0, world.balance(probe));
    }

    @Test
    void anErrorOfTheSecondCallUndoesTheFirst() {
        var outcome =
                world.run(
                        "alice",
                        call(probe, "take", uint(1)),
                        call(probe, "take-then-fail", uint(2)));
        assertEquals(new ExecutionStatus.CallFailed(1), outcome.receipt().status());
        assertEquals(0, world.balance(probe));
    }

    @Test
    void directMethodsRefuseContractsBetween() {
        assertEquals(new Value.Bool(true), world.call("alice", probe, "direct").value());
        world.call("alice", probe, "pass-on").expect(PROBE, Fault.Common.UNAUTHORIZED);
    }

    @Test
    void callsHaveADepth() {
        assertStopped(KernelFailure.CALL_DEPTH, world.call("alice", probe, "recurse"));
    }

    @Test
    void argumentsAreChecked() {
        assertStopped(KernelFailure.WRONG_ARGUMENT, world.call("alice", probe, "take"));
        assertStopped(
                KernelFailure.WRONG_ARGUMENT, world.call("alice", probe, "take", uint(1), uint(2)));
        assertStopped(KernelFailure.WRONG_ARGUMENT, world.call("alice", probe, "take", bool(true)));
        assertStopped(
                KernelFailure.WRONG_ARGUMENT,
                world.run(
                        "alice", new Call.ContractCall(probe, "take", List.of(Bytes.ofHex("ff")))));
        world.call("alice", probe, "take", uint(0)).expect(PROBE, Fault.Common.INVALID_PARAMS);
        world.call("alice", probe, "take", new Value.UInt(0, Long.MIN_VALUE))
                .expect(PROBE, Fault.Common.INVALID_PARAMS);
        world.call("alice", probe, "take", uint(Long.MAX_VALUE))
                .expect(PROBE, Fault.Common.INSUFFICIENT);
        world.call("alice", probe, "sum", uint(Long.MAX_VALUE))
                .expect(PROBE, Fault.Common.INVALID_PARAMS);
    }

    @Test
    void unknownContractsAndFunctionsStop() {
        assertStopped(KernelFailure.UNKNOWN_CONTRACT, world.call("alice", system("no"), "take"));
        assertStopped(
                KernelFailure.UNKNOWN_CONTRACT, world.call("alice", instance("bob", "x"), "take"));
        assertStopped(KernelFailure.UNKNOWN_FUNCTION, world.call("alice", probe, "no"));
        assertStopped(KernelFailure.UNKNOWN_FUNCTION, world.call("alice", system("mine"), "mint"));
    }

    @Test
    void instancesLiveUnderTheirCreator() {
        create("alice", "gold-mine", false).value();
        create("alice", "gold-mine", false).expect(MINE, Fault.Common.EXISTS);
        create("bob", "gold-mine", false).value();
        create("alice", "9", false).expect(MINE, Fault.Common.INVALID_PARAMS);
    }

    @Test
    void aConstructorThatFailsLeavesNoInstance() {
        create("alice", "gold-mine", true).expect(MINE, NO);
        assertStopped(
                KernelFailure.UNKNOWN_CONTRACT,
                world.call("alice", gold, "mint", uint(1), principal("alice")));
        create("alice", "gold-mine", false).value();
    }

    @Test
    void tokensMoveAndThePastOfTheirBalancesIsKept() {
        create("alice", "gold-mine", false).value();
        long h = world.nextHeight();
        world.call("alice", gold, "mint", uint(100), principal("alice")).value();
        world.skipTo(h + 10);
        world.call("alice", gold, "move", uint(40), principal("bob")).value();
        world.skipTo(h + 20);
        world.call("bob", gold, "move", uint(40), principal("carol")).value();
        assertEquals(60, world.balance(token, account("alice")));
        assertEquals(0, world.balance(token, account("bob")));
        assertEquals(40, world.balance(token, account("carol")));
        assertEquals(100, world.supply(token));
        TokenLedger ledger = world.tokens();
        assertEquals(0, ledger.balanceAt(token, account("alice"), h - 1));
        assertEquals(100, ledger.balanceAt(token, account("alice"), h));
        assertEquals(100, ledger.balanceAt(token, account("alice"), h + 9));
        assertEquals(60, ledger.balanceAt(token, account("alice"), h + 10));
        assertEquals(40, ledger.balanceAt(token, account("bob"), h + 19));
        assertEquals(0, ledger.balanceAt(token, account("bob"), h + 20));
        assertEquals(Uint128.of(1_000), ledger.cumulative(token, account("alice"), h + 10));
        assertEquals(Uint128.of(400), ledger.cumulative(token, account("bob"), h + 21));
        assertEquals(Uint128.of(2_100), ledger.cumulativeSupply(token, h + 21));
    }

    @Test
    void whoDefinesATokenIsToldOfEveryChangeOfABalance() {
        create("alice", "gold-mine", false).value();
        long h = world.nextHeight();
        world.call("alice", gold, "mint", uint(100), principal("alice")).value();
        world.call("alice", gold, "move", uint(40), principal("bob")).value();
        world.call("bob", gold, "burn", uint(5)).value();
        world.call("alice", probe, "take-token", principal(gold), uint(10)).value();
        for (Principal holder : List.of(account("alice"), account("bob"), probe)) {
            assertEquals(
                    some(uint(world.balance(token, holder))),
                    world.read(gold, "get-ever", principal(holder)));
        }
        world.call("alice", gold, "move", uint(51), principal("bob"))
                .expect(MINE, Fault.Common.INSUFFICIENT);
        assertEquals(some(uint(50)), world.read(gold, "get-ever", principal("alice")));
        assertEquals(none(), everOfAlice(h - 1));
        assertEquals(some(uint(100)), everOfAlice(h));
        assertEquals(some(uint(60)), everOfAlice(h + 1));
        assertEquals(some(uint(60)), everOfAlice(h + 2));
        assertEquals(some(uint(50)), everOfAlice(h + 3));
        assertEquals(
                new Value.Err(uint(Fault.Common.TOO_EARLY.code(MINE.module()))),
                everOfAlice(world.nextHeight()));
    }

    private Value everOfAlice(long height) {
        return world.read(gold, "get-ever-at", principal("alice"), uint(height));
    }

    @Test
    void thePastIsFoundAmongManyChanges() {
        create("alice", "gold-mine", false).value();
        long h = world.nextHeight();
        for (int i = 1; i <= 40; i++) {
            world.call("alice", gold, "mint", uint(1), principal("alice")).value();
            world.skip(i % 3);
        }
        long height = h;
        for (int i = 1; i <= 40; i++) {
            for (int k = 0; k <= i % 3; k++) {
                assertEquals(some(uint(i)), everOfAlice(height), "height " + height);
                assertEquals(
                        i, world.tokens().balanceAt(token, account("alice"), height), "" + height);
                height++;
            }
        }
    }

    @Test
    void modeDenyRefusesWhatNoConditionCovers() {
        var uncovered = world.draft("alice", call(probe, "take", uint(500)));
        uncovered.mode(PostConditionMode.DENY);
        assertStopped(KernelFailure.POST_CONDITION, world.run(uncovered.build()));
        assertEquals(0, world.balance(probe));
        var covered = world.draft("alice", call(probe, "take", uint(500)));
        covered.mode(PostConditionMode.DENY).condition(atMost(Asset.COIN, 500));
        world.run(covered.build()).value();
        var tooMuch = world.draft("alice", call(probe, "take", uint(501)));
        tooMuch.mode(PostConditionMode.DENY).condition(atMost(Asset.COIN, 500));
        assertStopped(KernelFailure.POST_CONDITION, world.run(tooMuch.build()));
    }

    @Test
    void modeDenyAsksOfTokensToo() {
        create("alice", "gold-mine", false).value();
        world.call("alice", gold, "mint", uint(100), principal("alice")).value();
        var uncovered = world.draft("alice", call(gold, "move", uint(1), principal("bob")));
        uncovered.mode(PostConditionMode.DENY).condition(atMost(Asset.COIN, 500));
        assertStopped(KernelFailure.POST_CONDITION, world.run(uncovered.build()));
        var covered = world.draft("alice", call(gold, "move", uint(1), principal("bob")));
        covered.mode(PostConditionMode.DENY).condition(atMost(token, 1));
        world.run(covered.build()).value();
    }

    private static PostCondition atMost(Asset asset, long amount) {
        return new PostCondition.Sent(
                account("alice"), asset, PostCondition.Comparison.AT_MOST, Uint128.of(amount));
    }

    private TestWorld.Outcome create(String actor, String name, boolean fail) {
        return world.call(actor, system("mine"), "create", text(name), bool(fail));
    }

    private static void assertStopped(KernelFailure failure, TestWorld.Outcome outcome) {
        assertEquals(
                new ExecutionStatus.KernelFailed(0, failure),
                outcome.receipt().status(),
                outcome::toString);
    }
}
