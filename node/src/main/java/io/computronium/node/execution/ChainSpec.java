package io.computronium.node.execution;

import io.computronium.consensus.ConsensusParameters;
import io.computronium.genesis.GenesisDocument;
import io.computronium.genesis.codec.GenesisCodec;
import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.Hash;
import io.computronium.vm.ExecutionParameters;
import io.computronium.vm.RuleSchedule;

/**
 * What follows from the genesis document, computed once.
 *
 * @param rules of execution, by height
 */
public record ChainSpec(
        GenesisDocument genesis, ChainIdentity identity, Hash parametersHash, RuleSchedule rules) {

    public static ChainSpec of(GenesisDocument genesis) {
        ChainIdentity identity = GenesisCodec.identityOf(genesis);
        return new ChainSpec(
                genesis,
                identity,
                GenesisCodec.hashOf(genesis.parameters()),
                RuleSchedule.always(genesis.rules(identity)));
    }

    public ConsensusParameters consensus() {
        return genesis.parameters().consensus();
    }

    public ExecutionParameters execution() {
        return genesis.parameters().execution();
    }
}
