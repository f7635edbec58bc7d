package io.computronium.genesis;

import io.computronium.consensus.ConsensusParameters;
import io.computronium.vm.ExecutionParameters;
import io.computronium.vm.builtin.EconomyParameters;
import io.computronium.vm.builtin.StakingParameters;

/**
 * What headers name by {@code parametersHash}: all that nodes must agree on beside the state.
 *
 * @param economy what the contract {@code econ} starts with; later its state has them
 * @param staking what the contract {@code staking} starts with; later its state has them
 */
public record ChainParameters(
        ConsensusParameters consensus,
        ExecutionParameters execution,
        EconomyParameters economy,
        StakingParameters staking) {}
