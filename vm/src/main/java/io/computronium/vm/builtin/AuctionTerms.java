package io.computronium.vm.builtin;

import io.computronium.primitives.Principal;
import io.computronium.vm.contract.RecordShape;
import io.computronium.vm.contract.Shape;

/**
 * What was settled when an auction was made, for ever.
 *
 * @param owner of the company, who may not bid
 * @param token that is sold, of which the auction is the minter
 * @param vault that the proceeds go to
 * @param start height at which round 0 begins
 * @param day length of a round in blocks
 * @param batch the most that a round sells
 * @param reserve the least price of a unit, in grains
 * @param tick what every limit is a multiple of, in grains
 * @param maxBids the most open bids
 * @param maxSupply the token's
 * @param initialSupply what there was of the token before
 */
record AuctionTerms(
        Principal owner,
        Principal token,
        Principal vault,
        long start,
        long day,
        long batch,
        long reserve,
        long tick,
        long maxBids,
        long maxSupply,
        long initialSupply) {
    static final RecordShape<AuctionTerms> SHAPE =
            RecordShape.of(
                    in ->
                            new AuctionTerms(
                                    in.next(), in.next(), in.next(), in.next(), in.next(),
                                    in.next(), in.next(), in.next(), in.next(), in.next(),
                                    in.next()),
                    RecordShape.field("owner", Shape.PRINCIPAL, AuctionTerms::owner),
                    RecordShape.field("token", Shape.PRINCIPAL, AuctionTerms::token),
                    RecordShape.field("vault", Shape.PRINCIPAL, AuctionTerms::vault),
                    RecordShape.field("start", Shape.UINT, AuctionTerms::start),
                    RecordShape.field("day", Shape.UINT, AuctionTerms::day),
                    RecordShape.field("batch", Shape.UINT, AuctionTerms::batch),
                    RecordShape.field("reserve", Shape.UINT, AuctionTerms::reserve),
                    RecordShape.field("tick", Shape.UINT, AuctionTerms::tick),
                    RecordShape.field("max-bids", Shape.UINT, AuctionTerms::maxBids),
                    RecordShape.field("max-supply", Shape.UINT, AuctionTerms::maxSupply),
                    RecordShape.field("initial-supply", Shape.UINT, AuctionTerms::initialSupply));

    boolean isSensible() {
        return batch > 0
                && batch <= maxSupply
                && tick > 0
                && reserve > 0
                && reserve % tick == 0
                && maxBids > 0
                && maxBids <= BidBook.MAX_BIDS;
    }

    /** The round that the block at {@code height} is in. */
    long roundAt(long height) {
        return (height - start) / day;
    }

    /** The first height after a round. */
    long endOf(long round) {
        return start + (round + 1) * day;
    }

    /**
     * @param round that the book is of; an earlier one has been settled, or had no bids
     * @param last the highest number given out so far: each bid has one as its id, and each bid and
     *     raise one as its place in time
     */
    record Progress(long round, long last) {
        static final RecordShape<Progress> SHAPE =
                RecordShape.of(
                        in -> new Progress(in.next(), in.next()),
                        RecordShape.field("round", Shape.UINT, Progress::round),
                        RecordShape.field("last", Shape.UINT, Progress::last));
    }

    /**
     * The running round.
     *
     * @param endsAt the first height after it
     * @param batch what it can sell
     * @param bids that are open in it
     * @param clearing the price if it ended now, 0 without bids
     * @param sold how many would be sold if it ended now
     */
    record Status(long round, long endsAt, long batch, long bids, long clearing, long sold) {
        static final RecordShape<Status> SHAPE =
                RecordShape.of(
                        in ->
                                new Status(
                                        in.next(), in.next(), in.next(), in.next(), in.next(),
                                        in.next()),
                        RecordShape.field("round", Shape.UINT, Status::round),
                        RecordShape.field("ends-at", Shape.UINT, Status::endsAt),
                        RecordShape.field("batch", Shape.UINT, Status::batch),
                        RecordShape.field("bids", Shape.UINT, Status::bids),
                        RecordShape.field("clearing", Shape.UINT, Status::clearing),
                        RecordShape.field("sold", Shape.UINT, Status::sold));
    }
}
