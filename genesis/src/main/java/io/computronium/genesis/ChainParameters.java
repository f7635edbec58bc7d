package io.computronium.genesis;

import io.computronium.consensus.ConsensusParameters;
import io.computronium.vm.ExecutionParameters;

/** What headers name by {@code parametersHash}: all that nodes must agree on beside the state. */
public record ChainParameters(ConsensusParameters consensus, ExecutionParameters execution) {}
