package io.computronium.vm.builtin;

import io.computronium.primitives.PublicKey;
import io.computronium.vm.contract.RecordShape;
import io.computronium.vm.contract.Shape;
import java.util.List;
import java.util.Optional;

/**
 * Someone who runs a validator or wants to, by its operator's account.
 *
 * @param key that signs if it is elected next
 * @param stake of all delegators, the operator among them
 * @param rewards of the delegators
 * @param earned commission that the operator has not claimed yet, grains
 */
record ValidatorState(
        PublicKey key,
        Commission commission,
        StakePool stake,
        RewardPool rewards,
        long earned,
        Conduct conduct) {

    /**
     * The part of its delegators' rewards that an operator keeps.
     *
     * @param bp from the next epoch on
     * @param maxBp never more
     * @param changedAt height of the last change; 0: none yet
     */
    record Commission(long bp, long maxBp, long changedAt) {
        static final RecordShape<Commission> SHAPE =
                RecordShape.of(
                        in -> new Commission(in.next(), in.next(), in.next()),
                        RecordShape.field("bp", Shape.UINT, Commission::bp),
                        RecordShape.field("max-bp", Shape.UINT, Commission::maxBp),
                        RecordShape.field("changed-at", Shape.UINT, Commission::changedAt));
    }

    /** Whether a validator may be elected. */
    enum Status {
        /** Yes, with enough stake of its own. */
        CANDIDATE,
        /** Not before its operator unjails it. */
        JAILED,
        /** Its operator does not want to, or it had to give way to a stronger one. */
        RETIRED,
        /** Never again: it contradicted itself. */
        TOMBSTONED
    }

    /**
     * What became of a validator by what it did.
     *
     * @param jailedUntil height; 0: never jailed
     * @param offence by which it is out for ever
     */
    record Conduct(Status status, long jailedUntil, Optional<Offence> offence) {
        static final Conduct GOOD = new Conduct(Status.CANDIDATE, 0, Optional.empty());

        static final RecordShape<Conduct> SHAPE =
                RecordShape.of(
                        in -> new Conduct(in.next(), in.next(), in.next()),
                        RecordShape.field(
                                "status", Shape.choice(List.of(Status.values())), Conduct::status),
                        RecordShape.field("jailed-until", Shape.UINT, Conduct::jailedUntil),
                        RecordShape.field(
                                "offence", Shape.optional(Offence.SHAPE), Conduct::offence));

        Conduct with(Status next) {
            return new Conduct(next, jailedUntil, offence);
        }
    }

    /**
     * A validator contradicted itself.
     *
     * @param height of the contradiction
     * @param punishedAt height of the block with the evidence
     */
    record Offence(long height, long punishedAt) {
        static final RecordShape<Offence> SHAPE =
                RecordShape.of(
                        in -> new Offence(in.next(), in.next()),
                        RecordShape.field("height", Shape.UINT, Offence::height),
                        RecordShape.field("punished-at", Shape.UINT, Offence::punishedAt));
    }

    static final RecordShape<ValidatorState> SHAPE =
            RecordShape.of(
                    in ->
                            new ValidatorState(
                                    in.next(), in.next(), in.next(), in.next(), in.next(),
                                    in.next()),
                    RecordShape.field("key", Seat.KEY, ValidatorState::key),
                    RecordShape.field("commission", Commission.SHAPE, ValidatorState::commission),
                    RecordShape.field("stake", StakePool.SHAPE, ValidatorState::stake),
                    RecordShape.field("rewards", RewardPool.SHAPE, ValidatorState::rewards),
                    RecordShape.field("earned", Shape.UINT, ValidatorState::earned),
                    RecordShape.field("conduct", Conduct.SHAPE, ValidatorState::conduct));

    static ValidatorState fresh(PublicKey key, Commission commission) {
        return new ValidatorState(
                key, commission, StakePool.EMPTY, RewardPool.EMPTY, 0, Conduct.GOOD);
    }

    Status status() {
        return conduct.status;
    }

    ValidatorState with(PublicKey newKey) {
        return new ValidatorState(newKey, commission, stake, rewards, earned, conduct);
    }

    ValidatorState with(Commission newCommission) {
        return new ValidatorState(key, newCommission, stake, rewards, earned, conduct);
    }

    ValidatorState with(StakePool newStake) {
        return new ValidatorState(key, commission, newStake, rewards, earned, conduct);
    }

    ValidatorState with(RewardPool newRewards) {
        return new ValidatorState(key, commission, stake, newRewards, earned, conduct);
    }

    ValidatorState withEarned(long grains) {
        return new ValidatorState(key, commission, stake, rewards, grains, conduct);
    }

    ValidatorState with(Conduct newConduct) {
        return new ValidatorState(key, commission, stake, rewards, earned, newConduct);
    }
}
