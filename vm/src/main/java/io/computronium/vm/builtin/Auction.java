package io.computronium.vm.builtin;

import static io.computronium.vm.contract.Fault.Common.INVALID_PARAMS;
import static io.computronium.vm.contract.Fault.Common.LIMIT;
import static io.computronium.vm.contract.Fault.Common.NOT_FOUND;
import static io.computronium.vm.contract.Fault.Common.TOO_EARLY;
import static io.computronium.vm.contract.Fault.Common.TOO_LATE;
import static io.computronium.vm.contract.Fault.Common.UNAUTHORIZED;
import static io.computronium.vm.contract.Fault.Common.WRONG_STATE;

import io.computronium.primitives.Principal;
import io.computronium.primitives.tx.Asset;
import io.computronium.vm.contract.Contract;
import io.computronium.vm.contract.EventType;
import io.computronium.vm.contract.Fault;
import io.computronium.vm.contract.Frame;
import io.computronium.vm.contract.MapSlot;
import io.computronium.vm.contract.Method;
import io.computronium.vm.contract.Parameter;
import io.computronium.vm.contract.Shape;
import io.computronium.vm.contract.Unit;
import io.computronium.vm.contract.Variable;
import io.computronium.vm.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sells new shares of a company, a batch a day, at one price for all: the lowest limit that still
 * gets something. A bid says how many at most at which limit, and pays that in advance; it can be
 * raised and not taken back. When the day is over the round is settled by the next touch: exactly
 * what was sold is made, and the proceeds go into the company's vault. What a bidder got and what
 * was too much is there to be taken.
 *
 * <p>The book is bounded. When it is full a new bid must beat the lowest by a tick, and pushes it
 * out with its money back.
 *
 * <p>The proceeds go to the company in the end. So a company that bids under another name gets
 * shares for nothing but a week's wait, and dilutes its holders; barring its own account does not
 * prevent that. What bounds it: batch and maximum supply are fixed at creation, and the vault may
 * be made to give the holders a part of the proceeds ({@code auction-bp} below 10,000).
 */
final class Auction {

    static final String NAME = "auction";

    private static final int MAX_LISTED = 16;

    static final Variable<AuctionTerms> TERMS =
            new Variable<>(1, "terms", AuctionTerms.SHAPE, "What was settled at creation");
    static final Variable<AuctionTerms.Progress> PROGRESS =
            new Variable<>(
                    2, "progress", AuctionTerms.Progress.SHAPE, "Which round the book is of");
    static final Variable<BidBook> BOOK =
            new Variable<>(
                    3,
                    "book",
                    BidBook.SHAPE,
                    "Bids that are not settled, best first: limit, quantity, id, 8 bytes each");
    static final MapSlot<Long, Bid> BIDS =
            new MapSlot<>(4, "bid", Shape.UINT, Bid.SHAPE, "A bid that is not taken yet");
    static final MapSlot<Long, Bid.Round> ROUNDS =
            new MapSlot<>(5, "round", Shape.UINT, Bid.Round.SHAPE, "A settled round, from 0");

    private static final Fault BELOW_RESERVE =
            new Fault.Own(10, "BELOW_RESERVE", "the limit is below the reserve price");
    private static final Fault BAD_TICK =
            new Fault.Own(11, "BAD_TICK", "a limit is a multiple of the tick");
    private static final Fault BOOK_FULL =
            new Fault.Own(12, "BOOK_FULL", "the limit must beat the lowest bid by a tick");
    private static final Fault OWNER_BID =
            new Fault.Own(13, "OWNER_BID", "the company's owner may not bid");

    private static final Parameter<Principal> VAULT =
            Parameter.principal("vault", "of the company, made for this auction");
    private static final Parameter<Long> BATCH =
            Parameter.tokens("batch", "the most that a round sells");
    private static final Parameter<Long> RESERVE =
            Parameter.coins("reserve", "the least price of one unit, a multiple of the tick");
    private static final Parameter<Long> TICK =
            Parameter.coins("tick", "what every limit is a multiple of");
    private static final Parameter<Long> MAX_BIDS =
            Parameter.number("max-bids", "the most open bids, at most 1,024");
    private static final Parameter<Periods> PERIODS =
            Parameter.of("periods", Periods.SHAPE, "0: days of the calendar, 1: of 144 blocks");
    private static final Parameter<Long> QUANTITY =
            Parameter.tokens("quantity", "how many to buy, at most a batch");
    private static final Parameter<Long> LIMIT_PRICE =
            Parameter.coins("limit", "the most to pay for one unit");
    private static final Parameter<Long> BID = Parameter.number("bid", "its id");
    private static final Parameter<Long> ROUND = Parameter.number("round", "counted from 0");
    private static final Parameter<Long> OFFSET =
            Parameter.number("offset", "how many of the best to leave out");

