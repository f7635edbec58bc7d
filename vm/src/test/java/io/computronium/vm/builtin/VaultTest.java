package io.computronium.vm.builtin;

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

import io.computronium.primitives.Principal;
import io.computronium.primitives.Uint128;
import io.computronium.vm.TestWorld.Outcome;
import io.computronium.vm.builtin.VaultTerms.Weighting;
import io.computronium.vm.contract.Fault;
import io.computronium.vm.contract.Shape;
import io.computronium.vm.value.Value;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The division of a company's income: vectors, every error, and what attackers gain by it. */
class VaultTest {

    private static final Fault OPEN_WEEK = Firm.fault(Vault.DECLARATION, "OPEN_WEEK");
    private static final Fault CLAIMED = Firm.fault(Vault.DECLARATION, "CLAIMED");
    private static final Fault SWEPT = Firm.fault(Vault.DECLARATION, "SWEPT");

    private Firm firm = Firm.of("bob", "carol", "dave");

    @AfterEach
    void invariantsHold() {
        firm.world.checkInvariants();
    }

    private void snapshot() {
        firm = Firm.with(Firm.options(Weighting.SNAPSHOT, 2_500, 10_000), "bob", "carol", "dave");
    }

    private static void expect(Outcome outcome, Fault fault) {
        outcome.expect(Vault.DECLARATION, fault);
    }

    /** The design's vector: 1,000,003 of payments. */
    @Test
    void dividesPayments() {
        firm.sell(new long[] {10}, "bob");
        firm.buy("carol", 1_000_003).value();
        firm.afterWeek(0);
        long auctioned = firm.week(0).auctions();
        firm.close(0).value();
        assertEquals(250_000, firm.week(0).pool());
        assertEquals(750_003 + auctioned, firm.totals().due());
        assertEquals(1_000, auctioned);
    }

    /** The design's vector: a pool of 250,001 and weights of 600, 399 and 1. */
    @Test
    void holdersClaimByWeightAndTheDustIsSwept() {
        snapshot();
        firm.sell(new long[] {600, 399, 1}, "bob", "carol", "dave");
        firm.buy("bob", 1_000_004).value();
        firm.afterWeek(0);
        assertEquals(150_000, firm.claim("bob", 0).value(Shape.UINT));
        assertEquals(250_001, firm.week(0).pool());
        assertEquals(Uint128.of(1_000), firm.week(0).totalWeight());
        assertEquals(99_750, firm.claim("carol", 0).value(Shape.UINT));
        expect(firm.sweep(0), Fault.Common.TOO_EARLY);
        assertEquals(250, firm.claim("dave", 0).value(Shape.UINT));
        assertEquals(1, firm.sweep(0).value(Shape.UINT), "all have claimed: need not wait a year");
        assertEquals(1, firm.totals().carry());
    }

    @Test
    void proceedsOfAuctionsAreTheCompanysAndStayTillTheWeekEnds() {
        firm.sell(new long[] {500}, "bob");
        assertEquals(50_000, firm.week(0).auctions());
        expect(firm.withdraw("alice", 1), Fault.Common.INSUFFICIENT);
        firm.afterWeek(0);
        long before = firm.world.balance("alice");
        Outcome outcome = firm.withdraw("alice", 50_000);
        outcome.value();
        assertEquals(before + 50_000 - outcome.receipt().fee(), firm.world.balance("alice"));
        expect(firm.withdraw("alice", 1), Fault.Common.INSUFFICIENT);
    }

    @Test
    void aPartOfTheProceedsMayBeTheHolders() {
        firm = Firm.with(Firm.options(Weighting.TIME, 2_500, 9_000), "bob", "carol", "dave");
        firm.sell(new long[] {501}, "bob");
        firm.afterWeek(0);
        firm.close(0).value();
        assertEquals(45_090, firm.totals().due());
        assertEquals(5_010, firm.week(0).pool());
    }

    @Test
    void whatCameInBeforeThereWereHoldersWaitsForTheFirst() {
        firm.buy("carol", 1_000).value();
        firm.afterWeek(2);
        firm.close(2).value();
        assertEquals(0, firm.week(0).pool());
        assertEquals(250, firm.totals().carry());
        assertEquals(750, firm.totals().due());
        firm.sell(new long[] {7}, "bob");
        firm.afterWeek(3);
        // Nothing was paid in week 3, but somebody had shares.
        assertEquals(250, firm.claim("bob", 3).value(Shape.UINT));
        assertEquals(0, firm.totals().carry());
    }

