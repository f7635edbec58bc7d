package io.computronium.vm.builtin;

import static io.computronium.vm.TestWorld.account;
import static io.computronium.vm.TestWorld.bool;
import static io.computronium.vm.TestWorld.buffer;
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
import io.computronium.primitives.block.Event;
import io.computronium.primitives.block.ExecutionStatus;
import io.computronium.primitives.block.KernelFailure;
import io.computronium.primitives.tx.Asset;
import io.computronium.primitives.tx.Call;
import io.computronium.primitives.tx.PostCondition;
import io.computronium.primitives.tx.PostConditionMode;
import io.computronium.vm.TestWorld;
import io.computronium.vm.contract.Contract;
import io.computronium.vm.contract.Fault;
import io.computronium.vm.contract.Method;
import io.computronium.vm.contract.Parameter;
import io.computronium.vm.contract.Shape;
import io.computronium.vm.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens: who may do what, what it answers, and what attackers get. */
class TokenTest {

    private static final Contract TOKEN = Token.DECLARATION;
    private static final Parameter<Principal> TARGET = Parameter.principal("target", "a token");
    private static final Parameter<Principal> WHO = Parameter.principal("who", "someone");
    private static final Parameter<Long> AMOUNT = Parameter.tokens("amount", "how much");

    /** Mints as a token's minter, and does what a malicious callee would. */
    private static final Contract PROBE =
            Contract.singleton("probe", 90, "for tests")
                    .methods(
                            Method.publicly("mint", "as the minter")
                                    .takes(TARGET, AMOUNT, WHO)
                                    .returns(
                                            Shape.BOOL,
                                            frame -> {
                                                frame.call(
                                                        frame.get(TARGET),
                                                        "mint",
                                                        uint(frame.get(AMOUNT)),
                                                        principal(frame.get(WHO)));
                                                return true;
                                            }),
                            Method.publicly("transfer", "what is the sender's")
                                    .takes(TARGET, AMOUNT, WHO)
                                    .returns(
                                            Shape.BOOL,
                                            frame -> {
                                                frame.call(
                                                        frame.get(TARGET),
                                                        "transfer",
                                                        uint(frame.get(AMOUNT)),
                                                        principal(frame.sender()),
                                                        principal(frame.get(WHO)),
                                                        none());
                                                return true;
                                            }),
                            Method.publicly("spend", "an allowance, for itself")
                                    .takes(TARGET, AMOUNT, WHO)
                                    .returns(
                                            Shape.BOOL,
                                            frame -> {
                                                frame.call(
                                                        frame.get(TARGET),
                                                        "transfer-from",
                                                        principal(frame.get(WHO)),
                                                        principal(frame.self()),
                                                        uint(frame.get(AMOUNT)),
                                                        none());
                                                return true;
                                            }),
                            Method.publicly("approve", "in the sender's name")
                                    .takes(TARGET)
                                    .returns(
                                            Shape.BOOL,
                                            frame -> {
                                                frame.call(
                                                        frame.get(TARGET),
                                                        "approve",
                                                        principal(frame.self()),
                                                        uint(0),
                                                        uint(1_000),
                                                        uint(1_000));
                                                return true;
                                            }),
                            Method.publicly("delegate", "in the sender's name")
                                    .takes(TARGET)
                                    .returns(
                                            Shape.BOOL,
                                            frame -> {
                                                frame.call(
                                                        frame.get(TARGET),
                                                        "delegate",
                                                        principal(frame.self()));
                                                return true;
                                            }),
                            Method.publicly("create", "in the sender's name")
                                    .returns(
                                            Shape.BOOL,
                                            frame -> {
                                                frame.call(
                                                        frame.system("token"),
                                                        "create",
                                                        terms("squat", 100, 100, none(), true));
                                                return true;
                                            }))
                    .declare();

    private final TestWorld world =
            TestWorld.with(List.of(PROBE), 100_000_000_000L, "alice", "bob", "carol", "dave");
    private final Principal gold = instance("alice", "gold");
    private final Principal probe = system("probe");

    private static Value[] terms(
            String name, long maxSupply, long initial, Value minter, boolean checkpointed) {
        return new Value[] {
            text(name),
            text("Gold"),
            text("GLD"),
            uint(2),
            none(),
            uint(maxSupply),
            uint(initial),
            minter,
            bool(checkpointed)
        };
    }