    private static final EventType CREATED =
            EventType.of(
                    "created",
                    "An auction began",
                    EventType.key("vault", Shape.PRINCIPAL),
                    EventType.amount("batch", Unit.TOKEN),
                    EventType.amount("reserve", Unit.COIN));
    private static final EventType PLACED =
            EventType.of(
                    "bid",
                    "A bid was made",
                    EventType.key("id", Shape.UINT),
                    EventType.key("bidder", Shape.PRINCIPAL),
                    EventType.key("round", Shape.UINT),
                    EventType.amount("quantity", Unit.TOKEN),
                    EventType.amount("limit", Unit.COIN));
    private static final EventType RAISED =
            EventType.of(
                    "raised",
                    "A bid's limit was raised",
                    EventType.key("id", Shape.UINT),
                    EventType.key("bidder", Shape.PRINCIPAL),
                    EventType.amount("limit", Unit.COIN));
    private static final EventType EVICTED =
            EventType.of(
                    "evicted",
                    "A bid was pushed out of a full book, with its money back",
                    EventType.key("id", Shape.UINT),
                    EventType.key("bidder", Shape.PRINCIPAL),
                    EventType.amount("refund", Unit.COIN));
    private static final EventType SETTLED =
            EventType.of(
                    "settled",
                    "A round was settled",
                    EventType.key("round", Shape.UINT),
                    EventType.amount("clearing", Unit.COIN),
                    EventType.amount("sold", Unit.TOKEN),
                    EventType.amount("proceeds", Unit.COIN));
    private static final EventType TAKEN =
            EventType.of(
                    "taken",
                    "A bidder got the shares and the refund",
                    EventType.key("id", Shape.UINT),
                    EventType.key("bidder", Shape.PRINCIPAL),
                    EventType.amount("fill", Unit.TOKEN),
                    EventType.amount("refund", Unit.COIN));

    static final Contract DECLARATION =
            Contract.template(NAME, 16, "Sells new shares of a company, a batch a day at one price")
                    .variables(TERMS, PROGRESS, BOOK)
                    .maps(BIDS, ROUNDS)
                    .constructors(
                            Method.directly("create", "Begins the auction of a vault's company")
                                    .takes(
                                            Contract.INSTANCE,
                                            VAULT,
                                            BATCH,
                                            RESERVE,
                                            TICK,
                                            MAX_BIDS,
                                            PERIODS)
                                    .gas(2_000)
                                    .returns(Shape.BOOL, Auction::create))
                    .methods(
                            Method.publicly("bid", "Bids for shares, paying the limit in advance")
                                    .takes(QUANTITY, LIMIT_PRICE)
                                    .gas(4_000)
                                    .command(
                                            NAME,
                                            "bid",
                                            "acme-auction --quantity 10 --limit 0.001cptm"
                                                    + " --max-spend 0.02cptm --from bob")
                                    .returns(Shape.UINT, Auction::bid),
                            Method.publicly("raise", "Raises the limit of one's open bid")
                                    .takes(BID, LIMIT_PRICE)
                                    .gas(5_000)
                                    .command(
                                            NAME,
                                            "raise",
                                            "acme-auction --bid 1 --limit 0.002cptm"
                                                    + " --max-spend 0.02cptm --from bob")
                                    .returns(Shape.BOOL, Auction::raise),
                            Method.publicly("settle", "Settles a round that is over")
                                    .takes(ROUND)
                                    .gas(10_000)
                                    .command(NAME, "settle", "acme-auction --round 0 --from bob")
                                    .returns(Bid.Round.SHAPE, Auction::settle),
                            Method.publicly(
                                            "take",
                                            "Hands a bidder the shares and the rest of the money")
                                    .takes(BID)
                                    .gas(2_000)
                                    .command(NAME, "take", "acme-auction --bid 1 --from bob")
                                    .returns(Bid.Taking.SHAPE, Auction::take),
                            Method.readOnly("get-status", "What the running round would come to")
                                    .gas(10_000)
                                    .command(NAME, "show", "acme-auction")
                                    .returns(AuctionTerms.Status.SHAPE, Auction::status),
                            Method.readOnly("get-bids", "Open bids, best first, 16 at a time")
                                    .takes(OFFSET)
                                    .gas(2_000)
                                    .command(NAME, "bids", "acme-auction --offset 0")
                                    .returns(Shape.list(Bid.OPEN, MAX_LISTED), Auction::openBids))
                    .faults(BELOW_RESERVE, BAD_TICK, BOOK_FULL, OWNER_BID)
                    .events(CREATED, PLACED, RAISED, EVICTED, SETTLED, TAKEN)
                    .invariants(
                            new Contract.Invariant(
                                    "covered",
                                    "escrows, refunds and shares to be taken are there",
                                    AuctionInvariants::uncovered),
                            new Contract.Invariant(
                                    "book",
                                    "the book is sorted, within its bound, and has the open bids",
                                    AuctionInvariants::book),
                            new Contract.Invariant(
                                    "sold",
                                    "rounds sell at most a batch, and only that was ever made",
                                    AuctionInvariants::oversold))
                    .declare();

