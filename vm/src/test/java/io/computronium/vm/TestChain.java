package io.computronium.vm;

import io.computronium.primitives.AddressVersions;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.Hash;
import io.computronium.primitives.Principal;
import io.computronium.primitives.bft.SignerBits;
import io.computronium.primitives.bft.Validator;
import io.computronium.primitives.codec.StateCodec;
import io.computronium.primitives.crypto.Hash160;
import io.computronium.primitives.crypto.KeyPair;
import io.computronium.primitives.state.AccountState;
import io.computronium.primitives.state.CoinSupply;
import io.computronium.primitives.state.StateKey;
import io.computronium.primitives.tx.Transaction;
import io.computronium.vm.GenesisState.Allocation;
import io.computronium.vm.GenesisState.GenesisSeat;
import io.computronium.vm.builtin.EconomyParameters;
import io.computronium.vm.builtin.Seat;
import io.computronium.vm.builtin.StakingParameters;
import io.computronium.vm.contract.Contract;
import io.computronium.vm.contract.ContractRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A chain in memory whose accounts go by the names of their keys. */
final class TestChain {

    static final ChainIdentity IDENTITY = new ChainIdentity("test-1", Hash.ZERO);
    static final long MIN_BASE_FEE = 100;
    static final long BOND = 1_000_000_000_000L;
    static final long EPOCH_LENGTH = 60;
    static final String PROPOSER = "proposer";
    static final String OPERATOR = "operator";

    private static final Map<String, KeyPair> KEYS = new ConcurrentHashMap<>();

    final Rules rules;
    final SortedMap<Bytes, Bytes> state = new TreeMap<>();
    private long height;

    /** Operators whose validators do not sign. */
    List<Principal> silent = List.of();

    TestChain(List<Allocation> allocations) {
        this(parameters(), allocations);
    }

    TestChain(ExecutionParameters parameters, List<Allocation> allocations) {
        this(Rules.v1(IDENTITY, AddressVersions.TESTNET, parameters), allocations);
    }

    private TestChain(Rules rules, List<Allocation> allocations) {
        this(rules, genesis(allocations));
    }

    TestChain(Rules rules, GenesisState.Content content) {
        this.rules = rules;
        write(GenesisState.writes(rules, content));
    }

    /** Accounts with {@code grains} each. */
    static TestChain withBalances(long grains, String... names) {
        return new TestChain(allocations(grains, names));
    }

    /** As {@link #withBalances}, with contracts besides, or by name instead of, built-in ones. */
    static TestChain withContracts(List<Contract> contracts, long grains, String... names) {
        var rules = Rules.v1(IDENTITY, AddressVersions.TESTNET, parameters());
        List<Contract> all = new ArrayList<>(rules.contracts().all());
        all.removeIf(one -> contracts.stream().anyMatch(other -> other.name().equals(one.name())));
        all.addAll(contracts);
        return new TestChain(
                new Rules(
                        rules.protocolVersion(),
                        rules.chain(),
                        rules.addresses(),
                        rules.parameters(),
                        rules.gas(),
                        ContractRegistry.of(all)),
                allocations(grains, names));
    }

    private static List<Allocation> allocations(long grains, String... names) {
        return Arrays.stream(names).map(name -> new Allocation(account(name), grains)).toList();
    }

    static ExecutionParameters parameters() {
        return new ExecutionParameters(300_000_000, 15 << 20, MIN_BASE_FEE, MIN_BASE_FEE, 3_600);
    }

    /** No emission, so that all coins of a test come from its fees. */
    static EconomyParameters economy() {
        return new EconomyParameters(3_000, 2_000, 1_000, 100, 1_000, List.of());
    }

    static StakingParameters staking() {
        return new StakingParameters(21, 1, BOND, 100_000_000, 3_600, 1_800, 5_000, 600, 1, 500);
    }

    /** One validator. */
    static GenesisState.Content genesis(List<Allocation> allocations) {
        var validator = new Validator(key(PROPOSER).publicKey(), 1);
        var seats = List.of(new GenesisSeat(validator, account(OPERATOR), BOND, 0));
        return new GenesisState.Content(economy(), staking(), EPOCH_LENGTH, allocations, seats);
    }

