package io.computronium.node.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.BrokenInvariantException;
import io.computronium.primitives.Hash;
import io.computronium.primitives.Signature;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.bft.Evidence;
import io.computronium.primitives.bft.Vote;
import io.computronium.primitives.bft.VoteKind;
import io.computronium.primitives.block.Block;
import io.computronium.primitives.codec.BftCodec;
import io.computronium.primitives.codec.BlockCodec;
import io.computronium.primitives.crypto.KeyPair;
import io.computronium.primitives.tx.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Building, judging and committing. */
class BlockProcessorTest {

    private static final Hash OTHER = Hash.ofHex("5a".repeat(32));

    private final MemoryChain proposer = MemoryChain.of(4);
    private final MemoryChain validator = MemoryChain.of(4);

    /** The block that the tests are about: the third, with two transfers. */
    private Block block = proposer.build(List.of()).block();

    @BeforeEach
    void twoBlocksAndAThird() {
        for (int i = 0; i < 2; i++) {
            BlockCommitted made =
                    proposer.extend(List.of(proposer.transfer("alice", "bob", i, 1_000)));
            follow(made);
        }
        block =
                proposer.build(
                                List.of(
                                        proposer.transfer("alice", "bob", 2, 5),
                                        proposer.transfer("carol", "dave", 0, 7)))
                        .block();
    }

    private void follow(BlockCommitted made) {
        validator.follow(
                made.block(), proposer.certificate(made.head().height(), made.head().blockId()));
    }

    private Judgement judge(Block judged) {
        return validator.processor().judge(judged);
    }

    @Test
    void whatOneBuildsAnotherFindsValidAndBothCommitToTheSameState() {
        var valid = assertInstanceOf(Judgement.Valid.class, judge(block));
        var certificate = proposer.certificate(3, valid.prepared().id());

        BlockCommitted built = proposer.processor().commit(certificate);
        BlockCommitted followed = validator.processor().commit(certificate);

        assertEquals(block.header().stateRoot(), proposer.state().root());
        assertEquals(block.header().stateRoot(), validator.state().root());
        assertEquals(built.receipts(), followed.receipts());
        assertEquals(2, followed.receipts().size());
        assertEquals(3, validator.head().height());
        assertEquals(certificate, validator.head().certificate());
        assertEquals(block, validator.blocks().block(3).orElseThrow());
    }

    @Test
    void aValidBlockIsACandidateBeforeAnyoneCanVoteForIt() {
        judge(block);
        assertEquals(
                block, validator.blocks().candidate(BlockCodec.idOf(block.header())).orElseThrow());
        validator.crash();
        assertEquals(
                block, validator.blocks().candidate(BlockCodec.idOf(block.header())).orElseThrow());
    }

    @Test
    void whatDoesNotPassIsLeftOut() {
        Transaction good = proposer.transfer("alice", "bob", 2, 1);
        List<Transaction> offered =
                List.of(
                        proposer.transfer("alice", "bob", 0, 1), // used
                        good,
                        proposer.transfer("alice", "bob", 9, 1)); // ahead
        assertEquals(List.of(good), proposer.build(offered).block().transactions());
    }

    @Test
    void aBlockOfAnotherHeightIsNotJudged() {
        follow(proposer.extend(List.of()));
        Block old = validator.blocks().block(2).orElseThrow();
        assertEquals(new Judgement.OffHeight(3), judge(old));
        proposer.extend(List.of());
        assertEquals(new Judgement.OffHeight(3), judge(proposer.build(List.of()).block()));
    }

    @Test
    void severalBlocksOfAHeightWaitForTheDecision() {
        Block other = proposer.build(List.of()).block();
        var first = assertInstanceOf(Judgement.Valid.class, judge(block));
        var second = assertInstanceOf(Judgement.Valid.class, judge(other));
        assertNotEquals(first.prepared().id(), second.prepared().id());
        validator.processor().commit(proposer.certificate(3, first.prepared().id()));
        assertEquals(block.header().stateRoot(), validator.state().root());
        assertTrue(validator.blocks().candidate(second.prepared().id()).isEmpty());
    }

