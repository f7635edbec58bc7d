package io.computronium.p2p.message;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.bft.Evidence;
import io.computronium.primitives.block.Block;
import io.computronium.primitives.block.Header;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a node that is behind fetches final blocks. Each block of an answer is a {@link BlockHead},
 * whose certificate can be checked before anything large is taken in, and then its transactions in
 * {@link BlockPart}s.
 */
public sealed interface BlockSync extends PeerMessage {

    record StatusRequest() implements BlockSync {}

    /**
     * What the sender can serve. A hint and no more: only a certificate proves a height.
     *
     * @param lowestHeight of the blocks that it keeps
     * @param height the highest final one; 0: none yet
     */
    record Status(long lowestHeight, long height) implements BlockSync {
        public Status {
            MalformedDataException.unless(
                    lowestHeight >= 0 && height >= lowestHeight,
                    "status: heights out of order or over 63 bits");
        }
    }

    /** Asks for {@code count} blocks in a row. */
    record BlockRequest(long fromHeight, int count) implements BlockSync {

        public static final int MAX_COUNT = 20;

        public BlockRequest {
            MalformedDataException.unless(
                    fromHeight > 0 && fromHeight <= Long.MAX_VALUE - MAX_COUNT,
                    "blockRequest.fromHeight: 1 or more expected");
            MalformedDataException.unless(
                    count > 0 && count <= MAX_COUNT, "blockRequest.count: 1 to 20 expected");
        }
    }

    /**
     * A final block but for its transactions.
     *
     * @param certificate proves it final
     * @param lastCommit null at height 1 only
     */
    record BlockHead(
            Header header,
            CommitCertificate certificate,
            @Nullable CommitCertificate lastCommit,
            List<Evidence> evidence,
            int transactionCount)
            implements BlockSync {
        public BlockHead {
            evidence = List.copyOf(evidence);
            Heads.check(header, lastCommit, evidence, transactionCount);
            MalformedDataException.unless(
                    certificate.height() == header.height(),
                    "blockHead.certificate: of another height");
        }
    }

    /**
     * Some transactions of the block whose head came before.
     *
     * @param firstIndex place of the first one in the block
     * @param transactions encoded, unchecked; at least one
     */
    record BlockPart(long height, int firstIndex, List<Bytes> transactions) implements BlockSync {
        public BlockPart {
            transactions = List.copyOf(transactions);
            MalformedDataException.unless(height > 0, "blockPart.height: 1 or more expected");
            MalformedDataException.unless(
                    firstIndex >= 0 && firstIndex < Block.MAX_TRANSACTIONS,
                    "blockPart.firstIndex: beyond a block's end");
            MalformedDataException.unless(!transactions.isEmpty(), "blockPart: empty");
            Batches.check(transactions);
        }
    }

    /** The sender does not have the block of this height, and with it ends its answer. */
    record BlockUnavailable(long height) implements BlockSync {
        public BlockUnavailable {
            MalformedDataException.unless(
                    height > 0, "blockUnavailable.height: 1 or more expected");
        }
    }

    /** A final block in frames, in the order to send them in. */
    static List<BlockSync> framesOf(Block block, CommitCertificate certificate) {
        List<Bytes> transactions = block.transactions().stream().map(tx -> tx.bytes()).toList();
        List<BlockSync> frames = new ArrayList<>();
        frames.add(
                new BlockHead(
                        block.header(),
                        certificate,
                        block.lastCommit(),
                        block.evidence(),
                        transactions.size()));
        int index = 0;
        for (List<Bytes> batch : Batches.of(transactions)) {
            frames.add(new BlockPart(block.header().height(), index, batch));
            index += batch.size();
        }
        return frames;
    }
}
