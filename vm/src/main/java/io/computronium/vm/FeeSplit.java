package io.computronium.vm;

/**
 * Where fees go, in grains. The parts are floors and the last takes the rest, so that nothing is
 * lost.
 */
public record FeeSplit(long burned, long treasury, long proposer) {

    static final FeeSplit NONE = new FeeSplit(0, 0, 0);

    /** Of the fee of one transaction. */
    public static FeeSplit of(long fee, ExecutionParameters parameters) {
        long burned = FeeMarket.part(fee, parameters.burnBp());
        long treasury = FeeMarket.part(fee, parameters.treasuryBp());
        return new FeeSplit(burned, treasury, fee - burned - treasury);
    }

    FeeSplit plus(FeeSplit other) {
        return new FeeSplit(
                Math.addExact(burned, other.burned),
                Math.addExact(treasury, other.treasury),
                Math.addExact(proposer, other.proposer));
    }
}
