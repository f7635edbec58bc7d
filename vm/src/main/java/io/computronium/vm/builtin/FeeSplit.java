package io.computronium.vm.builtin;

import io.computronium.vm.contract.Amounts;

/**
 * Where a fee goes, in grains. The parts are floors and the last takes the rest, so that nothing is
 * lost.
 *
 * @param burned gone for ever
 * @param treasury to the chain's treasury
 * @param validators to the proposer, and with the next block to the seats
 */
public record FeeSplit(long burned, long treasury, long validators) {

    public static final FeeSplit NONE = new FeeSplit(0, 0, 0);

    /** Of the fee of one transaction, or of one service fee. */
    public static FeeSplit of(long fee, EconomyParameters parameters) {
        long burned = Amounts.part(fee, parameters.burnBp());
        long treasury = Amounts.part(fee, parameters.treasuryBp());
        return new FeeSplit(burned, treasury, fee - burned - treasury);
    }

    public FeeSplit plus(FeeSplit other) {
        return new FeeSplit(
                Math.addExact(burned, other.burned),
                Math.addExact(treasury, other.treasury),
                Math.addExact(validators, other.validators));
    }
}
