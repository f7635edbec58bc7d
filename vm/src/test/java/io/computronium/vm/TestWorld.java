package io.computronium.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.computronium.primitives.AddressVersions;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.Hash;
import io.computronium.primitives.Principal;
import io.computronium.primitives.bft.Evidence;
import io.computronium.primitives.bft.SignBytes;
import io.computronium.primitives.bft.Vote;
import io.computronium.primitives.bft.VoteKind;
import io.computronium.primitives.block.Event;
import io.computronium.primitives.block.ExecutionStatus;
import io.computronium.primitives.block.Receipt;
import io.computronium.primitives.crypto.KeyPair;
import io.computronium.primitives.tx.Asset;
import io.computronium.primitives.tx.Call;
import io.computronium.primitives.tx.Credential;
import io.computronium.primitives.tx.PostConditionMode;
import io.computronium.primitives.tx.Transaction;
import io.computronium.primitives.tx.TransactionFault;
import io.computronium.vm.contract.Contract;
import io.computronium.vm.contract.Fault;
import io.computronium.vm.contract.Shape;
import io.computronium.vm.contract.StateView;
import io.computronium.vm.value.Value;
import io.computronium.vm.value.ValueCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A chain in memory on which actors, who go by their names, call contracts: each call is a
 * transaction in a block of its own, through the whole of block execution.
 */
public final class TestWorld {

    /** What a call came to. */
    public record Outcome(Receipt receipt) {

        /** The value in {@code (ok …)}, or of a read-only method; fails if there is none. */
        public Value value() {
            assertInstanceOf(ExecutionStatus.Succeeded.class, receipt.status(), this::toString);
            Value last = last();
            return last instanceof Value.Ok ok ? ok.value() : last;
        }

        /** The value as a Java type. */
        public <T> T value(Shape<T> shape) {
            return shape.fromValue(value());
        }

        /** The error code; fails if the call went well. */
        public int error() {
            assertInstanceOf(ExecutionStatus.CallFailed.class, receipt.status(), this::toString);
            return (int) ((Value.UInt) ((Value.Err) last()).value()).low();
        }

        public void expect(Contract contract, Fault fault) {
            assertEquals(fault.code(contract.module()), error(), fault.name());
        }

        /** The events of one name. */
        public List<Event> events(String name) {
            return receipt.events().stream().filter(event -> event.name().equals(name)).toList();
        }

        private Value last() {
            return ValueCodec.decode(receipt.results().getLast());
        }

        @Override
        public String toString() {
            return receipt.status()
                    + " "
                    + receipt.results().stream().map(ValueCodec::decode).toList();
        }
    }

    private final TestChain chain;
    private final Map<String, Long> sequences = new TreeMap<>();

    private TestWorld(TestChain chain) {
        this.chain = chain;
    }

    /** Actors with {@code grains} each. */
    public static TestWorld of(long grains, String... actors) {
        return new TestWorld(TestChain.withBalances(grains, actors));
    }

    /** As {@link #of}, with contracts besides, or by name instead of, the built-in ones. */
    public static TestWorld with(List<Contract> contracts, long grains, String... actors) {
        return new TestWorld(TestChain.withContracts(contracts, grains, actors));
    }

    /** From a genesis of its own. */
    public static TestWorld on(GenesisState.Content content) {
        var rules = Rules.v1(TestChain.IDENTITY, AddressVersions.TESTNET, TestChain.parameters());
        return new TestWorld(new TestChain(rules, content));
    }

    public static Principal account(String actor) {
        return TestChain.account(actor);
    }

    /** A singleton or template. */
    public static Principal system(String name) {
        return Principal.of(AddressVersions.TESTNET.systemAccount(), name);
    }

    /** The contract {@code name} of an actor. */
    public static Principal instance(String actor, String name) {
        return Principal.of(account(actor).address(), name);
    }

    public static Value uint(long value) {
        return Value.UInt.of(value);
    }

    public static Value text(String ascii) {
        return Value.Ascii.of(ascii);
    }

    public static Value principal(Principal principal) {
        return new Value.PrincipalValue(principal);
    }

    public static Value principal(String actor) {
        return principal(account(actor));
    }

    public static Value bool(boolean value) {
        return new Value.Bool(value);
    }

    public static Value some(Value value) {
        return new Value.Some(value);
    }

    public static Value none() {
        return new Value.None();
    }

    public static Value buffer(Bytes bytes) {
        return new Value.Buffer(bytes);
    }

    /** The height that the next call's block has. */
    public long nextHeight() {
        return chain.nextHeight();
    }

    /** Lets {@code blocks} pass in which nothing happens. */
    public void skip(long blocks) {
        chain.skip(blocks);
    }

    /** Goes on so that the next call's block has {@code height}. */
    public void skipTo(long height) {
        skip(height - nextHeight());
    }

    /** Runs {@code blocks} without transactions. */
    public void pass(long blocks) {
        for (long i = 0; i < blocks; i++) {
            chain.commit();
        }
    }

    /** Runs blocks until the next call's has {@code height}. */
    public void passTo(long height) {
        pass(height - nextHeight());
    }

    /** From now on all validators sign but those of these operators. */
    public void silence(String... operators) {
        chain.silent = accounts(operators);
    }

    /**
     * Runs a block with evidence.
     *
     * @return what is wrong with it, and then no block was run
     */
    public Optional<String> accuse(Evidence... evidence) {
        return switch (BlockExecution.run(
                chain.rules, chain.reader(), chain.context(), List.of(evidence), List.of())) {
            case BlockVerdict.Executed executed -> {
                chain.commit(executed.outcome());
                yield Optional.empty();
            }
            case BlockVerdict.InvalidEvidence invalid -> Optional.of(invalid.reason());
            case BlockVerdict.Invalid invalid -> throw new AssertionError(invalid);
        };
    }