    @Test
    void weeksCloseInOrderAndAFewAtATime() {
        firm.buy("carol", 1_000).value();
        firm.afterWeek(40);
        expect(firm.close(40), OPEN_WEEK);
        assertEquals(0, firm.totals().next(), "an error takes back what was closed");
        firm.close(15).value();
        assertEquals(16, firm.totals().next());
        firm.close(3).value();
        assertEquals(32, firm.totals().next());
        firm.close(40).value();
        assertEquals(41, firm.totals().next());
    }

    @Test
    void theWeekThatRunsIsOpen() {
        expect(firm.close(0), OPEN_WEEK);
        expect(firm.claim("bob", 0), OPEN_WEEK);
        expect(firm.world.call("bob", Firm.VAULT, "claim", none()), OPEN_WEEK);
        expect(firm.sweep(0), OPEN_WEEK);
        firm.world.skipTo(firm.start + Firm.WEEK - 1);
        expect(firm.close(0), OPEN_WEEK);
        firm.close(0).value();
    }

    @Test
    void withoutSayingWhichAHolderClaimsTheLastWeek() {
        firm.sell(new long[] {10}, "bob");
        firm.buy("carol", 1_000).value();
        firm.afterWeek(0);
        assertEquals(250, firm.world.call("bob", Firm.VAULT, "claim", none()).value(Shape.UINT));
    }

    @Test
    void aWeekIsClaimedOnce() {
        firm.sell(new long[] {10}, "bob");
        firm.buy("carol", 1_000).value();
        firm.afterWeek(0);
        expect(firm.claim("bob", 0, 0), CLAIMED);
        firm.claim("bob", 0).value();
        expect(firm.claim("bob", 0), CLAIMED);
        var twice = call(Firm.VAULT, "claim", some(Firm.weeks(0)));
        assertEquals(0, firm.claim("carol", 0).value(Shape.UINT), "no shares, no share");
        firm.buy("carol", 1_000).value();
        firm.afterWeek(1);
        var last = call(Firm.VAULT, "claim", some(Firm.weeks(1)));
        long before = firm.world.balance("bob");
        Outcome outcome = firm.world.run("bob", last, last);
        expect(outcome, CLAIMED);
        assertEquals(before - outcome.receipt().fee(), firm.world.balance("bob"));
        expect(firm.world.run("bob", last, twice), CLAIMED);
    }

    @Test
    void atMostSixteenWeeksAreClaimedAtOnce() {
        firm.afterWeek(20);
        firm.close(15).value();
        firm.claim("bob", LongStream.range(0, 16).toArray()).value();
        Outcome tooMany = firm.claim("bob", LongStream.range(0, 17).toArray());
        assertTrue(tooMany.toString().contains("WRONG_ARGUMENT"), tooMany::toString);
    }

    @Test
    void whatIsNotClaimedForAYearIsCarriedOn() {
        firm.sell(new long[] {10, 30}, "bob", "carol");
        firm.buy("dave", 1_000).value();
        firm.afterWeek(0);
        firm.claim("bob", 0).value();
        long left = firm.week(0).unclaimed();
        firm.world.skipTo(firm.start + 53 * Firm.WEEK - 1);
        firm.close(15).value();
        firm.world.skipTo(firm.start + 53 * Firm.WEEK);
        assertEquals(left, firm.sweep(0).value(Shape.UINT));
        assertEquals(left, firm.totals().carry());
        expect(firm.claim("carol", 0), SWEPT);
        expect(firm.sweep(0), SWEPT);
        expect(firm.sweep(1), Fault.Common.NOT_FOUND);
        assertEquals(
                0,
                firm.world.read(Shape.UINT, Firm.VAULT, "get-share", uint(0), principal("carol")));
    }

    @Test
    void aWeekIsSweptAYearAfterItsEndAndNotBefore() {
        firm.sell(new long[] {10, 30}, "bob", "carol");
        firm.buy("dave", 1_000).value();
        firm.afterWeek(16);
        firm.close(15).value();
        firm.afterWeek(32);
        firm.close(31).value();
        firm.afterWeek(48);
        firm.close(47).value();
        firm.world.skipTo(firm.start + 53 * Firm.WEEK - 1);
        expect(firm.sweep(0), Fault.Common.TOO_EARLY);
        firm.sweep(0).value();
    }

