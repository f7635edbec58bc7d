package io.computronium.vm.builtin;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.vm.contract.Frame;
import io.computronium.vm.contract.Method;
import io.computronium.vm.contract.Parameter;
import io.computronium.vm.contract.RecordShape;
import io.computronium.vm.contract.Shape;
import io.computronium.vm.value.Value;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A payment as the contract that it went through remembers it: what a rating refers to.
 *
 * @param burnt the part of its service fee that was burnt, in grains: what a rating weighs
 * @param height of the block in which it was paid
 */
record Payment(Principal payer, Principal payee, long burnt, long height) {

    static final RecordShape<Payment> SHAPE =
            RecordShape.of(
                    in -> new Payment(in.next(), in.next(), in.next(), in.next()),
                    RecordShape.field("payer", Shape.PRINCIPAL, Payment::payer),
                    RecordShape.field("payee", Shape.PRINCIPAL, Payment::payee),
                    RecordShape.field("burnt", Shape.UINT, Payment::burnt),
                    RecordShape.field("height", Shape.UINT, Payment::height));

    static final int ID_SIZE = 32;

    private static final String GET_PAYMENT = "get-payment";

    private static final Parameter<Principal> PAYER =
            Parameter.principal("payer", "whose payment it was");

    private static final Parameter<Bytes> ID =
            Parameter.hash(
                    "id", "a number in the last 8 bytes (of an invoice, a job), or the nonce");

    /** How a contract finds a payment of a payer by its id. */
    @FunctionalInterface
    interface Lookup {
        Optional<Payment> find(Frame frame, Principal payer, Bytes id);
    }

    /** The method {@code get-payment} of a contract that payments go through. */
    static Method<Optional<Payment>> getter(Lookup lookup) {
        return Method.readOnly(GET_PAYMENT, "A payment that was made, as ratings refer to it")
                .takes(PAYER, ID)
                .gas(200)
                .returns(
                        Shape.optional(SHAPE),
                        frame -> lookup.find(frame, frame.get(PAYER), frame.get(ID)));
    }

    /**
     * Asks {@code contract}, which must be a built-in one that offers {@link #getter}.
     *
     * @param id {@value #ID_SIZE} bytes
     */
    static Optional<Payment> at(Frame frame, Principal contract, Principal payer, Bytes id) {
        Value answer =
                frame.callAsSelf(
                        contract,
                        GET_PAYMENT,
                        new Value.PrincipalValue(payer),
                        new Value.Buffer(id));
        return Shape.optional(SHAPE).fromValue(answer);
    }

    /** The id of the payment that {@code number} counts: big-endian in the last 8 bytes. */
    static Bytes id(long number) {
        return id((byte) 0, number);
    }

    /**
     * As {@link #id(long)}, for one of several kinds of payment in a contract.
     *
     * @param kind the first byte
     */
    static Bytes id(byte kind, long number) {
        ByteBuffer id = ByteBuffer.allocate(ID_SIZE);
        id.put(0, kind).putLong(ID_SIZE - Long.BYTES, number);
        return Bytes.owned(id.array());
    }

    /** The number in {@code id}, if it is one of this kind. */
    static OptionalLong number(byte kind, Bytes id) {
        if (id.size() != ID_SIZE) {
            return OptionalLong.empty();
        }
        long number = ByteBuffer.wrap(id.toArray()).getLong(ID_SIZE - Long.BYTES);
        return number >= 0 && id(kind, number).equals(id)
                ? OptionalLong.of(number)
                : OptionalLong.empty();
    }
}
