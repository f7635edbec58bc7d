package io.computronium.genesis;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.computronium.consensus.ConsensusParameters;
import io.computronium.consensus.ConsensusParameters.Timeout;
import io.computronium.vm.ExecutionParameters;
import io.computronium.vm.builtin.EconomyParameters;
import io.computronium.vm.builtin.StakingParameters;

/** From a document to a JSON tree. */
final class GenesisWriter {

    private GenesisWriter() {}

    static ObjectNode tree(GenesisDocument document) {
        ObjectNode root = object();
        root.put("format", GenesisJson.FORMAT)
                .put("chainId", document.chainId())
                .put("network", document.network().code())
                .put("dev", document.dev())
                .put("timeMillis", document.timeMillis())
                .put("totalSupply", Long.toString(document.supply()));
        root.putObject("parameters")
                .<ObjectNode>set("consensus", tree(document.parameters().consensus()))
                .<ObjectNode>set("execution", tree(document.parameters().execution()))
                .<ObjectNode>set("economy", tree(document.parameters().economy()))
                .set("staking", tree(document.parameters().staking()));
        ArrayNode validators = root.putArray("validators");
        document.validators().forEach(validator -> validators.add(tree(validator)));
        ArrayNode accounts = root.putArray("accounts");
        document.accounts().forEach(account -> accounts.add(tree(account)));
        return root;
    }

    private static ObjectNode tree(ConsensusParameters consensus) {
        ObjectNode node = object();
        node.put("intervalMillis", consensus.intervalMillis())
                .put("minIntervalMillis", consensus.minIntervalMillis())
                .<ObjectNode>set("propose", tree(consensus.propose()))
                .<ObjectNode>set("verdict", tree(consensus.verdict()))
                .<ObjectNode>set("prevote", tree(consensus.prevote()))
                .<ObjectNode>set("precommit", tree(consensus.precommit()))
                .put("growthRounds", consensus.growthRounds())
                .put("precisionMillis", consensus.precisionMillis())
                .put("messageDelayMillis", consensus.messageDelayMillis())
                .put("epochLength", consensus.epochLength())
                .put("closeBeforeTargetMillis", consensus.closeBeforeTargetMillis());
        return node;
    }

    private static ObjectNode tree(Timeout timeout) {
        return object().put("baseMillis", timeout.baseMillis())
                .put("perRoundMillis", timeout.perRoundMillis());
    }

    private static ObjectNode tree(ExecutionParameters execution) {
        return object().put("blockGasLimit", execution.blockGasLimit())
                .put("maxBlockBytes", execution.maxBlockBytes())
                .put("minBaseFee", Long.toString(execution.minBaseFee()))
                .put("initialBaseFee", Long.toString(execution.initialBaseFee()))
                .put("maxValidUntilAhead", execution.maxValidUntilAhead());
    }

    private static ObjectNode tree(EconomyParameters economy) {
        ObjectNode node =
                object().put("burnBp", economy.burnBp())
                        .put("treasuryBp", economy.treasuryBp())
                        .put("proposerBp", economy.proposerBp())
                        .put("serviceFeeBp", economy.serviceFeeBp())
                        .put("blocksPerYear", economy.blocksPerYear());
        ArrayNode emission = node.putArray("emission");
        economy.emission().forEach(grains -> emission.add(Long.toString(grains)));
        return node;
    }

    private static ObjectNode tree(StakingParameters staking) {
        return object().put("seats", staking.seats())
                .put("minSeats", staking.minSeats())
                .put("minSelfBond", Long.toString(staking.minSelfBond()))
                .put("minDelegation", Long.toString(staking.minDelegation()))
                .put("unbondingBlocks", staking.unbondingBlocks())
                .put("window", staking.window())
                .put("minSignedBp", staking.minSignedBp())
                .put("jailBlocks", staking.jailBlocks())
                .put("missedSlashBp", staking.missedSlashBp())
                .put("doubleSignSlashBp", staking.doubleSignSlashBp());
    }

    private static ObjectNode tree(GenesisValidator validator) {
        return object().put("name", validator.name())
                .put("publicKey", validator.publicKey().toHex())
                .put("power", Long.toString(validator.power()))
                .put("operator", validator.operator().toString())
                .put("bond", Long.toString(validator.bond()))
                .put("commissionBp", validator.commissionBp());
    }

    private static ObjectNode tree(GenesisAccount account) {
        return object().put("address", account.principal().toString())
                .put("balance", Long.toString(account.balance()));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
