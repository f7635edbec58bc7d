package io.computronium.genesis.codec;

import static io.computronium.primitives.codec.WireValues.require;
import static io.computronium.primitives.codec.WireValues.toInt;
import static io.computronium.primitives.codec.WireValues.toLong;

import io.computronium.consensus.ConsensusParameters;
import io.computronium.consensus.ConsensusParameters.Timeout;
import io.computronium.genesis.ChainParameters;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.proto.ChainParametersMessage;
import io.computronium.primitives.proto.ConsensusParametersMessage;
import io.computronium.primitives.proto.EconomyParametersMessage;
import io.computronium.primitives.proto.EmissionMessage;
import io.computronium.primitives.proto.ExecutionParametersMessage;
import io.computronium.primitives.proto.StakingParametersMessage;
import io.computronium.primitives.proto.TimeoutMessage;
import io.computronium.vm.ExecutionParameters;
import io.computronium.vm.builtin.EconomyParameters;
import io.computronium.vm.builtin.StakingParameters;

/** Parameter records from and to their messages. */
final class ParametersMessages {

    private ParametersMessages() {}

    static ChainParameters parameters(ChainParametersMessage m) {
        require(m.hasConsensus(), "parameters.consensus");
        require(m.hasExecution(), "parameters.execution");
        require(m.hasEconomy(), "parameters.economy");
        require(m.hasStaking(), "parameters.staking");
        try {
            return new ChainParameters(
                    consensus(m.getConsensus()),
                    execution(m.getExecution()),
                    economy(m.getEconomy()),
                    staking(m.getStaking()));
        } catch (IllegalArgumentException e) {
            throw new MalformedDataException("parameters: " + e.getMessage(), e);
        }
    }

    static ChainParametersMessage message(ChainParameters parameters) {
        return ChainParametersMessage.newBuilder()
                .setConsensus(message(parameters.consensus()))
                .setExecution(message(parameters.execution()))
                .setEconomy(message(parameters.economy()))
                .setStaking(message(parameters.staking()))
                .build();
    }

    private static ConsensusParameters consensus(ConsensusParametersMessage m) {
        require(
                m.hasPropose() && m.hasVerdict() && m.hasPrevote() && m.hasPrecommit(),
                "consensus.timeouts");
        return new ConsensusParameters(
                toLong(m.getIntervalMillis(), "consensus.intervalMillis"),
                toLong(m.getMinIntervalMillis(), "consensus.minIntervalMillis"),
                timeout(m.getPropose()),
                timeout(m.getVerdict()),
                timeout(m.getPrevote()),
                timeout(m.getPrecommit()),
                toInt(m.getGrowthRounds(), "consensus.growthRounds"),
                toLong(m.getPrecisionMillis(), "consensus.precisionMillis"),
                toLong(m.getMessageDelayMillis(), "consensus.messageDelayMillis"),
                toLong(m.getEpochLength(), "consensus.epochLength"),
                toLong(m.getCloseBeforeTargetMillis(), "consensus.closeBeforeTargetMillis"));
    }

    private static ConsensusParametersMessage message(ConsensusParameters consensus) {
        return ConsensusParametersMessage.newBuilder()
                .setIntervalMillis(consensus.intervalMillis())
                .setMinIntervalMillis(consensus.minIntervalMillis())
                .setPropose(message(consensus.propose()))
                .setVerdict(message(consensus.verdict()))
                .setPrevote(message(consensus.prevote()))
                .setPrecommit(message(consensus.precommit()))
                .setGrowthRounds(consensus.growthRounds())
                .setPrecisionMillis(consensus.precisionMillis())
                .setMessageDelayMillis(consensus.messageDelayMillis())
                .setEpochLength(consensus.epochLength())
                .setCloseBeforeTargetMillis(consensus.closeBeforeTargetMillis())
                .build();
    }

    private static Timeout timeout(TimeoutMessage m) {
        return new Timeout(
                toLong(m.getBaseMillis(), "timeout.baseMillis"),
                toLong(m.getPerRoundMillis(), "timeout.perRoundMillis"));
    }

