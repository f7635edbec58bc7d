package io.computronium.vm.builtin;

import static io.computronium.vm.TestWorld.account;
import static io.computronium.vm.TestWorld.call;
import static io.computronium.vm.TestWorld.instance;
import static io.computronium.vm.TestWorld.none;
import static io.computronium.vm.TestWorld.principal;
import static io.computronium.vm.TestWorld.some;
import static io.computronium.vm.TestWorld.system;
import static io.computronium.vm.TestWorld.text;
import static io.computronium.vm.TestWorld.uint;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.computronium.primitives.Principal;
import io.computronium.primitives.tx.Call;
import io.computronium.vm.TestWorld.Outcome;
import io.computronium.vm.builtin.VaultTerms.Weighting;
import io.computronium.vm.contract.Fault;
import io.computronium.vm.contract.Shape;
import io.computronium.vm.value.Value;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The daily auction: vectors, every error, and what attackers gain by it. */
class AuctionTest {

    private static final Fault BELOW_RESERVE = Firm.fault(Auction.DECLARATION, "BELOW_RESERVE");
    private static final Fault BAD_TICK = Firm.fault(Auction.DECLARATION, "BAD_TICK");
    private static final Fault BOOK_FULL = Firm.fault(Auction.DECLARATION, "BOOK_FULL");
    private static final Fault OWNER_BID = Firm.fault(Auction.DECLARATION, "OWNER_BID");

    private Firm firm = Firm.of("bob", "carol", "dave");

    @AfterEach
    void invariantsHold() {
        firm.world.checkInvariants();
    }

    private void firm(long maxSupply, long batch, long reserve, long tick, long maxBids) {
        firm =
                Firm.with(
                        Firm.options(
                                maxSupply,
                                batch,
                                reserve,
                                tick,
                                maxBids,
                                Weighting.TIME,
                                2_500,
                                10_000),
                        "bob",
                        "carol",
                        "dave");
    }

    private static void expect(Outcome outcome, Fault fault) {
        outcome.expect(Auction.DECLARATION, fault);
    }

    /** The design's vector, to the grain. */
    @Test
    void allPayTheLowestLimitThatGetsSomething() {
        long first = firm.bidId("bob", 500_000, 1_000);
        long second = firm.bidId("carol", 300_000, 800);
        long third = firm.bidId("dave", 400_000, 600);
        firm.afterRound(0);
        Bid.Round round = firm.settle(0).value(Bid.Round.SHAPE);
        assertEquals(new Bid.Round(600, 1_000_000, 600_000_000, third, 200_000), round);
        assertEquals(600_000_000, firm.week(0).auctions());
        assertEquals(1_000_000, firm.world.supply(Firm.SHARES));
        assertEquals(taking(500_000, 200_000_000), firm.take("bob", first).value(Bid.Taking.SHAPE));
        assertEquals(
                taking(300_000, 60_000_000), firm.take("carol", second).value(Bid.Taking.SHAPE));
        // Anyone may hand a bidder what is due.
        assertEquals(taking(200_000, 120_000_000), firm.take("bob", third).value(Bid.Taking.SHAPE));
        assertEquals(200_000, firm.shares("dave"));
        assertEquals(0, firm.world.balance(Firm.AUCTION));
        assertEquals(0, firm.world.balance(Firm.SHARES, Firm.AUCTION));
    }

    private static Bid.Taking taking(long fill, long refund) {
        return new Bid.Taking(fill, refund);
    }

    @Test
    void whatIsNotSoldIsNeverMade() {
        long bid = firm.bidId("bob", 7, 150);
        firm.afterRound(0);
        firm.take("bob", bid).value();
        assertEquals(7, firm.world.supply(Firm.SHARES));
        assertEquals(7 * 150, firm.week(0).auctions());
    }

