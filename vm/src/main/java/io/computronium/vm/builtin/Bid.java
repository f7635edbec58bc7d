package io.computronium.vm.builtin;

import io.computronium.primitives.Principal;
import io.computronium.vm.contract.RecordShape;
import io.computronium.vm.contract.Shape;

/**
 * A bid whose outcome has not been taken yet.
 *
 * @param round that it is in
 * @param limit the most that it pays for one unit, in grains
 * @param sequence its place in time, anew with each raise: who comes first gets first at one limit
 */
record Bid(Principal bidder, long round, long quantity, long limit, long sequence) {
    static final RecordShape<Bid> SHAPE =
            RecordShape.of(
                    in -> new Bid(in.next(), in.next(), in.next(), in.next(), in.next()),
                    RecordShape.field("bidder", Shape.PRINCIPAL, Bid::bidder),
                    RecordShape.field("round", Shape.UINT, Bid::round),
                    RecordShape.field("quantity", Shape.UINT, Bid::quantity),
                    RecordShape.field("limit", Shape.UINT, Bid::limit),
                    RecordShape.field("sequence", Shape.UINT, Bid::sequence));

    /** As lists of open bids show it. */
    static final RecordShape<BidBook.Entry> OPEN =
            RecordShape.of(
                    in -> new BidBook.Entry(in.next(), in.next(), in.next()),
                    RecordShape.field("limit", Shape.UINT, BidBook.Entry::limit),
                    RecordShape.field("quantity", Shape.UINT, BidBook.Entry::quantity),
                    RecordShape.field("id", Shape.UINT, BidBook.Entry::id));

    /** What was paid in advance. */
    long escrow() {
        return Math.multiplyExact(quantity, limit);
    }

    BidBook.Entry entry(long id) {
        return new BidBook.Entry(limit, quantity, id);
    }

    /** What a bidder gets. */
    record Taking(long fill, long refund) {
        static final RecordShape<Taking> SHAPE =
                RecordShape.of(
                        in -> new Taking(in.next(), in.next()),
                        RecordShape.field("fill", Shape.UINT, Taking::fill),
                        RecordShape.field("refund", Shape.UINT, Taking::refund));
    }

    /**
     * A settled round, from which every bid's outcome follows.
     *
     * @param clearing what all pay for one unit: the limit of the last bid that gets anything
     * @param marginal sequence of that last bid
     * @param marginalFill what it gets
     */
    record Round(long clearing, long sold, long proceeds, long marginal, long marginalFill) {
        static final RecordShape<Round> SHAPE =
                RecordShape.of(
                        in -> new Round(in.next(), in.next(), in.next(), in.next(), in.next()),
                        RecordShape.field("clearing", Shape.UINT, Round::clearing),
                        RecordShape.field("sold", Shape.UINT, Round::sold),
                        RecordShape.field("proceeds", Shape.UINT, Round::proceeds),
                        RecordShape.field("marginal", Shape.UINT, Round::marginal),
                        RecordShape.field("marginal-fill", Shape.UINT, Round::marginalFill));

        /** The outcome of a bid of this round. */
        Taking of(Bid bid) {
            long fill = fill(bid);
            return new Taking(fill, bid.escrow() - fill * clearing);
        }

        private long fill(Bid bid) {
            if (bid.limit != clearing) {
                return bid.limit > clearing ? bid.quantity : 0;
            }
            if (bid.sequence == marginal) {
                return marginalFill;
            }
            return bid.sequence < marginal ? bid.quantity : 0;
        }
    }
}