    /** Alice has all 1,000, and the probe may mint up to 1,500. */
    private void createGold() {
        createGold(true);
    }

    private void createGold(boolean checkpointed) {
        world.call(
                        "alice",
                        system("token"),
                        "create",
                        terms("gold", 1_500, 1_000, some(principal(probe)), checkpointed))
                .value();
    }

    private TestWorld.Outcome transfer(String from, String to, long amount) {
        return world.call(
                from, gold, "transfer", uint(amount), principal(from), principal(to), none());
    }

    private TestWorld.Outcome approve(
            String owner, Principal spender, long expected, long amount, long expiry) {
        return world.call(
                owner,
                gold,
                "approve",
                principal(spender),
                uint(expected),
                uint(amount),
                uint(expiry));
    }

    private TestWorld.Outcome spend(String spender, String owner, String to, long amount) {
        return world.call(
                spender,
                gold,
                "transfer-from",
                principal(owner),
                principal(to),
                uint(amount),
                none());
    }

    private long has(String actor) {
        return world.balance(Token.asset(gold), account(actor));
    }

    private long votes(String actor) {
        return world.read(Shape.UINT, gold, "get-votes", principal(actor));
    }

    private long votesAt(String actor, long height) {
        return world.read(Shape.UINT, gold, "get-votes-at", principal(actor), uint(height));
    }

    private static Value ok(Value value) {
        return new Value.Ok(value);
    }

    private static Value error(Fault fault) {
        return new Value.Err(uint(fault.code(TOKEN.module())));
    }

    // The face of SIP-010

    @Test
    void aTokenAnswersAsTheStandardSays() {
        createGold();
        assertEquals(ok(text("Gold")), world.read(gold, "get-name"));
        assertEquals(ok(text("GLD")), world.read(gold, "get-symbol"));
        assertEquals(ok(uint(2)), world.read(gold, "get-decimals"));
        assertEquals(ok(none()), world.read(gold, "get-token-uri"));
        assertEquals(ok(uint(1_000)), world.read(gold, "get-total-supply"));
        assertEquals(ok(uint(1_000)), world.read(gold, "get-balance", principal("alice")));
        assertEquals(ok(uint(0)), world.read(gold, "get-balance", principal("bob")));
        assertEquals(bool(true), transfer("alice", "bob", 400).value());
        assertEquals(600, has("alice"));
        assertEquals(400, has("bob"));
    }

    @Test
    void theCoinHasTheSameFace() {
        Principal coin = system("coin");
        assertEquals(ok(text("Computronium")), world.read(coin, "get-name"));
        assertEquals(ok(text("CPTM")), world.read(coin, "get-symbol"));
        assertEquals(ok(uint(8)), world.read(coin, "get-decimals"));
        assertEquals(ok(none()), world.read(coin, "get-token-uri"));
        assertEquals(ok(uint(world.supply(Asset.COIN))), world.read(coin, "get-total-supply"));
        assertEquals(
                ok(uint(world.balance("bob"))), world.read(coin, "get-balance", principal("bob")));
        assertEquals(error(901), coinTransfer("alice", "alice", "bob", new Value.UInt(1, 0)));
    }

    private Value coinTransfer(String caller, String from, String to, Value amount) {
        var outcome =
                world.call(
                        caller,
                        system("coin"),
                        "transfer",
                        amount,
                        principal(from),
                        principal(to),
                        none());
        return error(outcome.error());
    }

    private static Value error(int code) {
        return new Value.Err(uint(code));
    }

    @Test
    void transfersRefuseWithTheStandardsCodes() {
        createGold();
        assertEquals(1, transfer("alice", "bob", 1_001).error());
        assertEquals(2, transfer("alice", "alice", 1).error());
        assertEquals(3, transfer("alice", "bob", 0).error());
        world.call("bob", gold, "transfer", uint(1), principal("alice"), principal("bob"), none())
                .expect(TOKEN, Fungible.NOT_SENDER);
        long all = world.balance("alice");
        assertEquals(error(1), coinTransfer("alice", "alice", "bob", uint(all)));
        assertEquals(error(2), coinTransfer("alice", "alice", "alice", uint(1)));
        assertEquals(error(3), coinTransfer("alice", "alice", "bob", uint(0)));
        assertEquals(error(4), coinTransfer("bob", "alice", "bob", uint(1)));
    }