    @Test
    void atOneLimitWhoCameFirstGetsFirst() {
        firm(100, 10, 100, 1, 1_024);
        long first = firm.bidId("bob", 6, 100);
        long second = firm.bidId("carol", 6, 100);
        long third = firm.bidId("dave", 6, 100);
        firm.afterRound(0);
        assertEquals(taking(6, 0), firm.take("bob", first).value(Bid.Taking.SHAPE));
        assertEquals(taking(4, 200), firm.take("bob", second).value(Bid.Taking.SHAPE));
        assertEquals(taking(0, 600), firm.take("bob", third).value(Bid.Taking.SHAPE));
    }

    @Test
    void aRaisedBidQueuesAnew() {
        firm(100, 10, 100, 1, 1_024);
        long first = firm.bidId("bob", 6, 100);
        long second = firm.bidId("carol", 6, 110);
        firm.raise("bob", first, 110).value();
        assertEquals(
                List.of(new BidBook.Entry(110, 6, second), new BidBook.Entry(110, 6, first)),
                firm.world.read(Shape.list(Bid.OPEN, 16), Firm.AUCTION, "get-bids", uint(0)));
        assertEquals(
                new AuctionTerms.Status(0, firm.start + Firm.DAY, 10, 2, 110, 10),
                firm.world.read(AuctionTerms.Status.SHAPE, Firm.AUCTION, "get-status"));
        firm.afterRound(0);
        assertEquals(taking(4, 220), firm.take("bob", first).value(Bid.Taking.SHAPE));
        assertEquals(taking(6, 0), firm.take("bob", second).value(Bid.Taking.SHAPE));
    }

    @Test
    void limitsKeepToReserveAndTick() {
        firm(100, 10, 100, 20, 1_024);
        expect(firm.bid("bob", 1, 99), BELOW_RESERVE);
        expect(firm.bid("bob", 1, 110), BAD_TICK);
        long bid = firm.bidId("bob", 1, 120);
        expect(firm.raise("bob", bid, 130), BAD_TICK);
        expect(firm.raise("bob", bid, 120), Fault.Common.INVALID_PARAMS);
        expect(firm.raise("bob", bid, 100), Fault.Common.INVALID_PARAMS);
        firm.raise("bob", bid, 140).value();
    }

    @Test
    void quantitiesAreWithinABatch() {
        expect(firm.bid("bob", 0, 100), Fault.Common.INVALID_PARAMS);
        expect(firm.bid("bob", 1_000_001, 100), Fault.Common.INVALID_PARAMS);
        expect(firm.bid("bob", 1_000_000, Long.MAX_VALUE), Fault.Common.INVALID_PARAMS);
        expect(firm.bid("bob", 1, Long.MAX_VALUE), Fault.Common.INSUFFICIENT);
        assertEquals(0, firm.world.balance(Firm.AUCTION));
    }

    @Test
    void theOwnerDoesNotBid() {
        expect(firm.bid("alice", 1, 100), OWNER_BID);
    }

    @Test
    void aFullBookPushesOutTheLowest() {
        firm(100, 10, 100, 10, 2);
        long first = firm.bidId("bob", 1, 100);
        firm.bidId("carol", 1, 100);
        expect(firm.bid("dave", 1, 100), BOOK_FULL);
        long before = firm.world.balance("carol");
        firm.bidId("dave", 1, 110);
        assertEquals(before + 100, firm.world.balance("carol"), "the later of two equal ones");
        firm.bidId("dave", 1, 110);
        expect(firm.bid("carol", 1, 110), BOOK_FULL);
        expect(firm.take("bob", first), Fault.Common.NOT_FOUND);
        expect(firm.raise("bob", first, 200), Fault.Common.NOT_FOUND);
        assertEquals(220, firm.world.balance(Firm.AUCTION));
    }

