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
        faults.addAll(GenesisRules.ofParameters(parameters, network));
        faults.addAll(GenesisRules.ofValidators(validators, network));
        faults.addAll(GenesisRules.ofAccounts(accounts, network));
        if (!faults.isEmpty()) {
            throw new InvalidGenesisException(faults);
        }
    }

    /** The sum of all balances, in grains. */
    public long supply() {
        return accounts.stream().mapToLong(GenesisAccount::balance).sum();
    }

    /** The set that decides the first epoch. */
    public ValidatorSet validatorSet() {
        return ValidatorSet.of(seats().stream().map(GenesisState.GenesisSeat::validator).toList());
    }

    /**
     * The rules of execution from block 1 on.
     *
     * @param identity of the chain that this document starts
     */
    public Rules rules(ChainIdentity identity) {
        return Rules.v1(identity, network.addresses(), parameters.execution());
    }

    /** What the state of the first validators is made from. */
    public List<GenesisState.GenesisSeat> seats() {
        return validators.stream()
                .map(validator ->
                        new GenesisState.GenesisSeat(
                                new Validator(validator.publicKey(), validator.power()),
                                validator.operator()))
                .toList();
    }

    /** What the state of the first accounts is made from. */
    public List<GenesisState.Allocation> allocations() {
        return accounts.stream()
                .map(account -> new GenesisState.Allocation(account.principal(), account.balance()))
                .toList();
    }
}