    @Test
    void aTransferCallAndATransferOfTheCoinAnnounceTheSame() {
        Bytes memo = Bytes.ofHex("cafe");
        Event called =
                world.call(
                                "alice",
                                system("coin"),
                                "transfer",
                                uint(5),
                                principal("alice"),
                                principal("bob"),
                                some(buffer(memo)))
                        .receipt()
                        .events()
                        .getFirst();
        Event plain =
                world.run("alice", new Call.Transfer(account("bob"), 5, memo))
                        .receipt()
                        .events()
                        .getFirst();
        assertEquals(plain, called);
        assertEquals("transfer", plain.name());
        assertEquals(system("coin"), plain.contract());
        Event ofToken;
        createGold();
        ofToken = transfer("alice", "bob", 5).events("transfer").getFirst();
        assertEquals(gold, ofToken.contract());
        assertEquals(plain.keys(), ofToken.keys());
    }

    // Making and destroying

    @ParameterizedTest(name = "max {0}, initial {1}, decimals {2}, title {3}, minter {4}")
    @CsvSource({
        "0, 0, 2, Gold, contract",
        "10, 11, 2, Gold, contract",
        "10, 10, 9, Gold, contract",
        "10, 10, 2, '', contract",
        "10, 10, 2, Gold, account",
        "10, 0, 2, Gold, none",
    })
    void aTokenDoesNotBeginWith(
            long max, long initial, long decimals, String title, String minter) {
        Value by =
                switch (minter) {
                    case "contract" -> some(principal(probe));
                    case "account" -> some(principal("alice"));
                    default -> none();
                };
        Value[] terms = terms("gold", max, initial, by, true);
        terms[1] = text(title);
        terms[3] = uint(decimals);
        world.call("alice", system("token"), "create", terms)
                .expect(TOKEN, Fault.Common.INVALID_PARAMS);
    }

    @Test
    void aTokenBeginsOnce() {
        createGold();
        world.call("alice", system("token"), "create", terms("gold", 5, 5, none(), false))
                .expect(TOKEN, Fault.Common.EXISTS);
    }

    @Test
    void onlyTheMinterMintsAndNotBeyondTheMaximum() {
        createGold();
        world.call("alice", gold, "mint", uint(1), principal("alice"))
                .expect(TOKEN, code("NOT_MINTER"));
        mint(501).expect(TOKEN, code("MAX_SUPPLY"));
        mint(Long.MAX_VALUE).expect(TOKEN, code("MAX_SUPPLY"));
        mint(0).expect(TOKEN, Fault.Common.INVALID_PARAMS);
        mint(500).value();
        mint(1).expect(TOKEN, code("MAX_SUPPLY"));
        assertEquals(500, has("dave"));
        world.call("alice", gold, "burn", uint(10)).value();
        mint(10).value();
        world.checkInvariants();
    }

    private TestWorld.Outcome mint(long amount) {
        return world.call("bob", probe, "mint", principal(gold), uint(amount), principal("dave"));
    }

    @Test
    void withoutAMinterNobodyMints() {
        world.call("alice", system("token"), "create", terms("gold", 10, 10, none(), false))
                .value();
        world.call("alice", gold, "burn", uint(10)).value();
        mint(1).expect(TOKEN, code("NOT_MINTER"));
        world.call("alice", gold, "mint", uint(1), principal("alice"))
                .expect(TOKEN, code("NOT_MINTER"));
    }

    @Test
    void oneBurnsWhatOneHas() {
        createGold();
        world.call("alice", gold, "burn", uint(1_001)).expect(TOKEN, Fault.Common.INSUFFICIENT);
        world.call("alice", gold, "burn", uint(0)).expect(TOKEN, Fault.Common.INVALID_PARAMS);
        world.call("alice", gold, "burn", uint(1_000)).value();
        assertEquals(0, world.supply(Token.asset(gold)));
    }

    // Allowances

