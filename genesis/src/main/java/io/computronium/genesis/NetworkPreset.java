package io.computronium.genesis;

import io.computronium.consensus.ConsensusParameters;
import io.computronium.primitives.Principal;
import io.computronium.vm.ExecutionParameters;

/** Parameters to start a document from. */
public enum NetworkPreset {
    /** For one machine and one person: short epochs, development methods. */
    DEVNET("cptm-devnet", Network.TEST, true, 60),
    TESTNET("cptm-testnet", Network.TEST, false, 600),
    MAINNET("cptm-mainnet", Network.MAIN, false, 600);

    private final String chainId;
    private final Network network;
    private final boolean dev;
    private final long epochLength;

    NetworkPreset(String chainId, Network network, boolean dev, long epochLength) {
        this.chainId = chainId;
        this.network = network;
        this.dev = dev;
        this.epochLength = epochLength;
    }

    public String chainId() {
        return chainId;
    }

    public Network network() {
        return network;
    }

    public boolean dev() {
        return dev;
    }

    public ChainParameters parameters() {
        return new ChainParameters(consensus(), execution());
    }

    private ConsensusParameters consensus() {
        ConsensusParameters standard = ConsensusParameters.DEFAULT;
        return new ConsensusParameters(
                standard.intervalMillis(),
                standard.minIntervalMillis(),
                standard.propose(),
                standard.verdict(),
                standard.prevote(),
                standard.precommit(),
                standard.growthRounds(),
                standard.precisionMillis(),
                standard.messageDelayMillis(),
                epochLength,
                standard.closeBeforeTargetMillis());
    }

    /** A plain transfer uses about 17,000 gas: 1,700 grains at the least base fee. */
    private ExecutionParameters execution() {
        return new ExecutionParameters(
                300_000_000,
                15 << 20,
                100,
                1_000,
                3_600,
                3_000,
                2_000,
                Principal.of(network.addresses().systemAccount(), "econ"));
    }
}
