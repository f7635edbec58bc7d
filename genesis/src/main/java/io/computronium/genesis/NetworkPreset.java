package io.computronium.genesis;

import io.computronium.consensus.ConsensusParameters;
import io.computronium.primitives.Coin;
import io.computronium.vm.ExecutionParameters;
import io.computronium.vm.builtin.EconomyParameters;
import io.computronium.vm.builtin.StakingParameters;
import java.util.List;

/** Parameters to start a document from. */
public enum NetworkPreset {
    /** For one machine and one person: short epochs, development methods. */
    DEVNET("cptm-devnet", Network.TEST, true, 60, 3_600),
    TESTNET("cptm-testnet", Network.TEST, false, 600, 1_814_400),
    MAINNET("cptm-mainnet", Network.MAIN, false, 600, 1_814_400);

    /** 365 days of a block a second. */
    private static final long BLOCKS_PER_YEAR = 31_536_000;

    /** A fifth less each year, and nothing after the fifth; in CPTM. */
    private static final List<Long> EMISSION_CPTM =
            List.of(10_000_000L, 8_000_000L, 6_400_000L, 5_120_000L, 4_096_000L);

    private final String chainId;
    private final Network network;
    private final boolean dev;
    private final long epochLength;
    private final long unbondingBlocks;

    NetworkPreset(
            String chainId, Network network, boolean dev, long epochLength, long unbondingBlocks) {
        this.chainId = chainId;
        this.network = network;
        this.dev = dev;
        this.epochLength = epochLength;
        this.unbondingBlocks = unbondingBlocks;
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
        return new ChainParameters(consensus(), execution(), economy(), staking());
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
        return new ExecutionParameters(300_000_000, 15 << 20, 100, 1_000, 3_600);
    }

    private static EconomyParameters economy() {
        return new EconomyParameters(
                3_000,
                2_000,
                1_000,
                100,
                BLOCKS_PER_YEAR,
                EMISSION_CPTM.stream().map(cptm -> cptm * Coin.GRAINS_PER_CPTM).toList());
    }

    private StakingParameters staking() {
        return new StakingParameters(
                21,
                4,
                10_000 * Coin.GRAINS_PER_CPTM,
                Coin.GRAINS_PER_CPTM,
                unbondingBlocks,
                1_800,
                5_000,
                600,
                1,
                500);
    }
}
