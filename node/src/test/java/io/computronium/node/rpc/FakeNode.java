package io.computronium.node.rpc;

import io.computronium.node.mempool.PendingTransactions;
import io.computronium.node.mempool.TxAdmission;
import io.computronium.primitives.Address;
import io.computronium.primitives.AddressVersions;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.Hash;
import io.computronium.primitives.NodeId;
import io.computronium.primitives.Principal;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.Signature;
import io.computronium.primitives.Uint128;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.bft.SignerBits;
import io.computronium.primitives.block.Block;
import io.computronium.primitives.block.Event;
import io.computronium.primitives.block.ExecutionStatus;
import io.computronium.primitives.block.Header;
import io.computronium.primitives.block.KernelFailure;
import io.computronium.primitives.block.Receipt;
import io.computronium.primitives.codec.BlockCodec;
import io.computronium.primitives.codec.StateCodec;
import io.computronium.primitives.codec.TransactionCodec;
import io.computronium.primitives.state.AccountState;
import io.computronium.primitives.state.CoinSupply;
import io.computronium.primitives.state.StateKey;
import io.computronium.primitives.tx.Asset;
import io.computronium.primitives.tx.Call;
import io.computronium.primitives.tx.Credential;
import io.computronium.primitives.tx.PostCondition;
import io.computronium.primitives.tx.PostConditionMode;
import io.computronium.primitives.tx.Transaction;
import io.computronium.primitives.tx.TransactionBody;
import io.computronium.vm.BlockContext;
import io.computronium.vm.ExecutionParameters;
import io.computronium.vm.GasTable;
import io.computronium.vm.ReadOnlyCall;
import io.computronium.vm.Rules;
import io.computronium.vm.value.Value;
import io.computronium.vm.value.ValueCodec;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A chain of one block, whose first transaction succeeded and whose second one failed, and
 * everything else that a server asks. Heights before the first are pruned.
 */
final class FakeNode implements ChainReads, PendingTransactions, NodeReads, TransactionIntake {

    static final Hash GENESIS = Hash.ofHex("9e".repeat(32));
    static final PublicKey KEY = PublicKey.ofHex("4b".repeat(32));
    static final Principal ALICE = account(1);
    static final Principal BOB = account(2);

    static final Transaction SUCCEEDED = transfer(0, 50);
    static final Transaction FAILED = transfer(1, 50);
    static final Transaction WAITING = transfer(2, 50);

    final Block block = block();
    final Hash blockId = BlockCodec.idOf(block.header());
    final Map<Hash, Transaction> waiting = new ConcurrentHashMap<>();
    final Map<Hash, Long> expired = new ConcurrentHashMap<>();
    final CompletableFuture<Void> nextBlock = new CompletableFuture<>();

    private final Map<Hash, IncludedTransaction> included = new ConcurrentHashMap<>();
    volatile TxAdmission admission = new TxAdmission.PoolRefused(TxAdmission.Reason.BUSY);
    volatile Simulation simulation = new Simulation.Refused(refused());
    volatile boolean syncing;
    volatile boolean running = true;
    volatile Runnable beforeStatus = () -> {};

    FakeNode() {
        include(0, SUCCEEDED, new ExecutionStatus.Succeeded());
        include(1, FAILED, new ExecutionStatus.KernelFailed(0, KernelFailure.POST_CONDITION));
        waiting.put(WAITING.id(), WAITING);
    }

    void include(int index, Transaction transaction, ExecutionStatus status) {
        var events =
                List.of(
                        new Event(
                                Principal.of(ALICE.address(), "coin"),
                                "transfer",
                                List.of(Bytes.ofHex("0a")),
                                Bytes.ofHex("0b0c")));
        boolean succeeded = status instanceof ExecutionStatus.Succeeded;
        var receipt =
                new Receipt(
                        status,
                        succeeded ? List.of(Bytes.ofHex("03")) : List.of(),
                        succeeded ? events : List.of(),
                        21_000,
                        210);
        included.put(
                transaction.id(), new IncludedTransaction(1, index, blockId, transaction, receipt));
    }

    static Principal account(int number) {
        byte[] hash = new byte[Address.HASH_SIZE];
        hash[19] = (byte) number;
        return Principal.of(Address.of(AddressVersions.TESTNET.key(), hash));
    }

    static Transaction transfer(long sequence, long validUntil) {
        var body =
                new TransactionBody(
                        1,
                        "test-1",
                        ALICE,
                        0,
                        sequence,
                        validUntil,
                        30_000,
                        100,
                        2,
                        null,
                        List.of(new Call.Transfer(BOB, 150_000_000, Bytes.ofHex("6869"))),
                        List.of(
                                new PostCondition.Sent(
                                        ALICE,
                                        Asset.COIN,
                                        PostCondition.Comparison.AT_MOST,
                                        Uint128.of(150_000_000))),
                        PostConditionMode.DENY,
                        Bytes.EMPTY);
        return TransactionCodec.assemble(
                body, new Credential.Single(KEY, Signature.of(new byte[Signature.SIZE])), null);
    }

    private static Block block() {
        var root = BlockCodec.transactionRoot(List.of(SUCCEEDED.wireHash(), FAILED.wireHash()));
        var header =
                new Header(
                        1,
                        "test-1",
                        1,
                        1_700_000_000_000L,
                        GENESIS,
                        hash(1),
                        root,
                        hash(3),
                        0,
                        hash(4),
                        hash(5),
                        hash(6),
                        hash(7),
                        hash(8),
                        42_000,
                        300_000_000,
                        7,
                        KEY);
        return new Block(header, null, List.of(), List.of(SUCCEEDED, FAILED));
    }

