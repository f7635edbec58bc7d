package io.computronium.node.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.node.execution.MemoryChain;
import io.computronium.node.sync.BlockDownload.Downloaded;
import io.computronium.p2p.message.BlockSync;
import io.computronium.p2p.message.BlockSync.BlockHead;
import io.computronium.p2p.message.BlockSync.BlockPart;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.NodeId;
import io.computronium.primitives.block.Block;
import io.computronium.primitives.codec.TransactionCodec;
import io.computronium.primitives.tx.Call;
import io.computronium.primitives.tx.Transaction;
import io.computronium.primitives.tx.TransactionBody;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One request's blocks come in their order, whole, and within their bounds. */
class BlockDownloadTest {

    private static final NodeId PEER = NodeId.ofHex("01".repeat(20));

    private final MemoryChain chain = MemoryChain.of(4);

    /** The frames of the chain's next block, with that many transfers. */
    private List<BlockSync> next(int transfers) {
        long height = chain.head().height();
        chain.extend(
                IntStream.range(0, transfers)
                        .mapToObj(i -> chain.transfer("alice", "bob", i, 1 + i))
                        .toList());
        return BlockSync.framesOf(
                chain.blocks().block(height + 1).orElseThrow(),
                chain.blocks().certificate(height + 1).orElseThrow());
    }

    private static Optional<Downloaded> give(BlockDownload download, BlockSync frame) {
        return switch (frame) {
            case BlockHead head -> download.onHead(head);
            case BlockPart part -> download.onPart(part);
            default -> throw new IllegalArgumentException(frame.toString());
        };
    }

    private void requireMalformed(BlockDownload download, BlockSync frame) {
        assertThrows(MalformedDataException.class, () -> give(download, frame));
    }

    private static BlockPart part(long height, int firstIndex, List<Transaction> transactions) {
        return new BlockPart(
                height, firstIndex, transactions.stream().map(Transaction::bytes).toList());
    }

    private Downloaded stored(long height) {
        return new Downloaded(
                chain.blocks().block(height).orElseThrow(),
                chain.blocks().certificate(height).orElseThrow());
    }

    @Test
    void blocksComeOutWhole() {
        var download = new BlockDownload(PEER, 1, 3);
        List<Downloaded> whole = new ArrayList<>();
        for (int transfers : new int[] {0, 3, 0}) {
            assertFalse(download.isDone());
            for (BlockSync frame : next(transfers)) {
                give(download, frame).ifPresent(whole::add);
            }
        }
        assertEquals(List.of(stored(1), stored(2), stored(3)), whole);
        assertTrue(download.isDone());
    }

    @Test
    void transactionsMayComeInSeveralParts() {
        var download = new BlockDownload(PEER, 1, 1);
        BlockSync head = next(3).getFirst();
        List<Transaction> all = stored(1).block().transactions();
        assertEquals(Optional.empty(), give(download, head));
        assertEquals(Optional.empty(), give(download, part(1, 0, all.subList(0, 2))));
        assertEquals(Optional.of(stored(1)), give(download, part(1, 2, all.subList(2, 3))));
    }

    @Test
    void whatIsOutOfOrderIsAnOffence() {
        List<BlockSync> first = next(2);
        List<BlockSync> second = next(0);
        List<Transaction> all = stored(1).block().transactions();
        var download = new BlockDownload(PEER, 1, 2);
        requireMalformed(download, first.get(1)); // without its head
        requireMalformed(download, second.getFirst()); // a later block
        give(download, first.getFirst());
        requireMalformed(download, first.getFirst()); // once more
        requireMalformed(download, part(1, 1, all.subList(1, 2))); // not the next one
        requireMalformed(download, part(2, 0, all)); // of another block
        requireMalformed(download, part(1, 0, List.of(all.get(0), all.get(1), all.get(0))));
        assertEquals(Optional.of(stored(1)), give(download, first.get(1)));
        requireMalformed(download, first.getFirst()); // had already
    }

    @Test
    void garbageIsAnOffence() {
        var download = new BlockDownload(PEER, 1, 1);
        give(download, next(2).getFirst());
        requireMalformed(download, new BlockPart(1, 0, List.of(Bytes.ofHex("ffff"))));
    }

    @Test
    void aBlockOverItsBytesIsRefusedBeforeItIsTakenIn() {
        Transaction one = large();
        int enough = Block.MAX_BYTES / one.bytes().size();
        assertTrue(enough + 100 <= Block.MAX_TRANSACTIONS, "too small for this test");
        var like = (BlockHead) next(0).getFirst();
        var download = new BlockDownload(PEER, 1, 1);
        download.onHead(
                new BlockHead(
                        like.header(),
                        like.certificate(),
                        like.lastCommit(),
                        like.evidence(),
                        enough + 100));
        int given = 0;
        while (given + 100 <= enough) {
            download.onPart(part(1, given, Collections.nCopies(100, one)));
            given += 100;
        }
        requireMalformed(download, part(1, given, Collections.nCopies(100, one)));
    }

    /** With as many calls as there may be. */
    private Transaction large() {
        Transaction small = chain.transfer("alice", "bob", 0, 1);
        TransactionBody body = small.body();
        Call call = body.calls().getFirst();
        return TransactionCodec.assemble(
                new TransactionBody(
                        body.version(),
                        body.chainId(),
                        body.sender(),
                        body.lane(),
                        body.sequence(),
                        body.validUntil(),
                        body.gasLimit(),
                        body.maxFeePerKilogas(),
                        body.tipPerKilogas(),
                        body.payer(),
                        Collections.nCopies(TransactionBody.MAX_CALLS, call),
                        body.postConditions(),
                        body.postConditionMode(),
                        body.memo()),
                small.sender(),
                null);
    }
}