    static Principal treasury() {
        return Principal.of(AddressVersions.TESTNET.systemAccount(), "econ");
    }

    static KeyPair key(String name) {
        return KEYS.computeIfAbsent(
                name,
                n ->
                        KeyPair.fromSeed(
                                Arrays.copyOf(
                                        n.getBytes(StandardCharsets.UTF_8), KeyPair.SEED_SIZE)));
    }

    static Principal account(String name) {
        int version = AddressVersions.TESTNET.key();
        return Principal.of(Hash160.address(version, key(name).publicKey()));
    }

    /** The height of the next block. */
    long nextHeight() {
        return height + 1;
    }

    BlockContext context() {
        return new BlockContext(
                nextHeight(), 1_000 * nextHeight(), key(PROPOSER).publicKey(), parentSigners());
    }

    /** As if all validators but the silent had signed the block before. */
    private @Nullable SignerBits parentSigners() {
        if (height == 0) {
            return null;
        }
        boolean first = height % EPOCH_LENGTH == 0;
        List<Seat> seats =
                first ? SeatsOfState.ofEpochBefore(reader()) : SeatsOfState.next(reader());
        var signers = new BitSet();
        for (int i = 0; i < seats.size(); i++) {
            signers.set(i, !silent.contains(seats.get(i).operator()));
        }
        return SignerBits.of(signers, seats.size());
    }

    BlockExecution begin() {
        return BlockExecution.begin(rules, reader(), context(), List.of());
    }

    BlockVerdict run(Transaction... transactions) {
        return BlockExecution.run(rules, reader(), context(), List.of(), List.of(transactions));
    }

    /** Runs and keeps a block that must be valid. */
    BlockOutcome commit(Transaction... transactions) {
        return switch (run(transactions)) {
            case BlockVerdict.Executed(BlockOutcome outcome) -> {
                commit(outcome);
                yield outcome;
            }
            case BlockVerdict.Invalid invalid -> throw new AssertionError(invalid);
            case BlockVerdict.InvalidEvidence invalid -> throw new AssertionError(invalid);
        };
    }

    /** Lets {@code blocks} pass in which nothing happens, and which are not run. */
    void skip(long blocks) {
        if (blocks < 0) {
            throw new IllegalArgumentException("heights only rise");
        }
        height += blocks;
    }

    void commit(BlockOutcome outcome) {
        write(outcome.writes());
        height++;
    }

    StateReader reader() {
        return key -> Optional.ofNullable(state.get(key));
    }

    AccountState stateOf(Principal principal) {
        return reader().get(StateKey.account(principal))
                .map(bytes -> StateCodec.ACCOUNT.decode(bytes.toArray()))
                .orElse(AccountState.EMPTY);
    }

    long balance(String name) {
        return stateOf(account(name)).balance();
    }

    long balance(Principal principal) {
        return stateOf(principal).balance();
    }

    CoinSupply supply() {
        Bytes bytes = reader().get(StateKey.coinSupply()).orElseThrow();
        return StateCodec.COIN_SUPPLY.decode(bytes.toArray());
    }

    long baseFee() {
        Bytes bytes = reader().get(StateKey.fees()).orElseThrow();
        return StateCodec.FEES.decode(bytes.toArray()).baseFee();
    }

    /** The sum of all balances, by a scan of all accounts. */
    long sumOfBalances() {
        Bytes anAccount = StateKey.account(treasury());
        int prefixSize = anAccount.size() - treasury().toBytes().size();
        var prefix = Bytes.owned(Arrays.copyOf(anAccount.toArray(), prefixSize));
        return state.tailMap(prefix).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(prefix))
                .mapToLong(entry -> StateCodec.ACCOUNT.decode(entry.getValue().toArray()).balance())
                .sum();
    }

    private void write(SortedMap<Bytes, Optional<Bytes>> writes) {
        writes.forEach((key, value) ->
                value.ifPresentOrElse(v -> state.put(key, v), () -> state.remove(key)));
    }
}
