package io.computronium.vm.builtin;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.bft.Validator;
import io.computronium.primitives.bft.ValidatorSet;
import io.computronium.vm.contract.RecordShape;
import io.computronium.vm.contract.Shape;
import java.util.List;

/**
 * A validator of one epoch, with what the epoch's rewards go by. Seats are in the order of their
 * keys, which is that of the {@link ValidatorSet}.
 *
 * @param key the consensus key that signs in this epoch
 * @param power votes
 * @param stake grains, at the snapshot before the election
 * @param commissionBp part of its delegators' rewards that the operator keeps
 */
public record Seat(PublicKey key, Principal operator, long power, long stake, long commissionBp) {

    static final Shape<PublicKey> KEY =
            Shape.bytes(PublicKey.SIZE)
                    .map(bytes -> PublicKey.of(bytes.toArray()), key -> Bytes.owned(key.toArray()));

    static final RecordShape<Seat> SHAPE =
            RecordShape.of(
                    in -> new Seat(in.next(), in.next(), in.next(), in.next(), in.next()),
                    RecordShape.field("key", KEY, Seat::key),
                    RecordShape.field("operator", Shape.PRINCIPAL, Seat::operator),
                    RecordShape.field("power", Shape.UINT, Seat::power),
                    RecordShape.field("stake", Shape.UINT, Seat::stake),
                    RecordShape.field("commission-bp", Shape.UINT, Seat::commissionBp));

    static final Shape<List<Seat>> LIST = Shape.list(SHAPE, StakingParameters.MAX_SEATS);

    public static ValidatorSet set(List<Seat> seats) {
        return ValidatorSet.ofSorted(
                seats.stream().map(seat -> new Validator(seat.key, seat.power)).toList());
    }

    /**
     * @throws IllegalArgumentException unless keys and operators all differ
     */
    public static void requireDistinct(List<Seat> seats) {
        long keys = seats.stream().map(Seat::key).distinct().count();
        long operators = seats.stream().map(Seat::operator).distinct().count();
        if (keys != seats.size() || operators != seats.size()) {
            throw new IllegalArgumentException("two validators have the same key or operator");
        }
    }
}