    @Test
    void moreBlocksThanAreKeptReadyCanStillBeDecided() {
        List<PreparedBlock> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Transaction one = proposer.transfer("alice", "bob", 2, 100 + i);
            Block candidate = proposer.build(List.of(one)).block();
            all.add(assertInstanceOf(Judgement.Valid.class, judge(candidate)).prepared());
        }
        PreparedBlock oldest = all.getFirst();
        validator.processor().commit(proposer.certificate(3, oldest.id()));
        assertEquals(oldest.block().header().stateRoot(), validator.state().root());
    }

    @Test
    void aCandidateFromBeforeARestartCanBeDecided() {
        judge(block);
        validator.crash();
        assertEquals(2, validator.head().height());
        Hash id = BlockCodec.idOf(block.header());
        BlockCommitted committed = validator.processor().commit(proposer.certificate(3, id));
        assertEquals(block.header().stateRoot(), committed.head().state().root());
    }

    @Test
    void whatWasNeverHereCannotBeCommitted() {
        CommitCertificate certificate = proposer.certificate(3, OTHER);
        assertThrows(
                BrokenInvariantException.class, () -> validator.processor().commit(certificate));
    }

    @Test
    void blocksAreBuiltOnTheHeadOnly() {
        BuildRequest third = proposer.request(List.of());
        proposer.extend(List.of());
        assertThrows(BrokenInvariantException.class, () -> proposer.processor().build(third));
    }

    // ---- what is wrong with a block

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aFaultOfTheHeaderIsNamed(String field, Consumer<HeaderDraft> edit) {
        var draft = new HeaderDraft(block.header());
        edit.accept(draft);
        requireInvalid(
                field,
                new Block(
                        draft.header(),
                        block.lastCommit(),
                        block.evidence(),
                        block.transactions()));
    }

    static Stream<Arguments> aFaultOfTheHeaderIsNamed() {
        return Stream.of(
                fault("chainId", h -> h.chainId = "cptm-other"),
                fault("parent", h -> h.parent = OTHER),
                fault("timeMillis", h -> h.timeMillis -= 501),
                fault("timeMillis", h -> h.timeMillis = 0),
                fault("epoch", h -> h.epoch++),
                fault("validatorsHash", h -> h.validatorsHash = OTHER),
                fault("parametersHash", h -> h.parametersHash = OTHER),
                fault("gasLimit", h -> h.gasLimit++),
                fault("gasLimit", h -> h.gasLimit--),
                fault("proposer", h -> h.proposer = KeyPair.fromSeed(new byte[32]).publicKey()),
                fault("body", h -> h.lastCommitHash = OTHER),
                fault("body", h -> h.transactionRoot = OTHER),
                fault("body", h -> h.evidenceRoot = OTHER),
                fault("gasUsed", h -> h.gasUsed++),
                fault("baseFee", h -> h.baseFee++),
                fault("receiptsRoot", h -> h.receiptsRoot = OTHER),
                fault("nextValidatorsHash", h -> h.nextValidatorsHash = OTHER),
                fault("stateRoot", h -> h.stateRoot = OTHER));
    }

    private static Arguments fault(String field, Consumer<HeaderDraft> edit) {
        return Arguments.of(field, edit);
    }

    @Test
    void theEarliestTimeIsTheLeastIntervalAfterTheParent() {
        var draft = new HeaderDraft(block.header());
        draft.timeMillis = validator.head().timeMillis() + 500;
        assertInstanceOf(Judgement.Valid.class, judge(with(draft, block.transactions())));
    }

    @Test
    void evidenceThatConvictsNobodySpoilsTheBlock() {
        Evidence evidence = Evidence.DuplicateVote.of(vote(OTHER), vote(null));
        var draft = new HeaderDraft(block.header());
        draft.evidenceRoot = BftCodec.rootOf(List.of(evidence));
        requireInvalid(
                "evidence",
                new Block(
                        draft.header(),
                        block.lastCommit(),
                        List.of(evidence),
                        block.transactions()));
    }

    private Vote vote(@Nullable Hash id) {
        var zeros = Signature.of(new byte[64]);
        return new Vote(VoteKind.PREVOTE, 2, 0, id, 1, zeros);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void theLastCommitHasToProveTheParent(String what, LastCommit lastCommit) {
        CommitCertificate commit = lastCommit.of(proposer, validator.head().blockId());
        var draft = new HeaderDraft(block.header());
        draft.lastCommitHash = BftCodec.hashOf(commit);
        requireInvalid(
                "lastCommit",
                new Block(draft.header(), commit, block.evidence(), block.transactions()));
    }

    interface LastCommit {
        CommitCertificate of(MemoryChain chain, Hash parent);
    }

    static Stream<Arguments> theLastCommitHasToProveTheParent() {
        return Stream.of(
                commit("two of four", (chain, id) -> chain.certificate(2, 0, id, 0, 1)),
                commit("of another block", (chain, id) -> chain.certificate(2, OTHER)),
                commit("of another height", (chain, id) -> chain.certificate(1, id)),
                commit(
                        "signed in another round",
                        (chain, id) -> {
                            var good = chain.certificate(2, id);
                            return new CommitCertificate(
                                    2, 1, id, good.signers(), good.signatures());
                        }));
    }

    private static Arguments commit(String what, LastCommit commit) {
        return Arguments.of(what, commit);
    }

    @Test
    void aLastCommitOfAnyQuorumAndRoundWillDo() {
        CommitCertificate commit = proposer.certificate(2, 3, validator.head().blockId(), 0, 2, 3);
        Block other = proposer.build(commit, block.transactions()).block();
        assertEquals(commit, other.lastCommit());
        assertInstanceOf(Judgement.Valid.class, judge(other));
    }

    /** Rewards go by who signed, so one certificate cannot be exchanged for another. */
    @Test
    void theStateDependsOnWhoSigned() {
        CommitCertificate commit = proposer.certificate(2, 3, validator.head().blockId(), 0, 2, 3);
        var draft = new HeaderDraft(block.header());
        draft.lastCommitHash = BftCodec.hashOf(commit);
        requireInvalid(
                "stateRoot",
                new Block(draft.header(), commit, block.evidence(), block.transactions()));
    }

    @Test
    void evidenceIsVerifiedAndExecuted() {
        Evidence evidence = proposer.contradiction(3, 1);
        Block accusing = proposer.build(List.of(evidence), block.transactions()).block();
        assertEquals(List.of(evidence), accusing.evidence());
        assertInstanceOf(Judgement.Valid.class, judge(accusing));
        assertEquals(
                List.of(),
                proposer.build(List.of(forged(evidence)), List.of()).block().evidence(),
                "a proposer leaves out what convicts nobody");
    }

    private static Evidence forged(Evidence evidence) {
        var votes = (Evidence.DuplicateVote) evidence;
        return new Evidence.DuplicateVote(votes.first(), otherSignature(votes.second()));
    }

    private static Vote otherSignature(Vote vote) {
        return new Vote(
                vote.kind(),
                vote.height(),
                vote.round(),
                vote.blockId(),
                vote.validatorIndex(),
                Signature.of(new byte[64]));
    }

    @Test
    void aTransactionThatMayNotBeIncludedSpoilsTheBlock() {
        List<Transaction> transactions =
                List.of(
                        block.transactions().getFirst(),
                        proposer.transfer("alice", "bob", 1, 3)); // used
        requireInvalid("transaction 1", withTransactions(transactions));
    }

    @Test
    void theOrderOfTransactionsIsPartOfTheBlock() {
        requireInvalid(
                "body", with(new HeaderDraft(block.header()), block.transactions().reversed()));
    }

    @Test
    void aBodyThatLacksATransactionIsNotTheHeaders() {
        requireInvalid(
                "body", with(new HeaderDraft(block.header()), block.transactions().subList(0, 1)));
    }

    private Block withTransactions(List<Transaction> transactions) {
        var draft = new HeaderDraft(block.header());
        draft.transactionRoot =
                BlockCodec.transactionRoot(
                        transactions.stream().map(Transaction::wireHash).toList());
        return with(draft, transactions);
    }

    private Block with(HeaderDraft draft, List<Transaction> transactions) {
        return new Block(draft.header(), block.lastCommit(), block.evidence(), transactions);
    }

    /** Nothing of the refused block may stay, and the good one must still be valid. */
    private void requireInvalid(String field, Block bad) {
        Hash root = validator.state().root();
        var invalid = assertInstanceOf(Judgement.Invalid.class, judge(bad));
        assertTrue(invalid.reason().startsWith(field), invalid.reason());
        assertEquals(root, validator.state().root());
        assertEquals(2, validator.head().height());
        assertTrue(validator.blocks().candidates(3).isEmpty(), "nothing is kept");
        assertInstanceOf(Judgement.Valid.class, judge(block));
    }
}
