package io.computronium.node.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.node.driver.BlockAssembler.Progress;
import io.computronium.node.execution.HeaderDraft;
import io.computronium.node.execution.MemoryChain;
import io.computronium.p2p.message.BlockGossip;
import io.computronium.p2p.message.BlockGossip.BodiesResponse;
import io.computronium.p2p.message.BlockGossip.CompactBlock;
import io.computronium.p2p.message.BlockGossip.CompactBlockHashes;
import io.computronium.p2p.message.IndexSet;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.NodeId;
import io.computronium.primitives.Signature;
import io.computronium.primitives.bft.Evidence;
import io.computronium.primitives.bft.Vote;
import io.computronium.primitives.bft.VoteKind;
import io.computronium.primitives.block.Block;
import io.computronium.primitives.codec.BlockCodec;
import io.computronium.primitives.tx.Transaction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Blocks out of compact blocks, the pool and bodies. */
class BlockAssemblerTest {

    private static final NodeId PEER = NodeId.ofHex("01".repeat(20));
    private static final NodeId OTHER = NodeId.ofHex("02".repeat(20));
    private static final Progress WAITING = new Progress.Waiting();

    private final MemoryChain chain = MemoryChain.of(4).extended(1);
    private final Map<Hash, Transaction> pool = new HashMap<>();
    private final BlockAssembler assembler =
            new BlockAssembler(hash -> Optional.ofNullable(pool.get(hash)));

    private Block block(int transactions) {
        return chain.build(
                        IntStream.range(0, transactions)
                                .mapToObj(i -> chain.transfer("alice", "bob", i, 1 + i))
                                .toList())
                .block();
    }

    /** A block that no chain would accept, whose id differs with {@code number}. */
    private Block fake(Block like, int number) {
        var draft = new HeaderDraft(like.header());
        draft.gasUsed = number;
        return new Block(draft.header(), like.lastCommit(), like.evidence(), like.transactions());
    }

    private static Hash id(Block block) {
        return BlockCodec.idOf(block.header());
    }

    private static List<BlockGossip> frames(Block block) {
        return CompactBlock.framesOf(id(block), block);
    }

    private static CompactBlock compact(Block block) {
        return (CompactBlock) frames(block).getFirst();
    }

    private static BodiesResponse bodies(Block block, int... places) {
        var indexes = new BitSet();
        IntStream.of(places).forEach(indexes::set);
        var found =
                IntStream.of(places).mapToObj(i -> block.transactions().get(i).bytes()).toList();
        return new BodiesResponse(id(block), IndexSet.of(indexes), found);
    }

    private static Progress missing(Block block, int... places) {
        var indexes = new BitSet();
        IntStream.of(places).forEach(indexes::set);
        return new Progress.Missing(id(block), IndexSet.of(indexes));
    }

    private static List<Transaction> requireComplete(Block block, Progress progress) {
        var complete = assertInstanceOf(Progress.Complete.class, progress);
        assertEquals(id(block), complete.blockId());
        assertEquals(block, complete.assembled().block());
        return complete.assembled().unverified();
    }

    @Test
    void anEmptyBlockNeedsNothing() {
        Block block = block(0);
        assembler.want(id(block));
        Progress progress = assembler.onCompactBlock(PEER, compact(block));
        assertEquals(List.of(), requireComplete(block, progress));
    }

    @Test
    void whatThePoolHasIsNotAskedForNorVerifiedAgain() {
        Block block = block(5);
        block.transactions().forEach(tx -> pool.put(tx.wireHash(), tx));
        assembler.want(id(block));
        Progress progress = assembler.onCompactBlock(PEER, compact(block));
        assertEquals(List.of(), requireComplete(block, progress));
    }

    @Test
    void whatThePoolLacksIsAskedForAndHasToBeVerified() {
        Block block = block(5);
        List<Transaction> all = block.transactions();
        pool.put(all.get(0).wireHash(), all.get(0));
        pool.put(all.get(3).wireHash(), all.get(3));
        assembler.want(id(block));

        assertEquals(missing(block, 1, 2, 4), assembler.onCompactBlock(PEER, compact(block)));
        assertEquals(List.of(missing(block, 1, 2, 4)), assembler.incomplete());
        assertEquals(WAITING, assembler.onBodies(bodies(block, 2)));
        assertEquals(List.of(missing(block, 1, 4)), assembler.incomplete());
        assertEquals(WAITING, assembler.onBodies(bodies(block, 2)), "again");
        assertEquals(
                List.of(all.get(1), all.get(2), all.get(4)),
                requireComplete(block, assembler.onBodies(bodies(block, 1, 4))));
        assertEquals(List.of(), assembler.incomplete());
    }

