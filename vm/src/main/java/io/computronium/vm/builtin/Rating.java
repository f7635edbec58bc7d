package io.computronium.vm.builtin;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.vm.contract.RecordShape;
import io.computronium.vm.contract.Shape;
import java.util.List;
import java.util.Optional;

/**
 * What a payer says of whom it paid, to {@link Reputation}.
 *
 * @param rating 0 to 100
 * @param weight in grains of burnt fee
 * @param height at which it was given
 * @param details the hash of a longer text
 * @param response the hash of what the rated one answers
 */
record Rating(
        Principal ratee,
        long rating,
        long weight,
        long height,
        List<String> tags,
        Optional<Bytes> details,
        Optional<Bytes> response,
        boolean revoked) {

    static final Shape<List<String>> TAGS_SHAPE = Shape.list(Shape.ascii(32), 4);
    static final Shape<Optional<Bytes>> HASH_SHAPE = Shape.optional(Shape.bytes(32));

    static final RecordShape<Rating> SHAPE =
            RecordShape.of(
                    in ->
                            new Rating(
                                    in.next(), in.next(), in.next(), in.next(), in.next(),
                                    in.next(), in.next(), in.next()),
                    RecordShape.field("ratee", Shape.PRINCIPAL, Rating::ratee),
                    RecordShape.field("rating", Shape.UINT, Rating::rating),
                    RecordShape.field("weight", Shape.UINT, Rating::weight),
                    RecordShape.field("height", Shape.UINT, Rating::height),
                    RecordShape.field("tags", TAGS_SHAPE, Rating::tags),
                    RecordShape.field("details", HASH_SHAPE, Rating::details),
                    RecordShape.field("response", HASH_SHAPE, Rating::response),
                    RecordShape.field("revoked", Shape.BOOL, Rating::revoked));

    Rating withResponse(Bytes hash) {
        return new Rating(ratee, rating, weight, height, tags, details, Optional.of(hash), revoked);
    }

    Rating asRevoked() {
        return new Rating(ratee, rating, weight, height, tags, details, response, true);
    }

    /**
     * The payment that a rating is about. There is one rating of each.
     *
     * @param contract through which it went
     * @param payer who paid, and rates
     * @param payment its id there
     */
    record Reference(Principal contract, Principal payer, Bytes payment) {
        static final RecordShape<Reference> SHAPE =
                RecordShape.of(
                        in -> new Reference(in.next(), in.next(), in.next()),
                        RecordShape.field("contract", Shape.PRINCIPAL, Reference::contract),
                        RecordShape.field("payer", Shape.PRINCIPAL, Reference::payer),
                        RecordShape.field(
                                "payment", Shape.bytes(Payment.ID_SIZE), Reference::payment));
    }
}