    @Test
    void aSpenderSpendsWhatItMay() {
        createGold();
        long expiry = world.nextHeight() + 10;
        approve("alice", account("bob"), 0, 100, expiry).value();
        spend("bob", "alice", "carol", 60).value();
        spend("bob", "alice", "carol", 41).expect(TOKEN, code("ALLOWANCE"));
        spend("bob", "alice", "carol", 40).value();
        assertEquals(100, has("carol"));
        spend("bob", "alice", "carol", 1).expect(TOKEN, code("ALLOWANCE"));
        assertEquals(
                none(), world.read(gold, "get-allowance", principal("alice"), principal("bob")));
    }

    @Test
    void allowancesEnd() {
        createGold();
        long expiry = world.nextHeight() + 5;
        approve("alice", account("bob"), 0, 100, expiry).value();
        world.skipTo(expiry);
        spend("bob", "alice", "carol", 1).value();
        spend("bob", "alice", "carol", 1).expect(TOKEN, Fault.Common.TOO_LATE);
        // What is over counts as nothing.
        approve("alice", account("bob"), 99, 5, expiry + 9).expect(TOKEN, code("ALLOWANCE"));
        approve("alice", account("bob"), 0, 5, expiry + 9).value();
    }

    @Test
    void anAllowanceNeedsASensibleEndAndAnotherSpender() {
        createGold();
        long h = world.nextHeight();
        approve("alice", account("bob"), 0, 1, h - 1).expect(TOKEN, Fault.Common.INVALID_PARAMS);
        approve("alice", account("alice"), 0, 1, h + 9).expect(TOKEN, Fault.Common.INVALID_PARAMS);
        approve("alice", account("bob"), 0, 1, h + 9).value();
        approve("alice", account("bob"), 1, 0, 0).value();
    }

    @Test
    void spendingStopsAtTheOwnersBalance() {
        createGold();
        long expiry = world.nextHeight() + 10;
        approve("alice", account("bob"), 0, 2_000, expiry).value();
        spend("bob", "alice", "carol", 1_001).expect(TOKEN, Fault.Common.INSUFFICIENT);
        spend("bob", "alice", "carol", 0).expect(TOKEN, Fault.Common.INVALID_PARAMS);
        spend("bob", "alice", "alice", 1).expect(TOKEN, Fault.Common.INVALID_PARAMS);
        assertEquals(1_000, has("alice"));
    }

    /** A spender who sees an allowance being lowered spends the old one first. */
    @Test
    void attackAllowanceRace() {
        createGold();
        long expiry = world.nextHeight() + 10;
        approve("alice", account("bob"), 0, 100, expiry).value();
        var first = call(gold, "transfer-from", spent(100));
        var lowered = call(gold, "approve", principal("bob"), uint(100), uint(50), uint(expiry));
        var outcomes =
                world.block(
                        world.draft("bob", first).build(), world.draft("alice", lowered).build());
        outcomes.get(0).value();
        outcomes.get(1).expect(TOKEN, code("ALLOWANCE"));
        spend("bob", "alice", "bob", 50).expect(TOKEN, code("ALLOWANCE"));
        assertEquals(100, has("bob"), "100 and not 150");
    }

    private static Value[] spent(long amount) {
        return new Value[] {principal("alice"), principal("bob"), uint(amount), none()};
    }

    /** The same allowance twice in one transaction. */
    @Test
    void attackAllowanceTwice() {
        createGold();
        approve("alice", account("bob"), 0, 100, world.nextHeight() + 10).value();
        var outcome =
                world.run(
                        "bob",
                        call(gold, "transfer-from", spent(100)),
                        call(gold, "transfer-from", spent(100)));
        assertEquals(new ExecutionStatus.CallFailed(1), outcome.receipt().status());
        assertEquals(0, has("bob"));
    }

    /** A contract that a spender calls is not the spender. */
    @Test
    void attackSpendingThroughAContractThatTheSpenderCalls() {
        createGold();
        approve("alice", account("bob"), 0, 100, world.nextHeight() + 10).value();
        world.call("bob", probe, "spend", principal(gold), uint(100), principal("alice"))
                .expect(TOKEN, code("ALLOWANCE"));
        approve("alice", probe, 0, 100, world.nextHeight() + 10).value();
        world.call("bob", probe, "spend", principal(gold), uint(100), principal("alice")).value();
        assertEquals(100, world.balance(Token.asset(gold), probe));
    }