    @Test
    void onlyTheOwnerWithdrawsAndOnlyItself() {
        firm.buy("carol", 1_000).value();
        firm.afterWeek(0);
        expect(firm.withdraw("bob", 1), Fault.Common.UNAUTHORIZED);
        expect(firm.trick("alice", "withdraw", Firm.VAULT, 1), Fault.Common.UNAUTHORIZED);
        expect(firm.withdraw("alice", 0), Fault.Common.INVALID_PARAMS);
        expect(firm.withdraw("alice", 751), Fault.Common.INSUFFICIENT);
        firm.withdraw("alice", 750).value();
    }

    /** Else payments could pass as auctions', of which holders get nothing. */
    @Test
    void onlyTheContractsOfTheCompanyPayIn() {
        for (int kind = 0; kind < 2; kind++) {
            Value source = uint(kind);
            expect(
                    firm.world.call("carol", Firm.VAULT, "inflow", source, uint(5)),
                    Fault.Common.UNAUTHORIZED);
        }
        expect(firm.trick("carol", "inflow", Firm.VAULT, 5), Fault.Common.UNAUTHORIZED);
        expect(
                firm.world.call("carol", Firm.VAULT, "inflow", uint(2), uint(5)),
                Fault.Common.INVALID_PARAMS);
    }

    /** The attack: shares are bought in the last block of a week for its dividend, and sold. */
    @Test
    void sharesOfTheLastBlockWeighNextToNothing() {
        firm.sell(new long[] {1_000}, "bob");
        firm.buy("carol", 40_000_000).value();
        firm.world.skipTo(firm.start + Firm.WEEK - 1);
        transfer("bob", "dave", 1_000).value();
        transfer("dave", "bob", 1_000).value();
        long gain = firm.claim("dave", 0).value(Shape.UINT);
        long bobs = firm.claim("bob", 0).value(Shape.UINT);
        // One block in the 864 that anyone had shares.
        assertTrue(gain <= 10_000_000 / 864, "gain " + gain);
        assertTrue(bobs > 9_980_000, "bob " + bobs);
        assertTrue(gain + bobs <= 10_000_000);
    }

    /** What the seed asked for, and what a snapshot costs: the last block takes it all. */
    @Test
    void aSnapshotPaysWhoHasTheSharesInTheLastBlock() {
        snapshot();
        firm.sell(new long[] {1_000}, "bob");
        firm.buy("carol", 40_000).value();
        firm.world.skipTo(firm.start + Firm.WEEK - 1);
        transfer("bob", "dave", 1_000).value();
        transfer("dave", "bob", 1_000).value();
        assertEquals(10_000, firm.claim("dave", 0).value(Shape.UINT));
        assertEquals(0, firm.claim("bob", 0).value(Shape.UINT));
    }

    /** The attack: claim, hand the shares to an accomplice, who claims as well. */
    @Test
    void movedSharesAreNotClaimedTwice() {
        firm.sell(new long[] {1_000}, "bob");
        firm.buy("carol", 40_000).value();
        firm.afterWeek(0);
        assertEquals(10_000, firm.claim("bob", 0).value(Shape.UINT));
        transfer("bob", "dave", 1_000).value();
        assertEquals(0, firm.claim("dave", 0).value(Shape.UINT));
    }

    /** The attack: a company that sells nothing, so that all is carried, and keeps it. */
    @Test
    void aCompanyThatNeverSellsSharesGetsItsPartAlone() {
        firm.buy("carol", 1_000).value();
        firm.afterWeek(0);
        firm.withdraw("alice", 750).value();
        expect(firm.withdraw("alice", 1), Fault.Common.INSUFFICIENT);
        assertEquals(250, firm.totals().carry());
    }

    /** What nobody has taken yet, and what was sent to a contract, dilutes nobody. */
    @Test
    void sharesOfTheCompanysContractsCountForNobody() {
        snapshot();
        long taken = firm.bidId("bob", 100, 100);
        firm.bidId("carol", 900, 100);
        firm.afterRound(0);
        firm.take("bob", taken).value();
        assertEquals(900, firm.world.balance(Firm.SHARES, Firm.AUCTION));
        transfer("bob", Firm.COMPANY, 10).value();
        transfer("bob", Firm.VAULT, 10).value();
        firm.buy("dave", 4_000).value();
        firm.afterWeek(0);
        assertEquals(
                1_000,
                firm.world.read(
                        Shape.UINT, Firm.VAULT, "get-share", uint(closed(0)), principal("bob")));
        assertEquals(Uint128.of(80), firm.week(0).totalWeight());
        assertEquals(
                0,
                firm.world.read(
                        Shape.UINT, Firm.VAULT, "get-share", uint(0), principal(Firm.AUCTION)));
        assertEquals(1_000, firm.claim("bob", 0).value(Shape.UINT));
    }

