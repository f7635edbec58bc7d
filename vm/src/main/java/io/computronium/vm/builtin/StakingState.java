package io.computronium.vm.builtin;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.Uint128;
import io.computronium.primitives.bft.Epochs;
import io.computronium.vm.contract.Frame;
import io.computronium.vm.contract.MapSlot;
import io.computronium.vm.contract.RecordShape;
import io.computronium.vm.contract.Shape;
import io.computronium.vm.contract.Variable;
import java.math.BigInteger;
import java.util.List;

/** What the contract {@code staking} stores. */
public final class StakingState {

    /** The most validators that may stand for election, so that an election is bounded. */
    static final int MAX_ROSTER = 512;

    /** The most unbondings that one delegator may have open with one validator. */
    static final int MAX_UNBONDINGS = 7;

    /** A delegator and a validator's operator. */
    record Pair(Principal delegator, Principal validator) {
        static final RecordShape<Pair> SHAPE =
                RecordShape.of(
                        in -> new Pair(in.next(), in.next()),
                        RecordShape.field("delegator", Shape.PRINCIPAL, Pair::delegator),
                        RecordShape.field("validator", Shape.PRINCIPAL, Pair::validator));
    }

    /**
     * What a delegator has at stake with one validator.
     *
     * @param paidTo the sum per share up to which rewards are paid
     * @param fraction of a grain that was not, times 10^18
     */
    record Delegation(Uint128 shares, BigInteger paidTo, long fraction) {
        static final RecordShape<Delegation> SHAPE =
                RecordShape.of(
                        in -> new Delegation(in.next(), in.next(), in.next()),
                        RecordShape.field("shares", Shape.UINT128, Delegation::shares),
                        RecordShape.field("paid-to", RewardPool.SUM, Delegation::paidTo),
                        RecordShape.field("fraction", Shape.UINT, Delegation::fraction));
    }

    /**
     * Stake that was taken back and can still be slashed.
     *
     * @param amount grains
     * @param createdAt height
     * @param maturesAt height of the block that pays it out
     */
    record Unbonding(
            Principal delegator, Principal validator, long amount, long createdAt, long maturesAt) {
        static final RecordShape<Unbonding> SHAPE =
                RecordShape.of(
                        in -> new Unbonding(in.next(), in.next(), in.next(), in.next(), in.next()),
                        RecordShape.field("delegator", Shape.PRINCIPAL, Unbonding::delegator),
                        RecordShape.field("validator", Shape.PRINCIPAL, Unbonding::validator),
                        RecordShape.field("amount", Shape.UINT, Unbonding::amount),
                        RecordShape.field("created-at", Shape.UINT, Unbonding::createdAt),
                        RecordShape.field("matures-at", Shape.UINT, Unbonding::maturesAt));
    }

    /**
     * Which unbondings are open: those with ids from {@code first} to before {@code next}, in the
     * order in which they mature.
     */
    record Queue(long first, long next) {
        static final RecordShape<Queue> SHAPE =
                RecordShape.of(
                        in -> new Queue(in.next(), in.next()),
                        RecordShape.field("first", Shape.UINT, Queue::first),
                        RecordShape.field("next", Shape.UINT, Queue::next));
    }

    /** Stake by which an election ranks. */
    record Backing(Principal operator, long tokens) {
        static final RecordShape<Backing> SHAPE =
                RecordShape.of(
                        in -> new Backing(in.next(), in.next()),
                        RecordShape.field("operator", Shape.PRINCIPAL, Backing::operator),
                        RecordShape.field("tokens", Shape.UINT, Backing::tokens));
    }

