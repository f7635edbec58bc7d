package io.computronium.vm.builtin;

import io.computronium.primitives.Coin;
import io.computronium.vm.contract.Amounts;
import io.computronium.vm.contract.Ranges;
import io.computronium.vm.contract.RecordShape;
import io.computronium.vm.contract.Shape;
import java.util.List;

/**
 * What the chain decided about its economy.
 *
 * @param burnBp part of each fee that is burnt
 * @param treasuryBp part of each fee that goes to the treasury; with {@code burnBp} at most the
 *     whole
 * @param proposerBp part of the validators' part that the proposer has for itself
 * @param serviceFeeBp of a payment for a service, on top of it
 * @param blocksPerYear how many blocks a row of {@code emission} covers
 * @param emission grains minted in each year from the start; nothing after the last
 */
public record EconomyParameters(
        long burnBp,
        long treasuryBp,
        long proposerBp,
        long serviceFeeBp,
        long blocksPerYear,
        List<Long> emission) {

    /** The most years that an emission table covers. */
    public static final int MAX_YEARS = 64;

    private static final long MAX_SERVICE_FEE_BP = 1_000;
    private static final long MAX_BLOCKS_PER_YEAR = 1L << 40;

    static final RecordShape<EconomyParameters> SHAPE =
            RecordShape.of(
                    in ->
                            new EconomyParameters(
                                    in.next(), in.next(), in.next(), in.next(), in.next(),
                                    in.next()),
                    RecordShape.field("burn-bp", Shape.UINT, EconomyParameters::burnBp),
                    RecordShape.field("treasury-bp", Shape.UINT, EconomyParameters::treasuryBp),
                    RecordShape.field("proposer-bp", Shape.UINT, EconomyParameters::proposerBp),
                    RecordShape.field(
                            "service-fee-bp", Shape.UINT, EconomyParameters::serviceFeeBp),
                    RecordShape.field(
                            "blocks-per-year", Shape.UINT, EconomyParameters::blocksPerYear),
                    RecordShape.field(
                            "emission",
                            Shape.list(Shape.UINT, MAX_YEARS),
                            EconomyParameters::emission));

    /**
     * @throws IllegalArgumentException naming every fault, if there is any
     */
    public EconomyParameters {
        emission = List.copyOf(emission);
        var ranges = new Ranges();
        ranges.require("burnBp", burnBp, 0, Amounts.WHOLE_BP);
        ranges.require(
                "treasuryBp",
                treasuryBp,
                0,
                Amounts.WHOLE_BP - Math.clamp(burnBp, 0, Amounts.WHOLE_BP));
        ranges.require("proposerBp", proposerBp, 0, Amounts.WHOLE_BP);
        ranges.require("serviceFeeBp", serviceFeeBp, 0, MAX_SERVICE_FEE_BP);
        ranges.require("blocksPerYear", blocksPerYear, 1, MAX_BLOCKS_PER_YEAR);
        ranges.require("emission.length", emission.size(), 0, MAX_YEARS);
        long left = Coin.MAX_SUPPLY_GRAINS;
        for (int i = 0; i < emission.size(); i++) {
            ranges.require("emission[" + i + "]", emission.get(i), 0, left);
            left -= Math.clamp(emission.get(i), 0, left);
        }
        ranges.end();
    }

    /** All that is ever minted. */
    public long totalEmission() {
        return emission.stream().mapToLong(Long::longValue).sum();
    }

    /**
     * What the block at {@code height} mints: {@code floor(A·(k+1)/B) − floor(A·k/B)} for the
     * amount {@code A} of its year and its place {@code k} of {@code B} in it; so the sum over a
     * year is {@code A} exactly.
     */
    public long mintOf(long height) {
        long annual = annual(height);
        long place = (height - 1) % blocksPerYear;
        return Amounts.mulDiv(annual, place + 1, blocksPerYear)
                - Amounts.mulDiv(annual, place, blocksPerYear);
    }

    long annual(long height) {
        long year = (height - 1) / blocksPerYear;
        return year < emission.size() ? emission.get((int) year) : 0;
    }
}
