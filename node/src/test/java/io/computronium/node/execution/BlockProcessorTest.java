package io.computronium.node.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.node.runtime.SettableClock;
import io.computronium.primitives.Hash;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.block.Block;
import io.computronium.primitives.block.Header;
import io.computronium.primitives.codec.BftCodec;
import io.computronium.primitives.codec.BlockCodec;
import io.computronium.storage.block.BlockSchema;
import io.computronium.storage.block.BlockStore;
import io.computronium.storage.memory.InMemoryStore;
import io.computronium.storage.state.StateOptions;
import io.computronium.storage.state.StateSchema;
import io.computronium.storage.state.StateStore;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BlockProcessorTest {

    private final OneValidator chain = new OneValidator();

    @Test
    void oneNodeBuildsAndAnotherAgrees() {
        BlockProcessor proposer = chain.open();
        PreparedBlock built =
                chain.build(proposer, List.of(chain.payment(proposer), chain.payment(proposer)));
        assertEquals(2, built.block().transactions().size());

        BlockProcessor other = new OneValidator().open();
        assertInstanceOf(Judgement.Valid.class, other.judge(built.block()));
        CommitCertificate certificate = chain.certify(built.id(), 1);
        assertEquals(
                proposer.commit(certificate).head().state().root(),
                other.commit(certificate).head().state().root());
    }

    @Test
    void aChainOfAThousandBlocksReplaysToTheSameRoot() {
        BlockProcessor processor = chain.open();
        for (int height = 1; height <= 1_000; height++) {
            chain.extend(processor, List.of(chain.payment(processor)));
        }
        Hash root = processor.head().state().root();

        // Power fails: whatever of the state was not flushed is gone.
        chain.blockData.crash();
        chain.stateData.crash();
        BlockProcessor restarted = chain.open();
        assertEquals(1_000, restarted.head().height());
        assertEquals(root, restarted.head().state().root());

        // The state is lost altogether: the log alone brings it back.
        chain.stateData = new InMemoryStore(StateSchema.SCHEMA);
        BlockProcessor rebuilt = chain.open();
        assertEquals(root, rebuilt.head().state().root());
        chain.extend(rebuilt, List.of(chain.payment(rebuilt)));
        assertEquals(1_001, rebuilt.head().height());
    }

    @Test
    void aStateThatIsAheadOfTheLogIsRefused() {
        BlockProcessor processor = chain.open();
        for (int height = 1; height <= 20; height++) {
            chain.extend(processor, List.of());
        }
        var otherLog = new InMemoryStore(BlockSchema.SCHEMA);
        assertThrows(
                InconsistentStoresException.class,
                () ->
                        BlockProcessor.open(
                                chain.spec,
                                BlockStore.open(otherLog),
                                StateStore.open(chain.stateData, StateOptions.DEFAULT),
                                new SettableClock(0)));
    }

    @Test
    void aCandidateJudgedBeforeARestartIsCommittedAfterIt() {
        BlockProcessor processor = chain.open();
        PreparedBlock built = chain.build(processor, List.of(chain.payment(processor)));
        chain.blockData.crash();
        chain.stateData.crash();
        BlockProcessor restarted = chain.open();
        BlockCommitted committed = restarted.commit(chain.certify(built.id(), 1));
        assertEquals(built.state().root(), committed.head().state().root());
    }

    @Test
    void aBlockOfAnotherHeightIsNotJudged() {
        BlockProcessor processor = chain.open();
        PreparedBlock built = chain.build(processor, List.of());
        processor.commit(chain.certify(built.id(), 1));
        assertEquals(new Judgement.OffHeight(1), processor.judge(built.block()));
    }

    static Stream<Arguments> faults() {
        Hash other = Hash.of(new byte[32]);
        return Stream.of(
                fault("chainId", h -> copy(h, "other", h.timeMillis(), h.parent(), h.epoch())),
                fault("parent", h -> copy(h, h.chainId(), h.timeMillis(), other, h.epoch())),
                fault(
                        "timeMillis",
                        h -> copy(h, h.chainId(), h.timeMillis() - 501, h.parent(), h.epoch())),
                fault("epoch", h -> copy(h, h.chainId(), h.timeMillis(), h.parent(), 1)),
                fault("lastCommit", h -> roots(h, other, h.stateRoot(), h.receiptsRoot())),
                fault("stateRoot", h -> roots(h, h.lastCommitHash(), other, h.receiptsRoot())),
                fault("receiptsRoot", h -> roots(h, h.lastCommitHash(), h.stateRoot(), other)),
                fault("gasUsed", h -> gas(h, h.gasUsed() + 1, h.gasLimit(), h.baseFee())),
                fault("gasLimit", h -> gas(h, h.gasUsed(), h.gasLimit() + 1, h.baseFee())),
                fault("baseFee", h -> gas(h, h.gasUsed(), h.gasLimit(), h.baseFee() + 1)));
    }

    private static Arguments fault(String field, UnaryOperator<Header> spoil) {
        return Arguments.of(field, spoil);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void refusesABlockWithAWrong(String field, UnaryOperator<Header> spoil) {
        BlockProcessor proposer = chain.open();
        PreparedBlock built = chain.build(proposer, List.of(chain.payment(proposer)));
        Block spoilt =
                new Block(
                        spoil.apply(built.block().header()),
                        built.block().lastCommit(),
                        List.of(),
                        built.block().transactions());
        BlockProcessor judge = new OneValidator().open();
        Hash before = judge.head().state().root();
        var invalid = assertInstanceOf(Judgement.Invalid.class, judge.judge(spoilt));
        String expected = field.equals("lastCommit") ? "body" : field;
        assertTrue(invalid.reason().startsWith(expected), invalid.reason());
        assertEquals(before, judge.head().state().root());
        assertInstanceOf(Judgement.Valid.class, judge.judge(built.block()), "still judges well");
    }

    @Test
    void refusesACertificateOfTheParentWithoutQuorum() {
        BlockProcessor processor = chain.open();
        chain.extend(processor, List.of());
        PreparedBlock built = chain.build(processor, List.of());
        CommitCertificate stranger =
                new CommitCertificate(
                        1,
                        0,
                        processor.head().blockId(),
                        chain.certify(built.id(), 2).signers(),
                        chain.certify(built.id(), 2).signatures());
        Header h = built.block().header();
        Header spoilt = roots(h, BftCodec.hashOf(stranger), h.stateRoot(), h.receiptsRoot());
        var block = new Block(spoilt, stranger, List.of(), List.of());
        assertTrue(BlockCodec.bodyFits(block));
        var invalid = assertInstanceOf(Judgement.Invalid.class, processor.judge(block));
        assertTrue(invalid.reason().startsWith("lastCommit"), invalid.reason());
    }

    private static Header copy(Header h, String chainId, long timeMillis, Hash parent, long epoch) {
        return header(
                h,
                chainId,
                timeMillis,
                parent,
                epoch,
                h.lastCommitHash(),
                h.stateRoot(),
                h.receiptsRoot(),
                h.gasUsed(),
                h.gasLimit(),
                h.baseFee(),
                h.proposer());
    }

    private static Header roots(Header h, Hash lastCommit, Hash state, Hash receipts) {
        return header(
                h,
                h.chainId(),
                h.timeMillis(),
                h.parent(),
                h.epoch(),
                lastCommit,
                state,
                receipts,
                h.gasUsed(),
                h.gasLimit(),
                h.baseFee(),
                h.proposer());
    }

    private static Header gas(Header h, long used, long limit, long baseFee) {
        return header(
                h,
                h.chainId(),
                h.timeMillis(),
                h.parent(),
                h.epoch(),
                h.lastCommitHash(),
                h.stateRoot(),
                h.receiptsRoot(),
                used,
                limit,
                baseFee,
                h.proposer());
    }

    private static Header header(
            Header h,
            String chainId,
            long timeMillis,
            Hash parent,
            long epoch,
            Hash lastCommit,
            Hash state,
            Hash receipts,
            long gasUsed,
            long gasLimit,
            long baseFee,
            PublicKey proposer) {
        return new Header(
                h.version(),
                chainId,
                h.height(),
                timeMillis,
                parent,
                lastCommit,
                h.transactionRoot(),
                h.evidenceRoot(),
                epoch,
                h.validatorsHash(),
                h.nextValidatorsHash(),
                h.parametersHash(),
                state,
                receipts,
                gasUsed,
                gasLimit,
                baseFee,
                proposer);
    }
}