    @Test
    void onlyTheBidderRaisesAndOnlyInTheRound() {
        long bid = firm.bidId("bob", 1, 100);
        expect(firm.raise("carol", bid, 200), Fault.Common.UNAUTHORIZED);
        firm.world.skipTo(firm.start + Firm.DAY);
        expect(firm.raise("bob", bid, 200), Fault.Common.TOO_LATE);
    }

    @Test
    void aRoundSettlesOnceItIsOver() {
        long bid = firm.bidId("bob", 1, 100);
        expect(firm.settle(0), Fault.Common.TOO_EARLY);
        expect(firm.take("bob", bid), Fault.Common.TOO_EARLY);
        firm.world.skipTo(firm.start + Firm.DAY - 1);
        expect(firm.settle(0), Fault.Common.TOO_EARLY);
        firm.settle(0).value();
        expect(firm.settle(0), Fault.Common.WRONG_STATE);
        firm.afterRound(2);
        expect(firm.settle(1), Fault.Common.NOT_FOUND);
        expect(firm.settle(Long.MAX_VALUE), Fault.Common.TOO_EARLY);
    }

    @Test
    void theNextBidSettlesTheLastRound() {
        long first = firm.bidId("bob", 5, 100);
        firm.afterRound(6);
        long second = firm.bidId("carol", 5, 100);
        assertEquals(500, firm.week(1).auctions(), "of the week that settles it");
        firm.afterRound(7);
        firm.take("bob", second).value();
        firm.take("bob", first).value();
        assertEquals(10, firm.world.supply(Firm.SHARES));
    }

    @Test
    void aBidIsTakenOnce() {
        long bid = firm.bidId("bob", 5, 100);
        firm.afterRound(0);
        var take = call(Firm.AUCTION, "take", uint(bid));
        expect(firm.world.run("bob", take, take), Fault.Common.NOT_FOUND);
        assertEquals(0, firm.shares("bob"));
        firm.take("bob", bid).value();
        expect(firm.take("bob", bid), Fault.Common.NOT_FOUND);
    }

    @Test
    void sharesEndAtTheMaximum() {
        firm(15, 10, 100, 1, 1_024);
        firm.bidId("bob", 10, 100);
        firm.afterRound(0);
        long second = firm.bidId("carol", 10, 100);
        firm.afterRound(1);
        assertEquals(taking(5, 500), firm.take("carol", second).value(Bid.Taking.SHAPE));
        expect(firm.bid("dave", 1, 100), Fault.Common.LIMIT);
        assertEquals(15, firm.world.supply(Firm.SHARES));
    }

    /**
     * The attack that the design cannot prevent: a company bids under another name. It gets the
     * shares for a week's wait, since the proceeds come back to it whole; unless the holders get a
     * part of them.
     */
    @Test
    void aCompanyThatBuysItsOwnSharesPaysWhatTheHoldersGetOfIt() {
        assertEquals(0, costOfShilling(10_000));
        assertEquals(1_000, costOfShilling(9_000));
    }

    private long costOfShilling(long auctionBp) {
        firm = Firm.with(Firm.options(Weighting.TIME, 2_500, auctionBp), "bob", "carol", "dave");
        firm.sell(new long[] {100}, "bob");
        long bid = firm.bidId("carol", 100, 100);
        firm.afterWeek(0);
        firm.take("carol", bid).value();
        firm.afterWeek(1);
        firm.close(1).value();
        // Week 0 has bob's 10,000 grains, week 1 those of the company's other name.
        long back = firm.totals().due() - 10_000 * auctionBp / 10_000;
        firm.withdraw("alice", back).value();
        return 10_000 - back;
    }

    /** The attack: a last-moment bid just above another's. It pays what all pay. */
    @Test
    void whoBidsLastPaysTheSamePrice() {
        firm(1_000, 10, 100, 1, 1_024);
        long early = firm.bidId("bob", 10, 500);
        firm.world.skipTo(firm.start + Firm.DAY - 1);
        long sniper = firm.bidId("carol", 4, 501);
        assertEquals(taking(4, 4), firm.take("bob", sniper).value(Bid.Taking.SHAPE));
        assertEquals(taking(6, 2_000), firm.take("bob", early).value(Bid.Taking.SHAPE));
    }