    private static TimeoutMessage message(Timeout timeout) {
        return TimeoutMessage.newBuilder()
                .setBaseMillis(timeout.baseMillis())
                .setPerRoundMillis(timeout.perRoundMillis())
                .build();
    }

    private static ExecutionParameters execution(ExecutionParametersMessage m) {
        return new ExecutionParameters(
                toLong(m.getBlockGasLimit(), "execution.blockGasLimit"),
                toLong(m.getMaxBlockBytes(), "execution.maxBlockBytes"),
                toLong(m.getMinBaseFee(), "execution.minBaseFee"),
                toLong(m.getInitialBaseFee(), "execution.initialBaseFee"),
                toLong(m.getMaxValidUntilAhead(), "execution.maxValidUntilAhead"));
    }

    private static ExecutionParametersMessage message(ExecutionParameters execution) {
        return ExecutionParametersMessage.newBuilder()
                .setBlockGasLimit(execution.blockGasLimit())
                .setMaxBlockBytes(execution.maxBlockBytes())
                .setMinBaseFee(execution.minBaseFee())
                .setInitialBaseFee(execution.initialBaseFee())
                .setMaxValidUntilAhead(execution.maxValidUntilAhead())
                .build();
    }

    private static EconomyParameters economy(EconomyParametersMessage m) {
        return new EconomyParameters(
                toLong(m.getBurnBp(), "economy.burnBp"),
                toLong(m.getTreasuryBp(), "economy.treasuryBp"),
                toLong(m.getProposerBp(), "economy.proposerBp"),
                toLong(m.getServiceFeeBp(), "economy.serviceFeeBp"),
                toLong(m.getBlocksPerYear(), "economy.blocksPerYear"),
                m.getEmissionList().stream()
                        .map(year -> toLong(year.getGrains(), "economy.emission"))
                        .toList());
    }

    private static EconomyParametersMessage message(EconomyParameters economy) {
        return EconomyParametersMessage.newBuilder()
                .setBurnBp(economy.burnBp())
                .setTreasuryBp(economy.treasuryBp())
                .setProposerBp(economy.proposerBp())
                .setServiceFeeBp(economy.serviceFeeBp())
                .setBlocksPerYear(economy.blocksPerYear())
                .addAllEmission(
                        economy.emission().stream()
                                .map(grains ->
                                        EmissionMessage.newBuilder().setGrains(grains).build())
                                .toList())
                .build();
    }

    private static StakingParameters staking(StakingParametersMessage m) {
        return new StakingParameters(
                toLong(m.getSeats(), "staking.seats"),
                toLong(m.getMinSeats(), "staking.minSeats"),
                toLong(m.getMinSelfBond(), "staking.minSelfBond"),
                toLong(m.getMinDelegation(), "staking.minDelegation"),
                toLong(m.getUnbondingBlocks(), "staking.unbondingBlocks"),
                toLong(m.getWindow(), "staking.window"),
                toLong(m.getMinSignedBp(), "staking.minSignedBp"),
                toLong(m.getJailBlocks(), "staking.jailBlocks"),
                toLong(m.getMissedSlashBp(), "staking.missedSlashBp"),
                toLong(m.getDoubleSignSlashBp(), "staking.doubleSignSlashBp"));
    }

    private static StakingParametersMessage message(StakingParameters staking) {
        return StakingParametersMessage.newBuilder()
                .setSeats(staking.seats())
                .setMinSeats(staking.minSeats())
                .setMinSelfBond(staking.minSelfBond())
                .setMinDelegation(staking.minDelegation())
                .setUnbondingBlocks(staking.unbondingBlocks())
                .setWindow(staking.window())
                .setMinSignedBp(staking.minSignedBp())
                .setJailBlocks(staking.jailBlocks())
                .setMissedSlashBp(staking.missedSlashBp())
                .setDoubleSignSlashBp(staking.doubleSignSlashBp())
                .build();
    }
}
