package io.computronium.node.sync;

import io.computronium.p2p.message.BlockSync.BlockHead;
import io.computronium.p2p.message.BlockSync.BlockPart;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.NodeId;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.block.Block;
import io.computronium.primitives.codec.TransactionCodec;
import io.computronium.primitives.tx.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of one request as they come in, in order. Not for several threads. Holds one block at
 * a time; whatever is out of order or over the limits is an offence of the peer.
 */
final class BlockDownload {

    /** A block that is here as a whole. */
    record Downloaded(Block block, CommitCertificate certificate) {}

    final NodeId peer;
    private final long endHeight;
    private long nextHeight;
    private @Nullable BlockHead head;
    private final List<Transaction> transactions = new ArrayList<>();
    private int bytes;

    BlockDownload(NodeId peer, long fromHeight, int count) {
        this.peer = peer;
        this.nextHeight = fromHeight;
        this.endHeight = fromHeight + count;
    }

    /** Whether all that was asked for has come. */
    boolean isDone() {
        return nextHeight == endHeight;
    }

    Optional<Downloaded> onHead(BlockHead message) {
        MalformedDataException.unless(
                head == null && message.header().height() == nextHeight,
                "blockHead: not the one expected");
        head = message;
        return complete();
    }

    Optional<Downloaded> onPart(BlockPart message) {
        BlockHead current = head;
        MalformedDataException.unless(
                current != null
                        && message.height() == nextHeight
                        && message.firstIndex() == transactions.size()
                        && transactions.size() + message.transactions().size()
                                <= current.transactionCount(),
                "blockPart: not the one expected");
        for (Bytes encoded : message.transactions()) {
            bytes += encoded.size();
            MalformedDataException.unless(bytes <= Block.MAX_BYTES, "blockPart: block too large");
            transactions.add(TransactionCodec.TRANSACTION.decode(encoded.toArray()));
        }
        return complete();
    }

    private Optional<Downloaded> complete() {
        BlockHead current = head;
        if (current == null || transactions.size() < current.transactionCount()) {
            return Optional.empty();
        }
        var block =
                new Block(current.header(), current.lastCommit(), current.evidence(), transactions);
        head = null;
        transactions.clear();
        bytes = 0;
        nextHeight++;
        return Optional.of(new Downloaded(block, current.certificate()));
    }
}