    @Test
    void bodiesThatThePoolHadStayVerified() {
        Block block = block(2);
        Transaction first = block.transactions().getFirst();
        pool.put(first.wireHash(), first);
        assembler.want(id(block));
        assembler.onCompactBlock(PEER, compact(block));
        assertEquals(
                block.transactions().subList(1, 2),
                requireComplete(block, assembler.onBodies(bodies(block, 0, 1))));
    }

    @Test
    void aBodyThatWasNotAskedForIsAnOffence() {
        Block block = block(2);
        assembler.want(id(block));
        assembler.onCompactBlock(PEER, compact(block));
        var swapped =
                new BodiesResponse(
                        id(block), bodies(block, 0).indexes(), bodies(block, 1).transactions());
        assertThrows(MalformedDataException.class, () -> assembler.onBodies(swapped));
        var beyond = new BitSet();
        beyond.set(2);
        var outside =
                new BodiesResponse(id(block), IndexSet.of(beyond), bodies(block, 1).transactions());
        assertThrows(MalformedDataException.class, () -> assembler.onBodies(outside));
        var garbage =
                new BodiesResponse(
                        id(block), bodies(block, 0).indexes(), List.of(Bytes.ofHex("ffff")));
        assertThrows(MalformedDataException.class, () -> assembler.onBodies(garbage));
        requireComplete(block, assembler.onBodies(bodies(block, 0, 1)));
    }

    @Test
    void bodiesOfABlockThatIsNotOnItsWayAreLost() {
        assertEquals(WAITING, assembler.onBodies(bodies(block(1), 0)));
    }

    @Test
    void aPeerThatHasNothingChangesNothing() {
        Block block = block(1);
        assembler.want(id(block));
        assembler.onCompactBlock(PEER, compact(block));
        var nothing = new BodiesResponse(id(block), IndexSet.EMPTY, List.of());
        assertEquals(WAITING, assembler.onBodies(nothing));
        requireComplete(block, assembler.onBodies(bodies(block, 0)));
    }

    // ---- false compact blocks

    @Test
    void falseHashesDoNotStandInTheWayOfTheTrueOnes() {
        Block block = block(2);
        CompactBlock good = compact(block);
        var bad =
                new CompactBlock(
                        good.header(),
                        good.lastCommit(),
                        good.evidence(),
                        2,
                        good.wireHashes().reversed());
        assembler.want(id(block));
        assertThrows(MalformedDataException.class, () -> assembler.onCompactBlock(OTHER, bad));
        assertEquals(List.of(id(block)), assembler.unheard());
        assertEquals(missing(block, 0, 1), assembler.onCompactBlock(PEER, good));
        requireComplete(block, assembler.onBodies(bodies(block, 0, 1)));
    }

    @Test
    void aFalseLastCommitIsAnOffenceAndNotABlock() {
        Block block = block(0);
        CompactBlock good = compact(block);
        var bad =
                new CompactBlock(
                        good.header(),
                        chain.certificate(1, 0, chain.head().blockId(), 0, 1, 2),
                        good.evidence(),
                        0,
                        List.of());
        assembler.want(id(block));
        assertThrows(MalformedDataException.class, () -> assembler.onCompactBlock(OTHER, bad));
        requireComplete(block, assembler.onCompactBlock(PEER, good));
    }

    @Test
    void falseEvidenceIsAnOffenceAndNotABlock() {
        Block block = block(0);
        CompactBlock good = compact(block);
        Evidence made = Evidence.DuplicateVote.of(vote(null), vote(id(block)));
        var bad = new CompactBlock(good.header(), good.lastCommit(), List.of(made), 0, List.of());
        assembler.want(id(block));
        assertThrows(MalformedDataException.class, () -> assembler.onCompactBlock(OTHER, bad));
        requireComplete(block, assembler.onCompactBlock(PEER, good));
    }

    private static Vote vote(@Nullable Hash blockId) {
        var zeros = Signature.of(new byte[Signature.SIZE]);
        return new Vote(VoteKind.PREVOTE, 1, 0, blockId, 1, zeros);
    }

    // ---- blocks of several frames

    /** More transactions than one frame has hashes; nobody signed them. */
    private Block huge() {
        Transaction one = chain.transfer("alice", "bob", 0, 1);
        List<Transaction> many = new ArrayList<>();
        for (int i = 0; i < 2 * BlockGossip.MAX_HASHES + 1; i++) {
            many.add(one);
        }
        var draft = new HeaderDraft(block(0).header());
        draft.transactionRoot =
                BlockCodec.transactionRoot(many.stream().map(Transaction::wireHash).toList());
        return new Block(draft.header(), chain.head().certificate(), List.of(), many);
    }

