package io.computronium.node;

import io.computronium.consensus.ConsensusParameters;
import io.computronium.node.execution.BlockCommitted;
import io.computronium.node.execution.ChainSpec;
import io.computronium.node.execution.ChainTip;
import io.computronium.node.execution.ExecutionService;
import io.computronium.node.mempool.TxAdmission;
import io.computronium.node.rpc.ChainFacts;
import io.computronium.node.rpc.ChainHead;
import io.computronium.node.rpc.ChainReads;
import io.computronium.node.rpc.CommittedBlock;
import io.computronium.node.rpc.IncludedTransaction;
import io.computronium.node.rpc.Lookup;
import io.computronium.node.rpc.Simulation;
import io.computronium.node.rpc.StateView;
import io.computronium.primitives.Hash;
import io.computronium.primitives.Principal;
import io.computronium.primitives.block.Block;
import io.computronium.primitives.block.Header;
import io.computronium.primitives.codec.StateCodec;
import io.computronium.primitives.state.FeeState;
import io.computronium.primitives.state.StateKey;
import io.computronium.primitives.tx.Asset;
import io.computronium.primitives.tx.Call;
import io.computronium.primitives.tx.Transaction;
import io.computronium.storage.block.BlockStore;
import io.computronium.storage.state.PrunedException;
import io.computronium.storage.state.StateSnapshot;
import io.computronium.storage.state.StateStore;
import io.computronium.storage.state.TransactionLocation;
import io.computronium.vm.BlockContext;
import io.computronium.vm.BlockExecution;
import io.computronium.vm.BlockOutcome;
import io.computronium.vm.ExecutionParameters;
import io.computronium.vm.Inclusion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;

/** What interfaces read of the chain, from the stores and the last commit. Any thread. */
final class ChainReader implements ChainReads {

    private final ChainSpec spec;
    private final ChainFacts facts;
    private final BlockStore blocks;
    private final StateStore state;
    private final ExecutionService execution;
    private final ConcurrentSkipListMap<Long, CompletableFuture<Void>> waiting =
            new ConcurrentSkipListMap<>();

    ChainReader(ChainSpec spec, BlockStore blocks, StateStore state, ExecutionService execution) {
        this.spec = spec;
        this.facts =
                new ChainFacts(
                        spec.identity(),
                        spec.genesis().dev(),
                        spec.genesis().network().addresses(),
                        spec.parametersHash(),
                        namesOf(spec.consensus()),
                        namesOf(spec.execution()));
        this.blocks = blocks;
        this.state = state;
        this.execution = execution;
    }

    /** On the execution thread: wakes whoever waits for this height. */
    void committed(BlockCommitted committed) {
        var reached = waiting.headMap(committed.head().height(), true);
        reached.values().forEach(waiter -> waiter.complete(null));
        reached.clear();
    }

    @Override
    public ChainFacts facts() {
        return facts;
    }

    @Override
    public ChainHead head() {
        ChainTip tip = execution.head();
        Header header = tip.header();
        return header != null
                ? ChainHead.of(tip.blockId(), header, tip.transactions())
                : new ChainHead(
                        0,
                        tip.blockId(),
                        tip.timeMillis(),
                        Hash.ZERO,
                        tip.state().root(),
                        null,
                        0,
                        tip.read(StateKey.fees(), StateCodec.FEES)
                                .map(FeeState::baseFee)
                                .orElseThrow(),
                        0,
                        spec.execution().blockGasLimit(),
                        0);
    }

    @Override
    public Lookup<CommittedBlock> block(long height) {
        Optional<Block> block =
                height > execution.head().height() ? Optional.empty() : blocks.block(height);
        return block.<Lookup<CommittedBlock>>map(found -> new Lookup.Found<>(committed(found)))
                .orElseGet(Lookup.NotFound::new);
    }

    private CommittedBlock committed(Block block) {
        long height = block.header().height();
        return new CommittedBlock(
                blocks.blockId(height).orElseThrow(),
                block,
                blocks.certificate(height).orElseThrow());
    }

    @Override
    public Lookup<CommittedBlock> block(Hash blockId) {
        OptionalLong height = blocks.heightOf(blockId);
        return height.isPresent() ? block(height.getAsLong()) : new Lookup.NotFound<>();
    }

    @Override
    public Lookup<StateView> state(long height) {
        ChainTip tip = execution.head();
        if (height == tip.height()) {
            return new Lookup.Found<>(view(tip.state(), tip.timeMillis()));
        }
        if (height > tip.height()) {
            return new Lookup.NotFound<>();
        }
        try {
            return new Lookup.Found<>(view(state.snapshot(height), timeOf(height)));
        } catch (PrunedException e) {
            return new Lookup.Pruned<>();
        }
    }

