package io.computronium.genesis;

import com.fasterxml.jackson.databind.JsonNode;
import io.computronium.consensus.ConsensusParameters;
import io.computronium.consensus.ConsensusParameters.Timeout;
import io.computronium.primitives.Address;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.Principal;
import io.computronium.primitives.PublicKey;
import io.computronium.vm.ExecutionParameters;
import io.computronium.vm.builtin.EconomyParameters;
import io.computronium.vm.builtin.StakingParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * From a JSON tree to a document. A part of it that can be read is checked even if another cannot,
 * so that one run names all that has to be mended.
 */
final class GenesisReader {

    private static final Principal NOBODY =
            Principal.of(Address.of(0, new byte[Address.HASH_SIZE]));
    private static final PublicKey NO_KEY = PublicKey.of(new byte[PublicKey.SIZE]);

    private final List<GenesisFault> faults = new ArrayList<>();

    /**
     * @throws InvalidGenesisException with every fault
     */
    GenesisDocument read(JsonNode tree) {
        var root = new JsonFields(tree, "", faults);
        String format = root.text("format");
        if (!format.equals(GenesisJson.FORMAT)) {
            root.fault("format", "\"" + GenesisJson.FORMAT + "\" expected");
        }
        Optional<Network> network = network(root);
        int mark = faults.size();
        String chainId = root.text("chainId");
        boolean dev = root.flag("dev");
        long timeMillis = root.number("timeMillis");
        check(mark, network, n -> GenesisRules.ofChain(chainId, n, dev, timeMillis));
        Optional<ChainParameters> parameters = parameters(root.object("parameters"));
        int holdersMark = faults.size();
        List<GenesisValidator> validators = validators(root, network);
        long totalSupply = root.amount("totalSupply");
        List<GenesisAccount> accounts = accounts(root, network);
        long sum = GenesisDocument.supply(validators, accounts);
        if (faults.size() == holdersMark && sum != totalSupply) {
            root.fault("totalSupply", "balances and bonds sum up to " + sum);
        }
        root.end();
        if (!faults.isEmpty() || network.isEmpty() || parameters.isEmpty()) {
            throw new InvalidGenesisException(faults);
        }
        return new GenesisDocument(
                chainId, network.get(), dev, timeMillis, parameters.get(), validators, accounts);
    }

    /** Applies the rules of a part, if nothing since {@code mark} kept it from being read. */
    private void check(
            int mark, Optional<Network> network, Function<Network, List<GenesisFault>> rules) {
        if (faults.size() == mark) {
            network.ifPresent(n -> faults.addAll(rules.apply(n)));
        }
    }

    private static Optional<Network> network(JsonFields root) {
        return root.parsed("network", code -> Optional.of(network(code)), Optional.empty());
    }

    private static Network network(String code) {
        for (Network network : Network.values()) {
            if (network.code().equals(code)) {
                return network;
            }
        }
        throw new MalformedDataException("\"main\" or \"test\" expected");
    }

    private Optional<ChainParameters> parameters(JsonFields fields) {
        Optional<ConsensusParameters> consensus = consensus(fields.object("consensus"));
        Optional<ExecutionParameters> execution = execution(fields.object("execution"));
        Optional<EconomyParameters> economy = economy(fields.object("economy"));
        Optional<StakingParameters> staking = staking(fields.object("staking"));
        fields.end();
        return consensus.flatMap(c ->
                execution.flatMap(e ->
                        economy.flatMap(f -> staking.map(g -> new ChainParameters(c, e, f, g)))));
    }

    private Optional<ConsensusParameters> consensus(JsonFields fields) {
        long intervalMillis = fields.number("intervalMillis");
        long minIntervalMillis = fields.number("minIntervalMillis");
        Timeout propose = timeout(fields.object("propose"));
        Timeout verdict = timeout(fields.object("verdict"));
        Timeout prevote = timeout(fields.object("prevote"));
        Timeout precommit = timeout(fields.object("precommit"));
        int growthRounds = fields.smallNumber("growthRounds");
        long precisionMillis = fields.number("precisionMillis");
        long messageDelayMillis = fields.number("messageDelayMillis");
        long epochLength = fields.number("epochLength");
        long closeBeforeTargetMillis = fields.number("closeBeforeTargetMillis");
        fields.end();
        return build(
                fields,
                () ->
                        new ConsensusParameters(
                                intervalMillis,
                                minIntervalMillis,
                                propose,
                                verdict,
                                prevote,
                                precommit,
                                growthRounds,
                                precisionMillis,
                                messageDelayMillis,
                                epochLength,
                                closeBeforeTargetMillis));
    }

