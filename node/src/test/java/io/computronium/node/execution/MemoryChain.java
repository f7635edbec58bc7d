package io.computronium.node.execution;

import io.computronium.genesis.Devnet;
import io.computronium.genesis.GenesisDocument;
import io.computronium.node.runtime.SettableClock;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.Signature;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.bft.Evidence;
import io.computronium.primitives.bft.SignBytes;
import io.computronium.primitives.bft.SignerBits;
import io.computronium.primitives.bft.ValidatorSet;
import io.computronium.primitives.bft.Vote;
import io.computronium.primitives.bft.VoteKind;
import io.computronium.primitives.block.Block;
import io.computronium.primitives.codec.TransactionCodec;
import io.computronium.primitives.crypto.KeyPair;
import io.computronium.primitives.tx.Call;
import io.computronium.primitives.tx.Credential;
import io.computronium.primitives.tx.PostConditionMode;
import io.computronium.primitives.tx.Transaction;
import io.computronium.primitives.tx.TransactionBody;
import io.computronium.storage.block.BlockSchema;
import io.computronium.storage.block.BlockStore;
import io.computronium.storage.memory.InMemoryStore;
import io.computronium.storage.state.StateOptions;
import io.computronium.storage.state.StateSchema;
import io.computronium.storage.state.StateStore;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One node's stores and processor in memory, and the keys of everyone to extend its chain with. */
public final class MemoryChain {

    public static final long GENESIS_MILLIS = 1_700_000_000_000L;

    private static final long MAX_FEE = 1_000_000;

    private final ChainSpec spec;
    private final StateOptions options;
    private final InMemoryStore blockRows = new InMemoryStore(BlockSchema.SCHEMA);
    private InMemoryStore stateRows = new InMemoryStore(StateSchema.SCHEMA);
    private BlockStore blocks;
    private StateStore state;
    private BlockProcessor processor;

    private MemoryChain(ChainSpec spec, StateOptions options) {
        this.spec = spec;
        this.options = options;
        this.blocks = BlockStore.open(blockRows);
        this.state = StateStore.open(stateRows, options);
        this.processor = open();
    }

    /** A chain at genesis. */
    public static MemoryChain of(int validators) {
        return of(validators, StateOptions.DEFAULT);
    }

    static MemoryChain of(int validators, StateOptions options) {
        return new MemoryChain(spec(validators), options);
    }

    public static ChainSpec spec(int validators) {
        GenesisDocument genesis = Devnet.genesis(validators, GENESIS_MILLIS);
        return ChainSpec.of(genesis);
    }

    private BlockProcessor open() {
        return BlockProcessor.open(spec, blocks, state, new SettableClock(GENESIS_MILLIS));
    }

    public ChainSpec spec() {
        return spec;
    }

    public BlockProcessor processor() {
        return processor;
    }

    public BlockStore blocks() {
        return blocks;
    }

    public StateStore state() {
        return state;
    }

    public ChainTip head() {
        return processor.head();
    }

    /** What kill -9 and a new start do. */
    public void crash() {
        blockRows.crash();
        stateRows.crash();
        reopen();
    }

    /** What a stop and a new start do. */
    public void restart() {
        blocks.close();
        state.close();
        reopen();
    }

    /** As {@link #crash}, with the folder of the state removed. */
    void loseState() {
        stateRows = new InMemoryStore(StateSchema.SCHEMA);
        crash();
    }

    private void reopen() {
        blocks = BlockStore.open(blockRows);
        state = StateStore.open(stateRows, options);
        processor = open();
    }

    /** The order for a block on the head, proposed by the first validator of the set. */
    BuildRequest request(List<Transaction> offered) {
        ChainTip head = head();
        return new BuildRequest(
                head.height() + 1,
                GENESIS_MILLIS + (head.height() + 1) * 1_000,
                head.nextValidators().get(0).publicKey(),
                head.certificate(),
                List.of(),
                offered);
    }

    /** Builds a block on the head, without committing it. */
    public PreparedBlock build(List<Transaction> offered) {
        return processor.build(request(offered));
    }

