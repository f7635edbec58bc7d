package io.computronium.node.execution;

import io.computronium.node.runtime.NodeClock;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.Hash;
import io.computronium.primitives.Invariants;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.bft.Epochs;
import io.computronium.primitives.bft.Evidence;
import io.computronium.primitives.bft.SignerBits;
import io.computronium.primitives.bft.ValidatorSet;
import io.computronium.primitives.block.Block;
import io.computronium.primitives.block.Header;
import io.computronium.primitives.codec.BftCodec;
import io.computronium.primitives.codec.BlockCodec;
import io.computronium.primitives.codec.ReceiptCodec;
import io.computronium.primitives.crypto.Ed25519;
import io.computronium.primitives.tx.Transaction;
import io.computronium.storage.block.BlockStore;
import io.computronium.storage.state.PreparedState;
import io.computronium.storage.state.StateOptions;
import io.computronium.storage.state.StateStore;
import io.computronium.vm.BlockContext;
import io.computronium.vm.BlockExecution;
import io.computronium.vm.BlockOutcome;
import io.computronium.vm.BlockVerdict;
import io.computronium.vm.GenesisState;
import io.computronium.vm.Inclusion;
import io.computronium.vm.RuleSchedule;
import io.computronium.vm.Rules;
import io.computronium.vm.SeatsOfState;
import io.computronium.vm.builtin.Seat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Executes blocks over the stores of one node. For one thread.
 *
 * <p>The block log is the truth: {@link #open} executes again what the log has beyond the state and
 * demands the same roots.
 */
public final class BlockProcessor {

    /** How long a proposer fills its block: its own policy, never a rule of validity. */
    private static final long FILL_NANOS = 350_000_000;

    private static final int MAX_PREPARED = 16;

    private final ChainIdentity chain;
    private final RuleSchedule rules;
    private final Epochs epochs;
    private final long minIntervalMillis;
    private final Hash parametersHash;
    private final BlockStore blocks;
    private final StateStore state;
    private final NodeClock clock;
    private final Map<Hash, PreparedBlock> prepared = new LinkedHashMap<>();
    private ChainTip head;

    private BlockProcessor(ChainSpec spec, BlockStore blocks, StateStore state, NodeClock clock) {
        this.chain = spec.identity();
        this.rules = spec.rules();
        this.epochs = spec.consensus().epochs();
        this.minIntervalMillis = spec.consensus().minIntervalMillis();
        this.parametersHash = spec.parametersHash();
        this.blocks = blocks;
        this.state = state;
        this.clock = clock;
        this.head = genesisHead(spec);
    }

    /**
     * Brings the state up to the block log.
     *
     * @param state set to the genesis state if it is new
     * @throws InconsistentStoresException if log and state do not belong together
     */
    public static BlockProcessor open(
            ChainSpec spec, BlockStore blocks, StateStore state, NodeClock clock) {
        boolean fresh = !state.isInitialised();
        if (fresh) {
            state.initialise(genesisState(spec));
        }
        var processor = new BlockProcessor(spec, blocks, state, clock);
        processor.replay(fresh);
        return processor;
    }

    private static SortedMap<Bytes, Bytes> genesisState(ChainSpec spec) {
        var values = new TreeMap<Bytes, Bytes>();
        GenesisState.writes(spec.rules().at(1), spec.genesis().content())
                .forEach((key, value) -> values.put(key, value.orElseThrow()));
        return values;
    }

    public ChainTip head() {
        return head;
    }

    /**
     * Builds a block on the head, keeps it ready to commit, and makes it durable as a candidate.
     */
    public PreparedBlock build(BuildRequest request) {
        Invariants.check(request.height() == head.height() + 1, "blocks are built on the head");
        var context =
                new BlockContext(
                        request.height(),
                        request.timeMillis(),
                        request.proposer(),
                        signersOf(request.lastCommit()));
        BlockExecution execution =
                BlockExecution.begin(
                        rulesAt(request.height()), state::get, context, request.evidence());
        List<Transaction> included = fill(execution, request.offered());
        BlockOutcome outcome = execution.finish();
        PreparedState preparedState = state.prepare(request.height(), outcome.writes());
        List<Evidence> evidence = execution.evidence();
        Header header = header(request, evidence, included, outcome, preparedState.root());
        var block = new Block(header, request.lastCommit(), evidence, included);
        return keep(BlockCodec.idOf(header), block, outcome, preparedState);
    }

    private List<Transaction> fill(BlockExecution execution, List<Transaction> offered) {
        List<Transaction> included = new ArrayList<>(offered.size());
        long start = clock.monotonicNanos();
        for (Transaction transaction : offered) {
            if (clock.monotonicNanos() - start > FILL_NANOS) {
                break;
            }
            switch (execution.execute(transaction)) {
                case Inclusion.Included ran -> included.add(transaction);
                case Inclusion.Excluded left -> {}
            }
        }
        return included;
    }

    private Header header(
            BuildRequest request,
            List<Evidence> evidence,
            List<Transaction> included,
            BlockOutcome outcome,
            Hash stateRoot) {
        return new Header(
                Header.VERSION,
                chain.chainId(),
                request.height(),
                request.timeMillis(),
                head.blockId(),
                BftCodec.hashOf(request.lastCommit()),
                BlockCodec.transactionRoot(included.stream().map(Transaction::wireHash).toList()),
                BftCodec.rootOf(evidence),
                epochs.epochOf(request.height()),
                BftCodec.hashOf(head.nextValidators()),
                BftCodec.hashOf(outcome.nextValidators()),
                parametersHash,
                stateRoot,
                ReceiptCodec.rootOf(outcome.allReceipts()),
                outcome.gasUsed(),
                rulesAt(request.height()).parameters().blockGasLimit(),
                outcome.baseFee(),
                request.proposer());
    }

    /**
     * Judges a block whose signatures of transactions are verified. A valid one is ready to commit
     * and durable as a candidate (W7) when this returns.
     */
    public Judgement judge(Block block) {
        Header header = block.header();
        if (header.height() != head.height() + 1) {
            return new Judgement.OffHeight(head.height());
        }
        Hash id = BlockCodec.idOf(header);
        PreparedBlock known = prepared.get(id);
        if (known != null) {
            return new Judgement.Valid(known);
        }
        String fault = faultOf(block);
        return fault != null ? new Judgement.Invalid(fault) : execute(id, block);
    }

    /** What the head alone says against a block; null: nothing. */
    private @Nullable String faultOf(Block block) {
        Header header = block.header();
        if (!header.chainId().equals(chain.chainId())) {
            return "chainId";
        }
        if (!header.parent().equals(head.blockId())) {
            return "parent";
        }
        if (header.timeMillis() < head.timeMillis() + minIntervalMillis) {
            return "timeMillis: too close to the parent";
        }
        if (header.epoch() != epochs.epochOf(header.height())) {
            return "epoch";
        }
        if (!header.validatorsHash().equals(BftCodec.hashOf(head.nextValidators()))) {
            return "validatorsHash";
        }
        if (!header.parametersHash().equals(parametersHash)) {
            return "parametersHash";
        }
        if (header.gasLimit() != rulesAt(header.height()).parameters().blockGasLimit()) {
            return "gasLimit";
        }
        if (head.nextValidators().indexOf(header.proposer()).isEmpty()) {
            return "proposer: has no seat";
        }
        return !BlockCodec.bodyFits(block) ? "body: not the header's" : commitFault(block);
    }

    private @Nullable String commitFault(Block block) {
        CommitCertificate commit = block.lastCommit();
        if (commit == null) {
            return null; // height 1, by the block's own rule
        }
        boolean proves =
                commit.height() == head.height()
                        && commit.blockId().equals(head.blockId())
                        && commit.isValid(chain, head.validators(), Ed25519::verify);
        return proves ? null : "lastCommit: does not prove the parent";
    }

    private Judgement execute(Hash id, Block block) {
        Header header = block.header();
        var context =
                new BlockContext(
                        header.height(),
                        header.timeMillis(),
                        header.proposer(),
                        signersOf(block.lastCommit()));
        BlockVerdict verdict =
                BlockExecution.run(
                        rulesAt(header.height()),
                        state::get,
                        context,
                        block.evidence(),
                        block.transactions());
        return switch (verdict) {
            case BlockVerdict.Invalid invalid ->
                    new Judgement.Invalid(
                            "transaction " + invalid.index() + ": " + invalid.reason());
            case BlockVerdict.InvalidEvidence invalid ->
                    new Judgement.Invalid("evidence " + invalid.index() + ": " + invalid.reason());
            case BlockVerdict.Executed executed -> compare(id, block, executed.outcome());
        };
    }

    private static @Nullable SignerBits signersOf(@Nullable CommitCertificate commit) {
        return commit == null ? null : commit.signers();
    }

    private Judgement compare(Hash id, Block block, BlockOutcome outcome) {
        Header header = block.header();
        if (header.gasUsed() != outcome.gasUsed()) {
            return new Judgement.Invalid("gasUsed: " + outcome.gasUsed());
        }
        if (header.baseFee() != outcome.baseFee()) {
            return new Judgement.Invalid("baseFee: " + outcome.baseFee());
        }
        if (!header.receiptsRoot().equals(ReceiptCodec.rootOf(outcome.allReceipts()))) {
            return new Judgement.Invalid("receiptsRoot");
        }
        if (!header.nextValidatorsHash().equals(BftCodec.hashOf(outcome.nextValidators()))) {
            return new Judgement.Invalid("nextValidatorsHash");
        }
        PreparedState preparedState = state.prepare(header.height(), outcome.writes());
        if (!header.stateRoot().equals(preparedState.root())) {
            return new Judgement.Invalid("stateRoot: " + preparedState.root());
        }
        return new Judgement.Valid(keep(id, block, outcome, preparedState));
    }

    private PreparedBlock keep(
            Hash id, Block block, BlockOutcome outcome, PreparedState preparedState) {
        blocks.putCandidate(id, block);
        var ready = new PreparedBlock(id, block, outcome, preparedState);
        if (prepared.size() == MAX_PREPARED) {
            prepared.remove(prepared.keySet().iterator().next());
        }
        prepared.put(id, ready);
        return ready;
    }

    /**
     * Makes the certified block final. It must have been built or judged valid on this head; if
     * that was before a restart, the candidate is judged again.
     *
     * @param certificate valid for the head's next validators
     */
    public BlockCommitted commit(CommitCertificate certificate) {
        PreparedBlock ready = prepared.get(certificate.blockId());
        if (ready == null) {
            ready = judgeAgain(certificate.blockId());
        }
        long start = clock.monotonicNanos();
        blocks.commit(certificate);
        return apply(ready, certificate, start);
    }

    private PreparedBlock judgeAgain(Hash id) {
        Optional<Block> candidate = blocks.candidate(id);
        Invariants.check(candidate.isPresent(), "a decided block is a candidate here");
        Judgement judgement = judge(candidate.orElseThrow());
        Invariants.check(judgement instanceof Judgement.Valid, "a decided block is valid");
        return ((Judgement.Valid) judgement).prepared();
    }

    private BlockCommitted apply(
            PreparedBlock ready, CommitCertificate certificate, long startNanos) {
        Block block = ready.block();
        state.commit(
                ready.state(),
                ready.outcome().allReceipts(),
                block.transactions().stream().map(Transaction::id).toList());
        prepared.clear();
        Header header = block.header();
        head =
                new ChainTip(
                        header.height(),
                        ready.id(),
                        header.timeMillis(),
                        header,
                        certificate,
                        head.nextValidators(),
                        ready.outcome().nextValidators(),
                        block.transactions().size(),
                        state.snapshot());
        return new BlockCommitted(
                head,
                block,
                ready.outcome().receipts(),
                ready.outcome().accounts(),
                clock.monotonicNanos() - startNanos);
    }

    private void replay(boolean fresh) {
        long applied = state.appliedHeight();
        long logged = blocks.lastHeight().orElse(0);
        if (applied > logged || (!fresh && logged - applied > StateOptions.MAX_UNFLUSHED)) {
            throw new InconsistentStoresException(
                    "the state is at height " + applied + ", the block log at " + logged);
        }
        if (applied > 0) {
            head = headAt(applied);
        }
        for (long height = applied + 1; height <= logged; height++) {
            Block block = blocks.block(height).orElseThrow();
            CommitCertificate certificate = blocks.certificate(height).orElseThrow();
            switch (judge(block)) {
                case Judgement.Valid valid ->
                        apply(valid.prepared(), certificate, clock.monotonicNanos());
                case Judgement.Invalid invalid ->
                        throw new InconsistentStoresException(
                                "block " + height + " of the log: " + invalid.reason());
                case Judgement.OffHeight off ->
                        throw new InconsistentStoresException(
                                "block " + height + " of the log is not for its height");
            }
        }
    }

    private ChainTip headAt(long height) {
        Header header = blocks.header(height).orElseThrow(() -> missing(height));
        if (!header.stateRoot().equals(state.root())) {
            throw new InconsistentStoresException(
                    "the state's root is not that of block " + height);
        }
        List<Seat> next = SeatsOfState.next(state::get);
        List<Seat> deciding = epochs.isLast(height) ? SeatsOfState.ofEpochBefore(state::get) : next;
        return new ChainTip(
                height,
                blocks.blockId(height).orElseThrow(() -> missing(height)),
                header.timeMillis(),
                header,
                blocks.certificate(height).orElseThrow(() -> missing(height)),
                Seat.set(deciding),
                Seat.set(next),
                blocks.block(height).orElseThrow(() -> missing(height)).transactions().size(),
                state.snapshot());
    }

    private static InconsistentStoresException missing(long height) {
        return new InconsistentStoresException("the block log lacks block " + height);
    }

    private ChainTip genesisHead(ChainSpec spec) {
        ValidatorSet validators = spec.genesis().validatorSet();
        return new ChainTip(
                0,
                chain.genesisHash(),
                spec.genesis().timeMillis(),
                null,
                null,
                validators,
                validators,
                0,
                state.snapshot());
    }

    private Rules rulesAt(long height) {
        return rules.at(height);
    }
}