    private static Timeout timeout(JsonFields fields) {
        var timeout = new Timeout(fields.number("baseMillis"), fields.number("perRoundMillis"));
        fields.end();
        return timeout;
    }

    private Optional<ExecutionParameters> execution(JsonFields fields) {
        long blockGasLimit = fields.number("blockGasLimit");
        long maxBlockBytes = fields.number("maxBlockBytes");
        long minBaseFee = fields.amount("minBaseFee");
        long initialBaseFee = fields.amount("initialBaseFee");
        long maxValidUntilAhead = fields.number("maxValidUntilAhead");
        fields.end();
        return build(
                fields,
                () ->
                        new ExecutionParameters(
                                blockGasLimit,
                                maxBlockBytes,
                                minBaseFee,
                                initialBaseFee,
                                maxValidUntilAhead));
    }

    private Optional<EconomyParameters> economy(JsonFields fields) {
        long burnBp = fields.number("burnBp");
        long treasuryBp = fields.number("treasuryBp");
        long proposerBp = fields.number("proposerBp");
        long serviceFeeBp = fields.number("serviceFeeBp");
        long blocksPerYear = fields.number("blocksPerYear");
        List<Long> emission = fields.amounts("emission");
        fields.end();
        return build(
                fields,
                () ->
                        new EconomyParameters(
                                burnBp,
                                treasuryBp,
                                proposerBp,
                                serviceFeeBp,
                                blocksPerYear,
                                emission));
    }

    private Optional<StakingParameters> staking(JsonFields fields) {
        long seats = fields.number("seats");
        long minSeats = fields.number("minSeats");
        long minSelfBond = fields.amount("minSelfBond");
        long minDelegation = fields.amount("minDelegation");
        long unbondingBlocks = fields.number("unbondingBlocks");
        long window = fields.number("window");
        long minSignedBp = fields.number("minSignedBp");
        long jailBlocks = fields.number("jailBlocks");
        long missedSlashBp = fields.number("missedSlashBp");
        long doubleSignSlashBp = fields.number("doubleSignSlashBp");
        fields.end();
        return build(
                fields,
                () ->
                        new StakingParameters(
                                seats,
                                minSeats,
                                minSelfBond,
                                minDelegation,
                                unbondingBlocks,
                                window,
                                minSignedBp,
                                jailBlocks,
                                missedSlashBp,
                                doubleSignSlashBp));
    }

    /** Parameter records name their faults as {@code field: message}, joined by semicolons. */
    private <T> Optional<T> build(JsonFields fields, Supplier<T> constructor) {
        if (!fields.sound()) {
            return Optional.empty();
        }
        try {
            return Optional.of(constructor.get());
        } catch (IllegalArgumentException e) {
            for (String fault : String.valueOf(e.getMessage()).split("; ", -1)) {
                int colon = fault.indexOf(": ");
                fields.fault(
                        fault.substring(0, Math.max(colon, 0)),
                        colon < 0 ? fault : fault.substring(colon + 2));
            }
            return Optional.empty();
        }
    }

    private List<GenesisValidator> validators(JsonFields root, Optional<Network> network) {
        int mark = faults.size();
        List<GenesisValidator> validators = new ArrayList<>();
        for (JsonFields fields : root.objects("validators")) {
            validators.add(
                    new GenesisValidator(
                            fields.text("name"),
                            fields.parsed("publicKey", PublicKey::ofHex, NO_KEY),
                            fields.amount("power"),
                            fields.parsed("operator", Principal::parse, NOBODY),
                            fields.amount("bond"),
                            fields.smallNumber("commissionBp")));
            fields.end();
        }
        check(mark, network, n -> GenesisRules.ofValidators(validators, n));
        return validators;
    }

    private List<GenesisAccount> accounts(JsonFields root, Optional<Network> network) {
        int mark = faults.size();
        List<GenesisAccount> accounts = new ArrayList<>();
        for (JsonFields fields : root.objects("accounts")) {
            accounts.add(
                    new GenesisAccount(
                            fields.parsed("address", Principal::parse, NOBODY),
                            fields.amount("balance")));
            fields.end();
        }
        check(mark, network, n -> GenesisRules.ofAccounts(accounts, n));
        return accounts;
    }
}
