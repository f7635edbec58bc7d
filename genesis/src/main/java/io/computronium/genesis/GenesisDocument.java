package io.computronium.genesis;

import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.bft.Validator;
import io.computronium.primitives.bft.ValidatorSet;
import io.computronium.vm.GenesisState;
import io.computronium.vm.Rules;
import java.util.ArrayList;
import java.util.List;

/**
 * How a chain starts. The order of validators and accounts is part of it.
 *
 * @param chainId 1 to 32 characters of a-z, 0-9 and '-'
 * @param network decides what its addresses look like
 * @param dev whether the development methods may be switched on; never on the main network
 * @param timeMillis no block is older; milliseconds since 1970
 * @param parameters in force from block 1
 * @param validators 1 to {@link #MAX_VALIDATORS}
 * @param accounts at most {@link #MAX_ACCOUNTS}
 */
public record GenesisDocument(
        String chainId,
        Network network,
        boolean dev,
        long timeMillis,
        ChainParameters parameters,
        List<GenesisValidator> validators,
        List<GenesisAccount> accounts) {

    public static final int MAX_VALIDATORS = 1_024;
    public static final int MAX_ACCOUNTS = 65_536;

    /**
     * Checks the document as a whole.
     *
     * @throws InvalidGenesisException with every fault, if there is any
     */
    public GenesisDocument {
        validators = List.copyOf(validators);
        accounts = List.copyOf(accounts);
        List<GenesisFault> faults = new ArrayList<>();
        faults.addAll(GenesisRules.ofChain(chainId, network, dev, timeMillis));
        faults.addAll(GenesisRules.ofValidators(validators, network));
        faults.addAll(GenesisRules.ofAccounts(accounts, network));
        if (faults.isEmpty()) {
            faults.addAll(GenesisRules.ofSupply(supply(validators, accounts), parameters));
        }
        if (!faults.isEmpty()) {
            throw new InvalidGenesisException(faults);
        }
    }

    /** The sum of all balances and bonds, in grains. */
    public long supply() {
        return supply(validators, accounts);
    }

    static long supply(List<GenesisValidator> validators, List<GenesisAccount> accounts) {
        return accounts.stream().mapToLong(GenesisAccount::balance).sum()
                + validators.stream().mapToLong(GenesisValidator::bond).sum();
    }

    /** The set that decides the first epoch. */
    public ValidatorSet validatorSet() {
        return ValidatorSet.of(
                validators.stream()
                        .map(seat -> new Validator(seat.publicKey(), seat.power()))
                        .toList());
    }

    /**
     * The rules of execution from block 1 on.
     *
     * @param identity of the chain that this document starts
     */
    public Rules rules(ChainIdentity identity) {
        return Rules.v1(identity, network.addresses(), parameters.execution());
    }

    /** What the first state is made from. */
    public GenesisState.Content content() {
        return new GenesisState.Content(
                parameters.economy(),
                parameters.staking(),
                parameters.consensus().epochLength(),
                accounts.stream()
                        .map(account ->
                                new GenesisState.Allocation(account.principal(), account.balance()))
                        .toList(),
                validators.stream()
                        .map(seat ->
                                new GenesisState.GenesisSeat(
                                        new Validator(seat.publicKey(), seat.power()),
                                        seat.operator(),
                                        seat.bond(),
                                        seat.commissionBp()))
                        .toList());
    }
}
