package io.computronium.vm.builtin;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.vm.contract.RecordShape;
import io.computronium.vm.contract.Shape;
import java.util.List;
import java.util.Optional;

/**
 * What a user owes for a resource, or paid for it.
 *
 * @param amount in grains, without the service fee
 * @param due the last height at which it can be paid
 * @param paidAt height
 * @param burnt of the service fee that was paid with it, in grains
 */
record Invoice(
        long resource,
        Principal user,
        long quantity,
        long amount,
        State state,
        long due,
        Optional<Bytes> memo,
        Optional<Long> paidAt,
        long burnt) {

    static final Shape<Optional<Bytes>> MEMO = Shape.optional(Shape.buffer(34));

    static final RecordShape<Invoice> SHAPE =
            RecordShape.of(
                    in ->
                            new Invoice(
                                    in.next(), in.next(), in.next(), in.next(), in.next(),
                                    in.next(), in.next(), in.next(), in.next()),
                    RecordShape.field("resource", Shape.UINT, Invoice::resource),
                    RecordShape.field("user", Shape.PRINCIPAL, Invoice::user),
                    RecordShape.field("quantity", Shape.UINT, Invoice::quantity),
                    RecordShape.field("amount", Shape.UINT, Invoice::amount),
                    RecordShape.field(
                            "state", Shape.choice(List.of(State.values())), Invoice::state),
                    RecordShape.field("due", Shape.UINT, Invoice::due),
                    RecordShape.field("memo", MEMO, Invoice::memo),
                    RecordShape.field("paid-at", Shape.optional(Shape.UINT), Invoice::paidAt),
                    RecordShape.field("burnt", Shape.UINT, Invoice::burnt));

    /** Only an open one changes. */
    enum State {
        OPEN,
        PAID,
        /** Taken back by the company. */
        VOID,
        EXPIRED
    }

    static Invoice open(
            long resource,
            Principal user,
            long quantity,
            long amount,
            long due,
            Optional<Bytes> memo) {
        return new Invoice(
                resource, user, quantity, amount, State.OPEN, due, memo, Optional.empty(), 0);
    }

    Invoice pay(long height, long burnt) {
        return new Invoice(
                resource,
                user,
                quantity,
                amount,
                State.PAID,
                due,
                memo,
                Optional.of(height),
                burnt);
    }

    Invoice end(State how) {
        return new Invoice(resource, user, quantity, amount, how, due, memo, paidAt, burnt);
    }
}
