package io.computronium.genesis.codec;

import static io.computronium.primitives.codec.WireValues.require;
import static io.computronium.primitives.codec.WireValues.toByteString;
import static io.computronium.primitives.codec.WireValues.toInt;
import static io.computronium.primitives.codec.WireValues.toLong;
import static io.computronium.primitives.codec.WireValues.toPrincipal;

import io.computronium.consensus.ConsensusParameters;
import io.computronium.consensus.ConsensusParameters.Timeout;
import io.computronium.genesis.ChainParameters;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.proto.ChainParametersMessage;
import io.computronium.primitives.proto.ConsensusParametersMessage;
import io.computronium.primitives.proto.ExecutionParametersMessage;
import io.computronium.primitives.proto.TimeoutMessage;
import io.computronium.vm.ExecutionParameters;

/** Parameter records from and to their messages. */
final class ParametersMessages {

    private ParametersMessages() {}

    static ChainParameters parameters(ChainParametersMessage m) {
        require(m.hasConsensus(), "parameters.consensus");
        require(m.hasExecution(), "parameters.execution");
        try {
            return new ChainParameters(consensus(m.getConsensus()), execution(m.getExecution()));
        } catch (IllegalArgumentException e) {
            throw new MalformedDataException("parameters: " + e.getMessage(), e);
        }
    }

    static ChainParametersMessage message(ChainParameters parameters) {
        return ChainParametersMessage.newBuilder()
                .setConsensus(message(parameters.consensus()))
                .setExecution(message(parameters.execution()))
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
                toLong(m.getMaxValidUntilAhead(), "execution.maxValidUntilAhead"),
                toInt(m.getBurnBp(), "execution.burnBp"),
                toInt(m.getTreasuryBp(), "execution.treasuryBp"),
                toPrincipal(m.getTreasury()));
    }

    private static ExecutionParametersMessage message(ExecutionParameters execution) {
        return ExecutionParametersMessage.newBuilder()
                .setBlockGasLimit(execution.blockGasLimit())
                .setMaxBlockBytes(execution.maxBlockBytes())
                .setMinBaseFee(execution.minBaseFee())
                .setInitialBaseFee(execution.initialBaseFee())
                .setMaxValidUntilAhead(execution.maxValidUntilAhead())
                .setBurnBp(execution.burnBp())
                .setTreasuryBp(execution.treasuryBp())
                .setTreasury(toByteString(execution.treasury()))
                .build();
    }
}
