package io.computronium.vm.builtin;

import io.computronium.primitives.Principal;
import io.computronium.vm.contract.RecordShape;
import io.computronium.vm.contract.Shape;
import java.util.List;

/**
 * What was settled when the vault was made, for ever.
 *
 * @param company contract whose payments come in
 * @param owner who withdraws the company's part
 * @param token of the shares, checkpointed
 * @param auction the only contract whose inflow counts as from auctions
 * @param start height at which week 0 begins
 * @param week in blocks
 * @param holderBp of payments, what the holders get
 * @param auctionBp of auctions, what the company gets
 */
record VaultTerms(
        Principal company,
        Principal owner,
        Principal token,
        Principal auction,
        long start,
        long week,
        Weighting weighting,
        long holderBp,
        long auctionBp) {
    static final RecordShape<VaultTerms> SHAPE =
            RecordShape.of(
                    in ->
                            new VaultTerms(
                                    in.next(), in.next(), in.next(), in.next(), in.next(),
                                    in.next(), in.next(), in.next(), in.next()),
                    RecordShape.field("company", Shape.PRINCIPAL, VaultTerms::company),
                    RecordShape.field("owner", Shape.PRINCIPAL, VaultTerms::owner),
                    RecordShape.field("token", Shape.PRINCIPAL, VaultTerms::token),
                    RecordShape.field("auction", Shape.PRINCIPAL, VaultTerms::auction),
                    RecordShape.field("start", Shape.UINT, VaultTerms::start),
                    RecordShape.field("week", Shape.UINT, VaultTerms::week),
                    RecordShape.field("weighting", Weighting.SHAPE, VaultTerms::weighting),
                    RecordShape.field("holder-bp", Shape.UINT, VaultTerms::holderBp),
                    RecordShape.field("auction-bp", Shape.UINT, VaultTerms::auctionBp));

    /** The week that the block at {@code height} is in. */
    long weekAt(long height) {
        return (height - start) / week;
    }

    /** The first height after week {@code k}. */
    long endOf(long k) {
        return Math.addExact(start, Math.multiplyExact(Math.addExact(k, 1), week));
    }

    /** The first height that counts for the weights in week {@code k}. */
    long weighedFrom(long k) {
        long end = endOf(k);
        return switch (weighting) {
            case TIME -> end - week;
            case SNAPSHOT -> end - 1;
        };
    }

    /** What a holder's weight in a week is. */
    enum Weighting {
        /** The sum over the blocks of the week of the balance after each. */
        TIME,
        /** The balance after the last block of the week. */
        SNAPSHOT;

        static final Shape<Weighting> SHAPE = Shape.choice(List.of(values()));
    }
}