    /** Rights that are no balance are for the account alone. */
    @Test
    void attackApprovingDelegatingOrCreatingInTheSendersName() {
        createGold();
        for (String method : List.of("approve", "delegate")) {
            world.call("alice", probe, method, principal(gold))
                    .expect(TOKEN, Fault.Common.UNAUTHORIZED);
        }
        world.call("alice", probe, "create").expect(TOKEN, Fault.Common.UNAUTHORIZED);
    }

    /** A callee may move what is the sender's; the sender's post-conditions stop it. */
    @Test
    void attackMovingTheSendersTokens() {
        createGold();
        var theft = call(probe, "transfer", principal(gold), uint(1_000), principal("dave"));
        var outcome = world.run(world.draft("alice", theft).mode(PostConditionMode.DENY).build());
        assertEquals(
                new ExecutionStatus.KernelFailed(0, KernelFailure.POST_CONDITION),
                outcome.receipt().status());
        assertEquals(0, has("dave"));
        var limited =
                world.draft("alice", theft)
                        .mode(PostConditionMode.DENY)
                        .condition(
                                new PostCondition.Sent(
                                        account("alice"),
                                        Token.asset(gold),
                                        PostCondition.Comparison.AT_MOST,
                                        Uint128.of(999)));
        world.run(limited.build());
        assertEquals(0, has("dave"));
    }

    // The past, and votes

    @Test
    void thePastOfBalancesAndOfTheSupplyIsKnown() {
        createGold();
        long h = world.nextHeight();
        transfer("alice", "bob", 300).value();
        world.skip(10);
        mint(500).value();
        long now = world.nextHeight();
        assertEquals(uint(1_000), at("get-balance-at", "alice", h - 1));
        assertEquals(uint(700), at("get-balance-at", "alice", h));
        assertEquals(uint(300), at("get-balance-at", "bob", now - 1));
        assertEquals(uint(0), at("get-balance-at", "bob", 0));
        assertEquals(uint(1_000), world.read(gold, "get-supply-at", uint(now - 2)));
        assertEquals(uint(1_500), world.read(gold, "get-supply-at", uint(now - 1)));
        assertEquals(error(Fault.Common.TOO_EARLY), at("get-balance-at", "bob", now));
        assertEquals(error(Fault.Common.TOO_EARLY), at("get-votes-at", "bob", Long.MAX_VALUE));
        assertEquals(error(Fault.Common.TOO_EARLY), world.read(gold, "get-supply-at", uint(now)));
    }

    private Value at(String method, String who, long height) {
        return world.read(gold, method, principal(who), uint(height));
    }

    @Test
    void aPlainTokenHasNeitherPastNorVotes() {
        createGold(false);
        transfer("alice", "bob", 10).value();
        world.call("alice", gold, "delegate", principal("bob"))
                .expect(TOKEN, Fault.Common.WRONG_STATE);
        assertEquals(error(Fault.Common.WRONG_STATE), at("get-balance-at", "bob", 0));
        assertEquals(
                error(Fault.Common.WRONG_STATE), world.read(gold, "get-votes", principal("bob")));
        world.checkInvariants();
    }

    @Test
    void votesFollowWhatIsDelegated() {
        createGold();
        transfer("alice", "bob", 300).value();
        transfer("alice", "carol", 200).value();
        assertEquals(500, votes("alice"));
        long before = world.nextHeight();
        var outcome = world.call("bob", gold, "delegate", principal("alice"));
        outcome.value();
        assertEquals(1, outcome.events("delegated").size());
        assertEquals(800, votes("alice"));
        assertEquals(0, votes("bob"));
        assertEquals(300, has("bob"));
        transfer("bob", "carol", 100).value();
        assertEquals(700, votes("alice"));
        assertEquals(300, votes("carol"));
        transfer("alice", "bob", 50).value();
        assertEquals(700, votes("alice"), "alice's own 450 and bob's 250");
        world.call("bob", gold, "delegate", principal("carol")).value();
        assertEquals(450, votes("alice"));
        assertEquals(550, votes("carol"));
        world.call("bob", gold, "delegate", principal("bob")).value();
        assertEquals(250, votes("bob"));
        assertEquals(300, votes("carol"));
        assertEquals(500, votesAt("alice", before - 1));
        assertEquals(800, votesAt("alice", before));
        assertEquals(0, votesAt("bob", before));
        world.call("bob", gold, "delegate", principal("bob")).expect(TOKEN, Fault.Common.EXISTS);
        world.call("carol", gold, "delegate", principal("carol"))
                .expect(TOKEN, Fault.Common.EXISTS);
        world.checkInvariants();
    }

