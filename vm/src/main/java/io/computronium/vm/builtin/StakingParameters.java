package io.computronium.vm.builtin;

import io.computronium.primitives.Coin;
import io.computronium.vm.contract.Amounts;
import io.computronium.vm.contract.Ranges;
import io.computronium.vm.contract.RecordShape;
import io.computronium.vm.contract.Shape;

/**
 * What the chain decided about its validators.
 *
 * @param seats the most validators of an epoch
 * @param minSeats an election leaves at least so many, or as many as genesis had if those are fewer
 * @param minSelfBond grains that an operator needs at stake of its own to be elected
 * @param minDelegation grains
 * @param unbondingBlocks how long stake that was taken back can still be slashed
 * @param window blocks over which missed votes are counted
 * @param minSignedBp part of the window that a validator must have signed
 * @param jailBlocks how long a validator that missed too many stays out
 * @param missedSlashBp part of its stake that such a validator loses
 * @param doubleSignSlashBp part of its stake that a validator loses that contradicted itself
 */
public record StakingParameters(
        long seats,
        long minSeats,
        long minSelfBond,
        long minDelegation,
        long unbondingBlocks,
        long window,
        long minSignedBp,
        long jailBlocks,
        long missedSlashBp,
        long doubleSignSlashBp) {

    /** More would make a certificate, and the work of each block, too large. */
    public static final int MAX_SEATS = 1_024;

    /** The most blocks of a window. */
    public static final int MAX_WINDOW = 16_384;

    private static final long MAX_BLOCKS = 1L << 32;

    static final RecordShape<StakingParameters> SHAPE =
            RecordShape.of(
                    in ->
                            new StakingParameters(
                                    in.next(), in.next(), in.next(), in.next(), in.next(),
                                    in.next(), in.next(), in.next(), in.next(), in.next()),
                    RecordShape.field("seats", Shape.UINT, StakingParameters::seats),
                    RecordShape.field("min-seats", Shape.UINT, StakingParameters::minSeats),
                    RecordShape.field("min-self-bond", Shape.UINT, StakingParameters::minSelfBond),
                    RecordShape.field(
                            "min-delegation", Shape.UINT, StakingParameters::minDelegation),
                    RecordShape.field(
                            "unbonding-blocks", Shape.UINT, StakingParameters::unbondingBlocks),
                    RecordShape.field("window", Shape.UINT, StakingParameters::window),
                    RecordShape.field("min-signed-bp", Shape.UINT, StakingParameters::minSignedBp),
                    RecordShape.field("jail-blocks", Shape.UINT, StakingParameters::jailBlocks),
                    RecordShape.field(
                            "missed-slash-bp", Shape.UINT, StakingParameters::missedSlashBp),
                    RecordShape.field(
                            "double-sign-slash-bp",
                            Shape.UINT,
                            StakingParameters::doubleSignSlashBp));

    /**
     * @throws IllegalArgumentException naming every fault, if there is any
     */
    public StakingParameters {
        var ranges = new Ranges();
        ranges.require("seats", seats, 1, MAX_SEATS);
        ranges.require("minSeats", minSeats, 1, Math.clamp(seats, 1, MAX_SEATS));
        ranges.require("minSelfBond", minSelfBond, 1, Coin.MAX_SUPPLY_GRAINS);
        ranges.require("minDelegation", minDelegation, 1, Coin.MAX_SUPPLY_GRAINS);
        ranges.require("unbondingBlocks", unbondingBlocks, 1, MAX_BLOCKS);
        ranges.require("window", window, 1, MAX_WINDOW);
        ranges.require("minSignedBp", minSignedBp, 0, Amounts.WHOLE_BP);
        ranges.require("jailBlocks", jailBlocks, 1, MAX_BLOCKS);
        ranges.require("missedSlashBp", missedSlashBp, 0, Amounts.WHOLE_BP);
        ranges.require("doubleSignSlashBp", doubleSignSlashBp, 0, Amounts.WHOLE_BP);
        ranges.end();
    }

    /** For a chain that starts with {@code validators}: it cannot have less than it has. */
    StakingParameters forFirst(int validators) {
        return new StakingParameters(
                seats,
                Math.min(minSeats, validators),
                minSelfBond,
                minDelegation,
                unbondingBlocks,
                window,
                minSignedBp,
                jailBlocks,
                missedSlashBp,
                doubleSignSlashBp);
    }

    /** How old evidence may be: a little younger than the oldest stake that it can slash. */
    long evidenceBlocks() {
        return unbondingBlocks - unbondingBlocks / 500;
    }

    /** Missed votes of the window beyond which a validator is jailed. */
    long maxMissed() {
        return window - Amounts.mulDivCeil(window, minSignedBp, Amounts.WHOLE_BP);
    }
}