    /** As {@link #build(List)}, with another certificate for the head. */
    PreparedBlock build(CommitCertificate lastCommit, List<Transaction> offered) {
        BuildRequest usual = request(offered);
        return processor.build(
                new BuildRequest(
                        usual.height(),
                        usual.timeMillis(),
                        usual.proposer(),
                        lastCommit,
                        usual.evidence(),
                        offered));
    }

    /** As {@link #build(List)}, with evidence. */
    PreparedBlock build(List<Evidence> evidence, List<Transaction> offered) {
        BuildRequest usual = request(offered);
        return processor.build(
                new BuildRequest(
                        usual.height(),
                        usual.timeMillis(),
                        usual.proposer(),
                        usual.lastCommit(),
                        evidence,
                        offered));
    }

    /** Two prevotes of one round by the validator with this seat. */
    Evidence contradiction(int seat, long height) {
        return Evidence.DuplicateVote.of(
                prevote(seat, height, null), prevote(seat, height, Hash.ZERO));
    }

    private Vote prevote(int seat, long height, @Nullable Hash block) {
        byte[] message = SignBytes.vote(spec.identity(), VoteKind.PREVOTE, height, 0, block);
        PublicKey key = head().validators().get(seat).publicKey();
        KeyPair pair =
                IntStream.range(0, head().validators().size())
                        .mapToObj(i -> Devnet.key(Devnet.validator(i)))
                        .filter(candidate -> candidate.publicKey().equals(key))
                        .findFirst()
                        .orElseThrow();
        return new Vote(VoteKind.PREVOTE, height, 0, block, seat, pair.sign(message));
    }

    /** Builds and commits a block. */
    public BlockCommitted extend(List<Transaction> offered) {
        PreparedBlock built = build(offered);
        return processor.commit(certificate(built.block().header().height(), built.id()));
    }

    /** Appends {@code count} empty blocks. */
    public MemoryChain extended(int count) {
        for (int i = 0; i < count; i++) {
            extend(List.of());
        }
        return this;
    }

    /** As block sync would. */
    public BlockCommitted follow(Block block, CommitCertificate certificate) {
        if (!(processor.judge(block) instanceof Judgement.Valid)) {
            throw new AssertionError("not valid: " + processor.judge(block));
        }
        return processor.commit(certificate);
    }

    /** Signed by all validators, in round 0. */
    public CommitCertificate certificate(long height, Hash blockId) {
        ValidatorSet set = spec.genesis().validatorSet();
        return certificate(height, 0, blockId, IntStream.range(0, set.size()).toArray());
    }

    /** Signed by the validators at these places of the set. */
    public CommitCertificate certificate(long height, int round, Hash blockId, int... places) {
        ValidatorSet set = spec.genesis().validatorSet();
        byte[] message =
                SignBytes.vote(spec.identity(), VoteKind.PRECOMMIT, height, round, blockId);
        var signers = new BitSet();
        List<Signature> signatures = new ArrayList<>();
        for (int place : places) {
            signers.set(place);
            signatures.add(key(place).sign(message));
        }
        return new CommitCertificate(
                height, round, blockId, SignerBits.of(signers, set.size()), signatures);
    }

    /** The consensus key at a place of the set. */
    public KeyPair key(int place) {
        PublicKey key = spec.genesis().validatorSet().get(place).publicKey();
        return IntStream.range(0, spec.genesis().validators().size())
                .mapToObj(i -> Devnet.key(Devnet.validator(i)))
                .filter(pair -> pair.publicKey().equals(key))
                .findFirst()
                .orElseThrow();
    }

    /** A signed transfer between two accounts of the development network. */
    public Transaction transfer(String from, String to, long sequence, long grains) {
        KeyPair key = Devnet.key(from);
        var body =
                new TransactionBody(
                        TransactionBody.VERSION,
                        spec.identity().chainId(),
                        Devnet.account(from),
                        0,
                        sequence,
                        head().height() + 100,
                        50_000,
                        MAX_FEE,
                        0,
                        null,
                        List.of(new Call.Transfer(Devnet.account(to), grains, null)),
                        List.of(),
                        PostConditionMode.DENY,
                        Bytes.EMPTY);
        byte[] message = SignBytes.transactionSender(spec.identity(), TransactionCodec.idOf(body));
        return TransactionCodec.assemble(
                body, new Credential.Single(key.publicKey(), key.sign(message)), null);
    }
}