    private StateView view(StateSnapshot snapshot, long timeMillis) {
        return new SnapshotView(
                snapshot,
                spec.consensus().epochs(),
                spec.rules().at(snapshot.height() + 1),
                timeMillis + spec.consensus().intervalMillis());
    }

    private long timeOf(long height) {
        return blocks.block(height)
                .map(block -> block.header().timeMillis())
                .orElse(spec.genesis().timeMillis());
    }

    @Override
    public Lookup<IncludedTransaction> transaction(Hash id) {
        Optional<TransactionLocation> location =
                state.transaction(id).filter(at -> at.height() <= execution.head().height());
        return location.<Lookup<IncludedTransaction>>map(at -> new Lookup.Found<>(included(at)))
                .orElseGet(Lookup.NotFound::new);
    }

    private IncludedTransaction included(TransactionLocation at) {
        return new IncludedTransaction(
                at.height(),
                at.index(),
                blocks.blockId(at.height()).orElseThrow(),
                blocks.transaction(at.height(), at.index()).orElseThrow(),
                state.receipt(at).orElseThrow());
    }

    @Override
    public Simulation simulate(Transaction transaction) {
        ChainTip tip = execution.head();
        long height = tip.height() + 1;
        var context =
                new BlockContext(
                        height,
                        tip.timeMillis() + spec.consensus().intervalMillis(),
                        tip.nextValidators().get(0).publicKey());
        BlockExecution block =
                BlockExecution.begin(spec.rules().at(height), tip.state()::get, context, List.of());
        return switch (block.execute(transaction)) {
            case Inclusion.Included included ->
                    new Simulation.Ran(
                            tip.height(),
                            included.receipt(),
                            changes(transaction, tip.state(), block.finish()));
            case Inclusion.Refused refused ->
                    new Simulation.Refused(
                            new TxAdmission.Refused(
                                    refused.refusal().fault(), refused.refusal().detail()));
            case Inclusion.NoRoom noRoom ->
                    throw new IllegalStateException("an empty block has no room: " + noRoom);
        };
    }

    /** Of those that the transaction names; what the fee gives to others is not shown. */
    private static List<Simulation.BalanceChange> changes(
            Transaction transaction, StateSnapshot before, BlockOutcome outcome) {
        Set<Principal> named = new LinkedHashSet<>();
        named.add(transaction.body().sender());
        named.add(transaction.body().feePayer());
        for (Call call : transaction.body().calls()) {
            if (call instanceof Call.Transfer transfer) {
                named.add(transfer.to());
            }
        }
        List<Simulation.BalanceChange> changes = new ArrayList<>();
        for (Principal principal : named) {
            var key = StateKey.account(principal);
            var written = outcome.writes().get(key);
            if (written != null) {
                long delta =
                        SnapshotView.account(written).balance()
                                - SnapshotView.account(before.get(key)).balance();
                if (delta != 0) {
                    changes.add(new Simulation.BalanceChange(principal, Asset.COIN, delta));
                }
            }
        }
        return changes;
    }

    @Override
    public CompletableFuture<Void> reached(long height) {
        if (execution.head().height() >= height) {
            return CompletableFuture.completedFuture(null);
        }
        var waiter = waiting.computeIfAbsent(height, _ -> new CompletableFuture<>());
        if (execution.head().height() >= height) {
            waiter.complete(null); // committed in between
        }
        return waiter;
    }

    private static Map<String, String> namesOf(ConsensusParameters parameters) {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("intervalMillis", "" + parameters.intervalMillis());
        names.put("minIntervalMillis", "" + parameters.minIntervalMillis());
        put(names, "propose", parameters.propose());
        put(names, "verdict", parameters.verdict());
        put(names, "prevote", parameters.prevote());
        put(names, "precommit", parameters.precommit());
        names.put("growthRounds", "" + parameters.growthRounds());
        names.put("precisionMillis", "" + parameters.precisionMillis());
        names.put("messageDelayMillis", "" + parameters.messageDelayMillis());
        names.put("epochLength", "" + parameters.epochLength());
        names.put("closeBeforeTargetMillis", "" + parameters.closeBeforeTargetMillis());
        return names;
    }

    private static void put(
            Map<String, String> names, String name, ConsensusParameters.Timeout timeout) {
        names.put(name + "BaseMillis", "" + timeout.baseMillis());
        names.put(name + "PerRoundMillis", "" + timeout.perRoundMillis());
    }

    private static Map<String, String> namesOf(ExecutionParameters parameters) {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("blockGasLimit", "" + parameters.blockGasLimit());
        names.put("maxBlockBytes", "" + parameters.maxBlockBytes());
        names.put("minBaseFee", "" + parameters.minBaseFee());
        names.put("initialBaseFee", "" + parameters.initialBaseFee());
        names.put("maxValidUntilAhead", "" + parameters.maxValidUntilAhead());
        return names;
    }
}