    /** Two prevotes of one round by the validator that goes by {@code keyName}. */
    public Evidence contradiction(String keyName, int seat, long height) {
        return Evidence.DuplicateVote.of(
                vote(keyName, seat, height, null), vote(keyName, seat, height, Hash.ZERO));
    }

    private static Vote vote(String keyName, int seat, long height, @Nullable Hash block) {
        byte[] bytes = SignBytes.vote(TestChain.IDENTITY, VoteKind.PREVOTE, height, 0, block);
        return new Vote(
                VoteKind.PREVOTE, height, 0, block, seat, TestChain.key(keyName).sign(bytes));
    }

    /** The signature with which an operator registers the key that goes by {@code keyName}. */
    public static Value possession(String keyName, String operator) {
        byte[] bytes =
                SignBytes.keyPossession(
                        TestChain.IDENTITY, account(operator).toBytes(), key(keyName).publicKey());
        return buffer(Bytes.owned(TestChain.key(keyName).sign(bytes).toArray()));
    }

    /** A call in a block of its own, with post-conditions off. */
    public Outcome call(String actor, Principal contract, String function, Value... arguments) {
        return run(actor, call(contract, function, arguments));
    }

    public static Call.ContractCall call(Principal contract, String function, Value... arguments) {
        return new Call.ContractCall(
                contract, function, Arrays.stream(arguments).map(ValueCodec::encode).toList());
    }

    /** Several calls in one transaction, in a block of its own, with post-conditions off. */
    public Outcome run(String actor, Call... calls) {
        return run(draft(actor, calls).build());
    }

    /** A transaction in a block of its own. */
    public Outcome run(Transaction transaction) {
        return new Outcome(chain.commit(transaction).receipts().getFirst());
    }

    /** Several transactions in one block. */
    public List<Outcome> block(Transaction... transactions) {
        return chain.commit(transactions).receipts().stream().map(Outcome::new).toList();
    }

    /** The actor's next transaction, to be changed and built. */
    public Draft draft(String actor, Call... calls) {
        return complete(Draft.from(actor).sequence(next(actor, 0)), calls);
    }

    private Draft complete(Draft draft, Call... calls) {
        draft.validUntil(nextHeight() + 60)
                .gasLimit(2_000_000)
                .maxFee(chain.baseFee())
                .mode(PostConditionMode.ALLOW);
        for (Call call : calls) {
            draft.call(call);
        }
        return draft;
    }

    /** As {@link #draft}, with the key of another name. */
    public Draft draftBy(String actor, String key, Call... calls) {
        return complete(
                Draft.from(account(actor), Draft.single(key)).sequence(next(actor, 0)), calls);
    }

    /** The next transaction of a lane that acts for {@code actor} by another credential. */
    public Draft session(String actor, int lane, Credential credential, Call... calls) {
        return complete(
                Draft.from(account(actor), credential).lane(lane).sequence(next(actor, lane)),
                calls);
    }

    private long next(String actor, int lane) {
        return sequences.merge(actor + "/" + lane, 1L, Long::sum) - 1;
    }

    /** Why the next block may not include a transaction, if it may not. */
    public Optional<TransactionFault> refusal(Transaction transaction) {
        return chain.begin().execute(transaction) instanceof Inclusion.Refused refused
                ? Optional.of(refused.refusal().fault())
                : Optional.empty();
    }

    public static KeyPair key(String actor) {
        return TestChain.key(actor);
    }

    /** What off-chain signatures name. */
    public static ChainIdentity chain() {
        return TestChain.IDENTITY;
    }

    /** What a read-only method gives on the state as it is. */
    public Value read(Principal contract, String function, Value... arguments) {
        var read =
                new ReadOnlyCall(chain.rules, chain.reader(), chain.context(), 100_000_000)
                        .call(contract, function, List.of(arguments));
        return assertInstanceOf(ReadOnlyCall.Answer.Value.class, read).value();
    }

    public <T> T read(Shape<T> shape, Principal contract, String function, Value... arguments) {
        return shape.fromValue(read(contract, function, arguments));
    }

    public long balance(String actor) {
        return chain.balance(actor);
    }

    public long balance(Principal holder) {
        return chain.balance(holder);
    }

    public long balance(Asset asset, Principal holder) {
        return working().balance(asset, holder);
    }

    public long supply(Asset asset) {
        return working().supply(asset);
    }

    /** Sum of the balances of all accounts by a scan; equals {@code supply(COIN)}: G1. */
    public long sumOfCoins() {
        return chain.sumOfBalances();
    }

    /** The whole state of one contract. */
    public StateView view(Principal contract) {
        return scan().view(contract);
    }

    private StateScan scan() {
        return new StateScan(chain.rules, chain.state, chain.nextHeight() - 1);
    }

    /** Fails if an invariant of a contract does not hold, or coins are not conserved. */
    public void checkInvariants() {
        assertEquals(List.of(), scan().violations());
        assertEquals(supply(Asset.COIN), sumOfCoins(), "G1: supply of coins = sum of balances");
    }

    /** Balances of tokens, past ones too. */
    TokenLedger tokens() {
        return working().tokens();
    }

    private WorkingState working() {
        return new WorkingState(chain.reader(), chain.nextHeight());
    }

    /** The principals of several actors. */
    public static List<Principal> accounts(String... actors) {
        List<Principal> all = new ArrayList<>();
        for (String actor : actors) {
            all.add(account(actor));
        }
        return all;
    }
}