    /**
     * Which of the last blocks a validator did not sign.
     *
     * @param ring bit {@code height mod window}, least significant of each byte first
     * @param count of bits that are set
     */
    record Missed(Bytes ring, long count) {
        static final RecordShape<Missed> SHAPE =
                RecordShape.of(
                        in -> new Missed(in.next(), in.next()),
                        RecordShape.field(
                                "ring",
                                Shape.buffer(StakingParameters.MAX_WINDOW / Byte.SIZE),
                                Missed::ring),
                        RecordShape.field("count", Shape.UINT, Missed::count));
    }

    static final Variable<StakingParameters> PARAMETERS =
            new Variable<>(
                    1,
                    "parameters",
                    StakingParameters.SHAPE,
                    "what the chain decided about its validators");
    static final Variable<Long> EPOCH_LENGTH =
            new Variable<>(2, "epoch-length", Shape.UINT, "blocks of an epoch");

    /** Decides the next height. */
    public static final Variable<List<Seat>> SEATS =
            new Variable<>(3, "seats", Seat.LIST, "the validators of the next height");

    /** Decided the heights of the epoch before that of {@link #SEATS}. */
    public static final Variable<List<Seat>> LAST_SEATS =
            new Variable<>(4, "last-seats", Seat.LIST, "the validators of the epoch before");

    static final Variable<List<Principal>> ROSTER =
            new Variable<>(
                    5,
                    "roster",
                    Shape.list(Shape.PRINCIPAL, MAX_ROSTER),
                    "operators that stand for election, those in jail included");
    static final Variable<List<Backing>> SNAPSHOT =
            new Variable<>(
                    6,
                    "snapshot",
                    Shape.list(Backing.SHAPE, MAX_ROSTER),
                    "stakes by which the next election ranks");
    static final Variable<Long> CARRY =
            new Variable<>(7, "carry", Shape.UINT, "what the last division of rewards left");
    static final Variable<Queue> QUEUE =
            new Variable<>(8, "queue", Queue.SHAPE, "ids of the open unbondings");

    static final MapSlot<Principal, ValidatorState> VALIDATORS =
            new MapSlot<>(
                    10,
                    "validator",
                    Shape.PRINCIPAL,
                    ValidatorState.SHAPE,
                    "the validator of an operator");
    static final MapSlot<Pair, Delegation> DELEGATIONS =
            new MapSlot<>(
                    11,
                    "delegation",
                    Pair.SHAPE,
                    Delegation.SHAPE,
                    "what a delegator has at stake with a validator");
    static final MapSlot<Long, Unbonding> UNBONDINGS =
            new MapSlot<>(12, "unbonding", Shape.UINT, Unbonding.SHAPE, "stake on its way back");
    static final MapSlot<Pair, List<Long>> OPEN_UNBONDINGS =
            new MapSlot<>(
                    13,
                    "open-unbondings",
                    Pair.SHAPE,
                    Shape.list(Shape.UINT, MAX_UNBONDINGS),
                    "ids of a delegator's unbondings from a validator");
    static final MapSlot<Principal, Missed> MISSED =
            new MapSlot<>(
                    14, "missed", Shape.PRINCIPAL, Missed.SHAPE, "blocks a validator did not sign");
    static final MapSlot<PublicKey, Principal> KEYS =
            new MapSlot<>(
                    15,
                    "key-owner",
                    Seat.KEY,
                    Shape.PRINCIPAL,
                    "whose a consensus key is or was; keys are never used again");
    static final MapSlot<Long, List<PublicKey>> SIGNERS =
            new MapSlot<>(
                    16,
                    "signers",
                    Shape.UINT,
                    Shape.list(Seat.KEY, StakingParameters.MAX_SEATS),
                    "keys of an epoch's seats in their order, as long as evidence counts");

    private StakingState() {}

    static Epochs epochs(Frame frame) {
        return new Epochs(frame.read(EPOCH_LENGTH));
    }

    /** The seats that decided the block before the one that runs. */
    public static List<Seat> seatsOfParent(Frame block) {
        return epochs(block).isFirst(block.height()) ? block.read(LAST_SEATS) : block.read(SEATS);
    }
}
