package io.computronium.vm.builtin;

import io.computronium.primitives.tx.Asset;
import io.computronium.vm.contract.Shape;
import io.computronium.vm.contract.StateView;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What always holds of an {@link Auction}. */
final class AuctionInvariants {

    private AuctionInvariants() {}

    /** The auction has what its bids will get. */
    static @Nullable String uncovered(StateView state) {
        SortedMap<Long, Bid.Round> rounds = rounds(state);
        long coins = 0;
        long shares = 0;
        for (Bid bid : state.all(Auction.BIDS).values()) {
            Bid.Round round = rounds.get(bid.round());
            if (round == null) {
                coins += bid.escrow();
            } else {
                Bid.Taking taking = round.of(bid);
                coins += taking.refund();
                shares += taking.fill();
            }
        }
        long hasCoins = state.balance(Asset.COIN, state.self());
        long hasShares = state.balance(Token.asset(terms(state).token()), state.self());
        return hasCoins >= coins && hasShares >= shares
                ? null
                : "owes "
                        + coins
                        + " and "
                        + shares
                        + " shares, has "
                        + hasCoins
                        + " and "
                        + hasShares;
    }

    static @Nullable String book(StateView state) {
        BidBook book = state.find(Auction.BOOK).orElseThrow();
        SortedMap<Long, Bid> bids = new TreeMap<>();
        state.all(Auction.BIDS).forEach((key, bid) -> bids.put(Shape.UINT.decode(key), bid));
        SortedMap<Long, Bid.Round> rounds = rounds(state);
        long open = bids.values().stream().filter(b -> !rounds.containsKey(b.round())).count();
        if (book.size() != open || open > terms(state).maxBids()) {
            return "book of " + book.size() + ", open bids " + open;
        }
        Bid before = null;
        for (int i = 0; i < book.size(); i++) {
            BidBook.Entry entry = book.get(i);
            Bid bid = bids.get(entry.id());
            if (bid == null || !bid.entry(entry.id()).equals(entry) || !comesAfter(bid, before)) {
                return "entry " + i + " is " + entry + " of " + bid;
            }
            before = bid;
        }
        return null;
    }

    private static boolean comesAfter(Bid bid, @Nullable Bid before) {
        return before == null
                || bid.limit() < before.limit()
                || (bid.limit() == before.limit() && bid.sequence() > before.sequence());
    }

    static @Nullable String oversold(StateView state) {
        AuctionTerms terms = terms(state);
        long sold = terms.initialSupply();
        for (Bid.Round round : rounds(state).values()) {
            if (round.sold() > terms.batch()
                    || round.clearing() < terms.reserve()
                    || round.proceeds() != round.sold() * round.clearing()) {
                return "wrong: " + round;
            }
            sold += round.sold();
        }
        // Holders may have burnt some.
        long supply = state.supply(Token.asset(terms.token()));
        return supply <= sold && supply <= terms.maxSupply()
                ? null
                : "supply " + supply + ", accounted for " + sold;
    }

    private static AuctionTerms terms(StateView state) {
        return state.find(Auction.TERMS).orElseThrow();
    }

    private static SortedMap<Long, Bid.Round> rounds(StateView state) {
        SortedMap<Long, Bid.Round> rounds = new TreeMap<>();
        state.all(Auction.ROUNDS)
                .forEach((key, round) -> rounds.put(Shape.UINT.decode(key), round));
        return rounds;
    }
}
