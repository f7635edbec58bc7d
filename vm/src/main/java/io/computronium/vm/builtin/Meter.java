package io.computronium.vm.builtin;

import io.computronium.primitives.Principal;
import io.computronium.primitives.PublicKey;
import io.computronium.vm.contract.RecordShape;
import io.computronium.vm.contract.Shape;
import java.util.Optional;

/**
 * A deposit that a company draws from as a resource is used.
 *
 * <p>A draw says how much was used since the beginning, and pays the difference between the cost of
 * that and what was drawn: so that draws round up once, however many there are. The price is that
 * of the opening.
 *
 * @param price of {@code per} units, in grains
 * @param deposit what can be drawn at most, in grains
 * @param reserve put aside for the service fee on all of the deposit
 * @param drawn of the deposit
 * @param fees paid of the reserve
 * @param burnt of the fees
 * @param quantity used since the beginning
 * @param expiry the last height at which the company can draw
 * @param cosigner whose signature each draw needs, if any does
 * @param closedAt height
 */
record Meter(
        long resource,
        Principal user,
        long price,
        long per,
        long deposit,
        long reserve,
        long drawn,
        long fees,
        long burnt,
        long quantity,
        long expiry,
        Optional<PublicKey> cosigner,
        Optional<Long> closedAt) {

    static final RecordShape<Meter> SHAPE =
            RecordShape.of(
                    in ->
                            new Meter(
                                    in.next(), in.next(), in.next(), in.next(), in.next(),
                                    in.next(), in.next(), in.next(), in.next(), in.next(),
                                    in.next(), in.next(), in.next()),
                    RecordShape.field("resource", Shape.UINT, Meter::resource),
                    RecordShape.field("user", Shape.PRINCIPAL, Meter::user),
                    RecordShape.field("price", Shape.UINT, Meter::price),
                    RecordShape.field("per", Shape.UINT, Meter::per),
                    RecordShape.field("deposit", Shape.UINT, Meter::deposit),
                    RecordShape.field("reserve", Shape.UINT, Meter::reserve),
                    RecordShape.field("drawn", Shape.UINT, Meter::drawn),
                    RecordShape.field("fees", Shape.UINT, Meter::fees),
                    RecordShape.field("burnt", Shape.UINT, Meter::burnt),
                    RecordShape.field("quantity", Shape.UINT, Meter::quantity),
                    RecordShape.field("expiry", Shape.UINT, Meter::expiry),
                    RecordShape.field(
                            "cosigner", Shape.optional(KeyShape.ACCOUNT_KEY), Meter::cosigner),
                    RecordShape.field("closed-at", Shape.optional(Shape.UINT), Meter::closedAt));

    boolean isOpen() {
        return closedAt.isEmpty();
    }

    /** All that has to be drawn once {@code total} units are used. */
    long amount(long total) {
        return Offering.amount(price, per, total);
    }

    /** What goes back to the user when the meter closes. */
    long rest() {
        return isOpen() ? deposit - drawn + reserve - fees : 0;
    }

    Meter draw(long total, long fee, long burntOfIt) {
        return new Meter(
                resource,
                user,
                price,
                per,
                deposit,
                reserve,
                amount(total),
                fees + fee,
                burnt + burntOfIt,
                total,
                expiry,
                cosigner,
                closedAt);
    }

    Meter close(long height) {
        return new Meter(
                resource,
                user,
                price,
                per,
                deposit,
                reserve,
                drawn,
                fees,
                burnt,
                quantity,
                expiry,
                cosigner,
                Optional.of(height));
    }
}