    /** One level: what carol is delegated is not passed on, and no vote counts twice. */
    @Test
    void attackDelegatingInAChainOrACircle() {
        createGold();
        transfer("alice", "bob", 300).value();
        transfer("alice", "carol", 200).value();
        world.call("alice", gold, "delegate", principal("bob")).value();
        world.call("bob", gold, "delegate", principal("carol")).value();
        assertEquals(500, votes("bob"), "alice's stay with bob");
        assertEquals(500, votes("carol"), "carol's own and bob's own");
        world.call("carol", gold, "delegate", principal("alice")).value();
        assertEquals(200, votes("alice"));
        assertEquals(300, votes("carol"));
        assertEquals(1_000, votes("alice") + votes("bob") + votes("carol"));
        world.checkInvariants();
    }

    /** Borrowed for one block: what counts is the end of the block before. */
    @Test
    void attackBorrowedVotes() {
        createGold();
        long snapshot = world.nextHeight() - 1;
        world.block(
                world.draft(
                                "alice",
                                call(
                                        gold,
                                        "transfer",
                                        uint(1_000),
                                        principal("alice"),
                                        principal("bob"),
                                        none()))
                        .build(),
                world.draft(
                                "bob",
                                call(
                                        gold,
                                        "transfer",
                                        uint(1_000),
                                        principal("bob"),
                                        principal("alice"),
                                        none()))
                        .build());
        assertEquals(0, votesAt("bob", snapshot));
        assertEquals(0, votesAt("bob", snapshot + 1));
        assertEquals(1_000, votesAt("alice", snapshot + 1));
    }

    @Test
    void votesMoveWithMintedAndBurntUnitsAndFailedCallsLeaveThem() {
        createGold();
        world.call("dave", gold, "delegate", principal("bob")).value();
        mint(100).value();
        assertEquals(100, votes("bob"));
        world.call("dave", gold, "burn", uint(30)).value();
        assertEquals(70, votes("bob"));
        var undone =
                world.run(
                        "dave",
                        call(
                                gold,
                                "transfer",
                                uint(70),
                                principal("dave"),
                                principal("carol"),
                                none()),
                        call(gold, "burn", uint(1)));
        assertEquals(new ExecutionStatus.CallFailed(1), undone.receipt().status());
        assertEquals(70, votes("bob"));
        world.checkInvariants();
    }

    // Bad input

    @Test
    void amountsBeyond63BitsAreRefused() {
        createGold();
        for (Value amount : List.of(new Value.UInt(0, Long.MIN_VALUE), new Value.UInt(-1, -1))) {
            world.call(
                            "alice",
                            gold,
                            "transfer",
                            amount,
                            principal("alice"),
                            principal("bob"),
                            none())
                    .expect(TOKEN, Fault.Common.INVALID_PARAMS);
            world.call("alice", gold, "burn", amount).expect(TOKEN, Fault.Common.INVALID_PARAMS);
        }
        world.call("alice", gold, "burn", uint(Long.MAX_VALUE))
                .expect(TOKEN, Fault.Common.INSUFFICIENT);
    }

    @Test
    void aLongMemoOrAnotherTypeStopsTheCall() {
        createGold();
        var long35 = some(buffer(Bytes.owned(new byte[35])));
        for (Value memo : List.of(long35, uint(1))) {
            var outcome =
                    world.call(
                            "alice",
                            gold,
                            "transfer",
                            uint(1),
                            principal("alice"),
                            principal("bob"),
                            memo);
            assertEquals(
                    new ExecutionStatus.KernelFailed(0, KernelFailure.WRONG_ARGUMENT),
                    outcome.receipt().status());
        }
    }

    @Test
    void everyErrorHasItsCode() {
        assertEquals(1_410, code("NOT_MINTER").code(TOKEN.module()));
        assertEquals(1_411, code("MAX_SUPPLY").code(TOKEN.module()));
        assertEquals(1_412, code("ALLOWANCE").code(TOKEN.module()));
        assertTrue(TOKEN.method("get-delegate-at").isPresent());
    }

    private static Fault code(String name) {
        return TOKEN.faults().stream()
                .filter(fault -> fault.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