    private Auction() {}

    private static boolean create(Frame frame) {
        Principal vault = frame.get(VAULT);
        VaultTerms ofVault =
                Vault.terms(frame, vault).orElseThrow(() -> frame.failure(INVALID_PARAMS));
        frame.require(ofVault.owner().equals(frame.sender()), UNAUTHORIZED);
        frame.require(ofVault.auction().equals(frame.self()), INVALID_PARAMS);
        Token.Terms token =
                Token.terms(frame, ofVault.token())
                        .orElseThrow(() -> frame.failure(INVALID_PARAMS));
        frame.require(token.minter().equals(Optional.of(frame.self())), INVALID_PARAMS);
        var terms =
                new AuctionTerms(
                        ofVault.owner(),
                        ofVault.token(),
                        vault,
                        frame.height(),
                        frame.get(PERIODS).day(),
                        frame.get(BATCH),
                        frame.get(RESERVE),
                        frame.get(TICK),
                        frame.get(MAX_BIDS),
                        token.maxSupply(),
                        frame.supply(Token.asset(ofVault.token())));
        frame.require(terms.isSensible(), INVALID_PARAMS);
        frame.put(TERMS, terms);
        frame.put(PROGRESS, new AuctionTerms.Progress(0, 0));
        frame.put(BOOK, BidBook.EMPTY);
        frame.emit(CREATED, vault, terms.batch(), terms.reserve());
        return true;
    }

    private static long bid(Frame frame) {
        AuctionTerms terms = frame.read(TERMS);
        Principal bidder = frame.sender();
        long quantity = frame.get(QUANTITY);
        long limit = frame.get(LIMIT_PRICE);
        frame.require(!bidder.address().equals(terms.owner().address()), OWNER_BID);
        frame.require(quantity > 0 && quantity <= terms.batch(), INVALID_PARAMS);
        requirePrice(frame, terms, limit);
        settleIfOver(frame, terms);
        frame.require(unsold(frame, terms) > 0, LIMIT);
        long round = terms.roundAt(frame.height());
        long id = frame.read(PROGRESS).last() + 1;
        var bid = new Bid(bidder, round, quantity, limit, id);
        frame.collect(Asset.COIN, bid.escrow());
        frame.put(BOOK, withRoom(frame, terms, limit).insert(bid.entry(id)));
        frame.put(BIDS, id, bid);
        frame.put(PROGRESS, new AuctionTerms.Progress(round, id));
        frame.emit(PLACED, id, bidder, round, quantity, limit);
        return id;
    }

    /** The book, from which a bid at {@code limit} pushes out the lowest if it is full. */
    private static BidBook withRoom(Frame frame, AuctionTerms terms, long limit) {
        BidBook book = frame.read(BOOK);
        if (book.size() < terms.maxBids()) {
            return book;
        }
        BidBook.Entry lowest = book.lowest();
        frame.require(limit - terms.tick() >= lowest.limit(), BOOK_FULL);
        Bid evicted = frame.read(BIDS, lowest.id());
        frame.delete(BIDS, lowest.id());
        frame.pay(Asset.COIN, evicted.bidder(), evicted.escrow());
        frame.emit(EVICTED, lowest.id(), evicted.bidder(), evicted.escrow());
        return book.dropLowest();
    }