    private long closed(long week) {
        firm.close(week).value();
        return week;
    }

    /** A coin sent to the vault is a gift to nobody, and no fault. */
    @Test
    void donationsChangeNothing() {
        firm.sell(new long[] {10}, "bob");
        firm.world.run(firm.world.draft("carol").transfer(Firm.VAULT, 77).build()).value();
        firm.afterWeek(0);
        firm.close(0).value();
        assertEquals(0, firm.week(0).pool());
        assertEquals(1_000 + 77, firm.world.balance(Firm.VAULT));
    }

    @Test
    void aVaultIsMadeForACheckpointedToken() {
        firm.world
                .call(
                        "bob",
                        system("token"),
                        "create",
                        text("plain"),
                        text("Plain"),
                        text("PLN"),
                        uint(0),
                        none(),
                        uint(10),
                        uint(10),
                        none(),
                        bool(false))
                .value();
        Principal plain = instance("bob", "plain");
        expect(vault(account("bob"), plain, Firm.AUCTION, 2_500, 1), Fault.Common.INVALID_PARAMS);
        expect(
                vault(account("bob"), account("bob"), Firm.AUCTION, 1, 1),
                Fault.Common.INVALID_PARAMS);
        expect(
                vault(account("bob"), Firm.TOKEN, Firm.AUCTION, 10_001, 1),
                Fault.Common.INVALID_PARAMS);
        expect(
                vault(account("bob"), Firm.TOKEN, Firm.AUCTION, 1, 10_001),
                Fault.Common.INVALID_PARAMS);
        // Who counts for nobody would be taken off twice.
        expect(vault(Firm.AUCTION, Firm.TOKEN, Firm.AUCTION, 1, 1), Fault.Common.INVALID_PARAMS);
        vault(account("bob"), Firm.TOKEN, Firm.AUCTION, 10_000, 10_000).value();
        expect(vault(account("bob"), Firm.TOKEN, Firm.AUCTION, 1, 1), Fault.Common.EXISTS);
    }

    private Outcome vault(
            Principal company, Principal token, Principal auction, long holderBp, long auctionBp) {
        return firm.world.call(
                "bob",
                system("vault"),
                "create",
                text("box"),
                principal(company),
                principal(token),
                principal(auction),
                uint(1),
                uint(0),
                uint(holderBp),
                uint(auctionBp));
    }

    private Outcome transfer(String from, String to, long amount) {
        return transfer(from, account(to), amount);
    }

    private Outcome transfer(String from, Principal to, long amount) {
        return firm.world.call(
                from, Firm.TOKEN, "transfer", uint(amount), principal(from), principal(to), none());
    }

    /**
     * Closing and claiming do not look at holders. What grows, by a read each time that it doubles,
     * is the search in the past of what the auction itself had.
     */
    @Test
    void costDoesNotDependOnTheNumberOfHolders() {
        long few = gasOfClosing(3);
        long many = gasOfClosing(60);
        assertTrue(many <= few + 10 * 1_000, few + " gas with 3, " + many + " with 60");
    }

    private static long gasOfClosing(int holders) {
        String[] names =
                LongStream.range(0, holders).mapToObj(i -> "holder" + i).toArray(String[]::new);
        String[] actors = Arrays.copyOf(names, holders + 1);
        actors[holders] = "bob";
        Firm crowd = Firm.with(Firm.options(Weighting.TIME, 2_500, 10_000), actors);
        long[] quantities = new long[holders];
        Arrays.fill(quantities, 10);
        crowd.sell(quantities, names);
        crowd.buy("bob", 1_000).value();
        crowd.afterWeek(0);
        Outcome closing = crowd.close(0);
        closing.value();
        long claiming = crowd.claim(names[0], 0).receipt().gasUsed();
        return closing.receipt().gasUsed() + claiming;
    }
}