    @Test
    void aBookOfAThousandSettles() {
        for (int i = 0; i < BidBook.MAX_BIDS; i += 16) {
            Call[] bids = new Call[16];
            for (int k = 0; k < bids.length; k++) {
                bids[k] = call(Firm.AUCTION, "bid", uint(1_000), uint(100 + (i + k) % 7));
            }
            firm.world.run("bob", bids).value();
        }
        expect(firm.bid("carol", 1, 100), BOOK_FULL);
        firm.bid("carol", 1, 101).value();
        firm.afterRound(0);
        Bid.Round round = firm.settle(0).value(Bid.Round.SHAPE);
        assertEquals(1_000_000, round.sold());
        assertEquals(100, round.clearing());
        assertEquals(
                List.of(),
                firm.world.read(Shape.list(Bid.OPEN, 16), Firm.AUCTION, "get-bids", uint(0)));
    }

    @Test
    void anAuctionIsMadeForItsVaultAndToken() {
        expect(auction("bob", "sale", Firm.VAULT), Fault.Common.UNAUTHORIZED);
        expect(auction("alice", "sale", Firm.VAULT), Fault.Common.INVALID_PARAMS);
        expect(auction("alice", "sale", Firm.TOKEN), Fault.Common.INVALID_PARAMS);
        expect(auction("alice", "sale", account("bob")), Fault.Common.INVALID_PARAMS);
        // The vault is for this auction, but its token is made by another.
        firm.world
                .call(
                        "bob",
                        system("vault"),
                        "create",
                        text("box"),
                        principal("bob"),
                        principal(Firm.TOKEN),
                        principal(instance("bob", "sale")),
                        uint(1),
                        uint(0),
                        uint(1),
                        uint(1))
                .value();
        expect(auction("bob", "sale", instance("bob", "box")), Fault.Common.INVALID_PARAMS);
    }

    private Outcome parts(String owner, long maxSupply) {
        firm.world
                .call(
                        owner,
                        system("token"),
                        "create",
                        text("coop"),
                        text("Coop"),
                        text("COOP"),
                        uint(0),
                        none(),
                        uint(maxSupply),
                        uint(maxSupply),
                        some(principal(instance(owner, "sale"))),
                        new Value.Bool(true))
                .value();
        return firm.world.call(
                owner,
                system("vault"),
                "create",
                text("box"),
                principal(owner),
                principal(instance(owner, "coop")),
                principal(instance(owner, "sale")),
                uint(1),
                uint(0),
                uint(1),
                uint(1));
    }

    @Test
    void termsMustMakeSense() {
        parts("bob", 100).value();
        Principal box = instance("bob", "box");
        long[][] wrong = {
            {0, 100, 1, 10},
            {101, 100, 1, 10},
            {10, 0, 1, 10},
            {10, 100, 0, 10},
            {10, 101, 2, 10},
            {10, 100, 1, 0},
            {10, 100, 1, 1_025}
        };
        for (long[] terms : wrong) {
            expect(
                    auction("bob", "sale", box, terms[0], terms[1], terms[2], terms[3]),
                    Fault.Common.INVALID_PARAMS);
        }
        auction("bob", "sale", box, 10, 100, 2, 1_024).value();
    }

    private Outcome auction(String sender, String name, Principal vault) {
        return auction(sender, name, vault, 10, 100, 1, 10);
    }

    private Outcome auction(
            String sender,
            String name,
            Principal vault,
            long batch,
            long reserve,
            long tick,
            long maxBids) {
        return firm.world.call(
                sender,
                system("auction"),
                "create",
                text(name),
                principal(vault),
                uint(batch),
                uint(reserve),
                uint(tick),
                uint(maxBids),
                uint(1));
    }
}