    private static boolean raise(Frame frame) {
        AuctionTerms terms = frame.read(TERMS);
        long id = frame.get(BID);
        long limit = frame.get(LIMIT_PRICE);
        Bid bid = frame.read(BIDS, id);
        frame.require(bid.bidder().equals(frame.sender()), UNAUTHORIZED);
        frame.require(bid.round() == terms.roundAt(frame.height()), TOO_LATE);
        frame.require(limit > bid.limit(), INVALID_PARAMS);
        requirePrice(frame, terms, limit);
        long sequence = frame.read(PROGRESS).last() + 1;
        var raised = new Bid(bid.bidder(), bid.round(), bid.quantity(), limit, sequence);
        frame.collect(Asset.COIN, raised.escrow() - bid.escrow());
        BidBook book = frame.read(BOOK).remove(id, bid.limit()).insert(raised.entry(id));
        frame.put(BOOK, book);
        frame.put(BIDS, id, raised);
        frame.put(PROGRESS, new AuctionTerms.Progress(bid.round(), sequence));
        frame.emit(RAISED, id, bid.bidder(), limit);
        return true;
    }

    private static void requirePrice(Frame frame, AuctionTerms terms, long limit) {
        frame.require(limit >= terms.reserve(), BELOW_RESERVE);
        frame.require(limit % terms.tick() == 0, BAD_TICK);
    }

    private static Bid.Round settle(Frame frame) {
        AuctionTerms terms = frame.read(TERMS);
        long round = frame.get(ROUND);
        frame.require(round < terms.roundAt(frame.height()), TOO_EARLY);
        frame.require(frame.find(ROUNDS, round).isEmpty(), WRONG_STATE);
        settleIfOver(frame, terms);
        return frame.find(ROUNDS, round).orElseThrow(() -> frame.failure(NOT_FOUND));
    }

    /** Settles the round that the book is of, if that is over; there is never more than one. */
    private static void settleIfOver(Frame frame, AuctionTerms terms) {
        AuctionTerms.Progress progress = frame.read(PROGRESS);
        if (progress.round() == terms.roundAt(frame.height())) {
            return;
        }
        BidBook book = frame.read(BOOK);
        if (book.size() == 0) {
            return;
        }
        BidBook.Result result = book.clear(Math.min(terms.batch(), unsold(frame, terms)));
        var round =
                new Bid.Round(
                        result.clearing(),
                        result.sold(),
                        result.proceeds(),
                        frame.read(BIDS, result.marginal()).sequence(),
                        result.marginalFill());
        frame.put(ROUNDS, progress.round(), round);
        frame.put(BOOK, BidBook.EMPTY);
        frame.callAsSelf(
                terms.token(),
                "mint",
                Value.UInt.of(round.sold()),
                new Value.PrincipalValue(frame.self()));
        Vault.payIn(frame, terms.vault(), Vault.Source.AUCTION, round.proceeds());
        frame.emit(SETTLED, progress.round(), round.clearing(), round.sold(), round.proceeds());
    }

    private static Bid.Taking take(Frame frame) {
        AuctionTerms terms = frame.read(TERMS);
        settleIfOver(frame, terms);
        long id = frame.get(BID);
        Bid bid = frame.read(BIDS, id);
        Bid.Round round =
                frame.find(ROUNDS, bid.round()).orElseThrow(() -> frame.failure(TOO_EARLY));
        Bid.Taking taking = round.of(bid);
        frame.delete(BIDS, id);
        if (taking.fill() > 0) {
            frame.callAsSelf(
                    terms.token(),
                    "transfer",
                    Value.UInt.of(taking.fill()),
                    new Value.PrincipalValue(frame.self()),
                    new Value.PrincipalValue(bid.bidder()),
                    new Value.None());
        }
        frame.pay(Asset.COIN, bid.bidder(), taking.refund());
        frame.emit(TAKEN, id, bid.bidder(), taking.fill(), taking.refund());
        return taking;
    }

    private static long unsold(Frame frame, AuctionTerms terms) {
        return terms.maxSupply() - frame.supply(Token.asset(terms.token()));
    }

    private static AuctionTerms.Status status(Frame frame) {
        AuctionTerms terms = frame.read(TERMS);
        long round = terms.roundAt(frame.height());
        BidBook book = frame.read(PROGRESS).round() == round ? frame.read(BOOK) : BidBook.EMPTY;
        long batch = Math.min(terms.batch(), unsold(frame, terms));
        BidBook.Result result = book.clear(batch);
        return new AuctionTerms.Status(
                round, terms.endOf(round), batch, book.size(), result.clearing(), result.sold());
    }

    private static List<BidBook.Entry> openBids(Frame frame) {
        BidBook book = frame.read(BOOK);
        long offset = Math.min(frame.get(OFFSET), book.size());
        List<BidBook.Entry> listed = new ArrayList<>(MAX_LISTED);
        for (int i = (int) offset; i < book.size() && listed.size() < MAX_LISTED; i++) {
            listed.add(book.get(i));
        }
        return listed;
    }
}