    @Test
    void framesMayComeInAnyOrderAfterTheFirst() {
        Block block = huge();
        pool.put(block.transactions().getFirst().wireHash(), block.transactions().getFirst());
        List<BlockGossip> frames = frames(block);
        assertEquals(3, frames.size());
        assembler.want(id(block));
        assertEquals(WAITING, assembler.onCompactBlock(PEER, compact(block)));
        assertEquals(WAITING, assembler.onHashes(PEER, (CompactBlockHashes) frames.get(2)));
        assertEquals(Optional.empty(), assembler.wireHashes(id(block)));
        requireComplete(block, assembler.onHashes(PEER, (CompactBlockHashes) frames.get(1)));
    }

    @Test
    void aBlockWhoseFramesWereLostIsAskedForAgain() {
        Block block = huge();
        pool.put(block.transactions().getFirst().wireHash(), block.transactions().getFirst());
        List<BlockGossip> frames = frames(block);
        assembler.want(id(block));
        assembler.onCompactBlock(PEER, compact(block));
        assembler.onHashes(PEER, (CompactBlockHashes) frames.get(1));
        assertEquals(List.of(id(block)), assembler.unheard());

        assembler.onCompactBlock(OTHER, compact(block));
        assembler.onHashes(OTHER, (CompactBlockHashes) frames.get(1));
        requireComplete(block, assembler.onHashes(OTHER, (CompactBlockHashes) frames.get(2)));
    }

    @Test
    void hashesOfAnyoneElseAreIgnored() {
        Block block = huge();
        pool.put(block.transactions().getFirst().wireHash(), block.transactions().getFirst());
        List<BlockGossip> frames = frames(block);
        var last = (CompactBlockHashes) frames.get(2);
        var made = new CompactBlockHashes(id(block), last.offset(), List.of(id(block)));
        assembler.want(id(block));
        assembler.onCompactBlock(PEER, compact(block));
        assertEquals(WAITING, assembler.onHashes(OTHER, made));
        assertEquals(WAITING, assembler.onHashes(PEER, (CompactBlockHashes) frames.get(1)));
        assertEquals(WAITING, assembler.onHashes(OTHER, made));
        requireComplete(block, assembler.onHashes(PEER, last));
    }

    @Test
    void moreHashesThanAnnouncedAreAnOffence() {
        Block block = huge();
        var more =
                new CompactBlockHashes(
                        id(block), 2 * BlockGossip.MAX_HASHES, List.of(id(block), id(block)));
        assembler.want(id(block));
        assembler.onCompactBlock(PEER, compact(block));
        assertThrows(MalformedDataException.class, () -> assembler.onHashes(PEER, more));
        assertEquals(List.of(id(block)), assembler.unheard());
    }

    // ---- bounds

    @Test
    void aCompleteBlockWaitsUntilItIsWanted() {
        Block block = block(1);
        assertEquals(missing(block, 0), assembler.onCompactBlock(PEER, compact(block)));
        assertEquals(List.of(), assembler.incomplete(), "nobody wants it");
        assertEquals(WAITING, assembler.onBodies(bodies(block, 0)));
        assertEquals(block.transactions(), requireComplete(block, assembler.want(id(block))));
    }

    @Test
    void whatNobodyWantsGivesWay() {
        Block like = block(0);
        Block first = fake(like, 0);
        Block wanted = fake(like, 1);
        assembler.want(id(wanted));
        for (int i = 0; i < 3 * BlockAssembler.MAX_BLOCKS; i++) {
            if (i != 1) {
                assertEquals(WAITING, assembler.onCompactBlock(PEER, compact(fake(like, i))));
            }
        }
        assertEquals(WAITING, assembler.want(id(first)), "given up");
        requireComplete(wanted, assembler.onCompactBlock(PEER, compact(wanted)));
        assertEquals(List.of(id(first)), assembler.unheard());
    }

    @Test
    void whatIsWantedDoesNotGiveWay() {
        Block like = block(0);
        for (int i = 0; i < BlockAssembler.MAX_BLOCKS; i++) {
            assembler.want(id(fake(like, i)));
        }
        Block late = fake(like, 99);
        assertEquals(WAITING, assembler.onCompactBlock(PEER, compact(late)));
        assertEquals(WAITING, assembler.want(id(late)));
        assertEquals(BlockAssembler.MAX_BLOCKS, assembler.unheard().size());
        for (int i = 0; i < BlockAssembler.MAX_BLOCKS; i++) {
            Block block = fake(like, i);
            requireComplete(block, assembler.onCompactBlock(PEER, compact(block)));
        }
    }

    @Test
    void anotherHeightForgetsEverything() {
        Block block = block(1);
        assembler.want(id(block));
        assembler.onCompactBlock(PEER, compact(block));
        assembler.clear();
        assertEquals(List.of(), assembler.incomplete());
        assertEquals(List.of(), assembler.unheard());
        assertTrue(assembler.wireHashes(id(block)).isEmpty());
        assertEquals(WAITING, assembler.onBodies(bodies(block, 0)));
    }
}