    private static Hash hash(int number) {
        byte[] bytes = new byte[Hash.SIZE];
        bytes[0] = (byte) number;
        return Hash.of(bytes);
    }

    private static TxAdmission.Refused refused() {
        return new TxAdmission.Refused(
                io.computronium.primitives.tx.TransactionFault.WRONG_KEY, "of carol");
    }

    @Override
    public ChainFacts facts() {
        return new ChainFacts(
                new ChainIdentity("test-1", GENESIS),
                true,
                AddressVersions.TESTNET,
                hash(6),
                Map.of("intervalMillis", "1000"),
                Map.of("blockGasLimit", "300000000"));
    }

    @Override
    public ChainHead head() {
        return ChainHead.of(blockId, block.header(), 2);
    }

    @Override
    public Lookup<CommittedBlock> block(long height) {
        return height == 1
                ? new Lookup.Found<>(committed())
                : height == 0 ? new Lookup.Pruned<>() : new Lookup.NotFound<>();
    }

    @Override
    public Lookup<CommittedBlock> block(Hash id) {
        return id.equals(blockId) ? new Lookup.Found<>(committed()) : new Lookup.NotFound<>();
    }

    private CommittedBlock committed() {
        var signers = new BitSet();
        signers.set(0);
        signers.set(3);
        var signature = Signature.of(new byte[Signature.SIZE]);
        return new CommittedBlock(
                blockId,
                block,
                new CommitCertificate(
                        1, 0, blockId, SignerBits.of(signers, 4), List.of(signature, signature)));
    }

    @Override
    public Lookup<StateView> state(long height) {
        return height == 1
                ? new Lookup.Found<>(new State())
                : height == 0 ? new Lookup.Pruned<>() : new Lookup.NotFound<>();
    }

    private static final class State implements StateView {
        @Override
        public long height() {
            return 1;
        }

        @Override
        public AccountState account(Principal principal) {
            return principal.equals(ALICE)
                    ? new AccountState(9_007_199_254_740_993L, 2, List.of(), false)
                            .use(3, 0)
                            .use(3, 2)
                    : AccountState.EMPTY;
        }

        @Override
        public CoinSupply supply() {
            return new CoinSupply(1_000, 50, 7);
        }

        /** The sample contracts, and of the template {@code box} ALICE's instance {@code tin}. */
        @Override
        public ReadOnlyCall contracts(long gasLimit) {
            var rules =
                    new Rules(
                            Rules.V1,
                            new ChainIdentity("test-1", GENESIS),
                            AddressVersions.TESTNET,
                            new ExecutionParameters(300_000_000, 15 << 20, 100, 100, 3_600),
                            GasTable.V1,
                            SampleContracts.REGISTRY);
            var tin = StateKey.contract(Principal.of(ALICE.address(), "tin"));
            var instance = StateKey.record(tin, 0, Bytes.EMPTY);
            var template = ValueCodec.encode(Value.Ascii.of("box"));
            var supply = Bytes.owned(StateCodec.COIN_SUPPLY.encode(supply()));
            var records = Map.of(instance, template, StateKey.coinSupply(), supply);
            return new ReadOnlyCall(
                    rules,
                    key -> Optional.ofNullable(records.get(key)),
                    new BlockContext(2, 1_700_000_001_000L, KEY),
                    gasLimit);
        }

        @Override
        public Validators validators() {
            return new Validators(0, List.of(new Seat(KEY, 10, BOB), new Seat(KEY, 5, ALICE)));
        }
    }

    @Override
    public Lookup<IncludedTransaction> transaction(Hash id) {
        var found = included.get(id);
        return found == null ? new Lookup.NotFound<>() : new Lookup.Found<>(found);
    }

    @Override
    public Simulation simulate(Transaction transaction) {
        return simulation;
    }

    @Override
    public CompletableFuture<Void> reached(long height) {
        return height <= 1 ? CompletableFuture.completedFuture(null) : nextBlock.copy();
    }

    @Override
    public Optional<Transaction> byId(Hash id) {
        return Optional.ofNullable(waiting.get(id));
    }

    @Override
    public Optional<Transaction> byWireHash(Hash wireHash) {
        throw new UnsupportedOperationException("not asked by users");
    }

    @Override
    public OptionalLong expired(Hash id) {
        var validUntil = new HashMap<>(expired).get(id);
        return validUntil == null ? OptionalLong.empty() : OptionalLong.of(validUntil);
    }

    @Override
    public Size size() {
        return new Size(1, 321);
    }

    @Override
    public NodeStatus status() {
        beforeStatus.run();
        return new NodeStatus(
                "0.1.0",
                running,
                syncing,
                new ValidatorStatus(KEY, true),
                new StepStatus(2, 0, "propose"),
                "bouncycastle");
    }

    @Override
    public List<PeerView> peers() {
        return List.of(
                new PeerView(NodeId.ofHex("0d".repeat(20)), "127.0.0.1:7401", true, 3, 1_234),
                new PeerView(NodeId.ofHex("0e".repeat(20)), "127.0.0.1:7402", false, 1, 99));
    }

    @Override
    public CompletableFuture<TxAdmission> submit(byte[] bytes) {
        return CompletableFuture.completedFuture(admission);
    }
}
