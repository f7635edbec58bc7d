package io.computronium.p2p.message;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.bft.Evidence;
import io.computronium.primitives.block.Block;
import io.computronium.primitives.block.Header;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The block of a live proposal. Its transactions are in the pools already, so the block travels as
 * its header and the list of their wire hashes, and whoever lacks one asks for it by its place.
 */
public sealed interface BlockGossip extends PeerMessage {

    /** The most wire hashes of one frame. */
    int MAX_HASHES = 16_384;

    /**
     * A block but for its transactions, and the first of their hashes; {@link CompactBlockHashes}
     * bring the rest.
     *
     * @param lastCommit null at height 1 only
     * @param transactionCount of the whole block
     * @param wireHashes the first {@link #MAX_HASHES}, or all if there are fewer
     */
    record CompactBlock(
            Header header,
            @Nullable CommitCertificate lastCommit,
            List<Evidence> evidence,
            int transactionCount,
            List<Hash> wireHashes)
            implements BlockGossip {
        public CompactBlock {
            evidence = List.copyOf(evidence);
            wireHashes = List.copyOf(wireHashes);
            Heads.check(header, lastCommit, evidence, transactionCount);
            MalformedDataException.unless(
                    wireHashes.size() == Math.min(transactionCount, MAX_HASHES),
                    "compactBlock.wireHashes: as many as fit expected");
        }

        /**
         * A block in frames, in the order to send them in.
         *
         * @param blockId that of {@code block}
         */
        public static List<BlockGossip> framesOf(Hash blockId, Block block) {
            List<Hash> hashes = block.transactions().stream().map(tx -> tx.wireHash()).toList();
            int first = Math.min(hashes.size(), MAX_HASHES);
            List<BlockGossip> frames = new ArrayList<>();
            frames.add(
                    new CompactBlock(
                            block.header(),
                            block.lastCommit(),
                            block.evidence(),
                            hashes.size(),
                            hashes.subList(0, first)));
            for (int at = first; at < hashes.size(); at += MAX_HASHES) {
                int end = Math.min(hashes.size(), at + MAX_HASHES);
                frames.add(new CompactBlockHashes(blockId, at, hashes.subList(at, end)));
            }
            return frames;
        }
    }

    /**
     * More of a compact block.
     *
     * @param offset place of the first hash: a multiple of {@link #MAX_HASHES}, not 0
     */
    record CompactBlockHashes(Hash blockId, int offset, List<Hash> wireHashes)
            implements BlockGossip {
        public CompactBlockHashes {
            wireHashes = List.copyOf(wireHashes);
            MalformedDataException.unless(
                    offset > 0 && offset < Block.MAX_TRANSACTIONS && offset % MAX_HASHES == 0,
                    "compactBlockHashes.offset: a multiple of 16,384 expected");
            MalformedDataException.unless(
                    !wireHashes.isEmpty() && wireHashes.size() <= MAX_HASHES,
                    "compactBlockHashes.wireHashes: 1 to 16,384 expected");
        }
    }

    /** Asks for the compact form of a block that a proposal or a quorum has named. */
    record CompactBlockRequest(Hash blockId) implements BlockGossip {}

    /** Asks for the transactions at these places, of which there is at least one. */
    record BodiesRequest(Hash blockId, IndexSet indexes) implements BlockGossip {
        public BodiesRequest {
            MalformedDataException.unless(
                    !indexes.equals(IndexSet.EMPTY), "bodiesRequest.indexes: none");
        }
    }

    /**
     * Some of the transactions asked for. Those that the sender lacks are left out; with none at
     * all it says that it has nothing of this block.
     *
     * @param indexes the places of {@code transactions}
     * @param transactions encoded, unchecked, in ascending order of place
     */
    record BodiesResponse(Hash blockId, IndexSet indexes, List<Bytes> transactions)
            implements BlockGossip {
        public BodiesResponse {
            transactions = List.copyOf(transactions);
            Batches.check(transactions);
            MalformedDataException.unless(
                    indexes.count() == transactions.size(),
                    "bodiesResponse: indexes and transactions differ");
        }

        /**
         * An answer in frames.
         *
         * @param transactions one for each of {@code indexes}, in ascending order
         */
        public static List<BodiesResponse> framesOf(
                Hash blockId, IndexSet indexes, List<Bytes> transactions) {
            if (transactions.isEmpty()) {
                return List.of(new BodiesResponse(blockId, IndexSet.EMPTY, List.of()));
            }
            BitSet places = indexes.toBitSet();
            List<BodiesResponse> frames = new ArrayList<>();
            int place = -1;
            for (List<Bytes> batch : Batches.of(transactions)) {
                BitSet inFrame = new BitSet();
                for (int i = 0; i < batch.size(); i++) {
                    place = places.nextSetBit(place + 1);
                    inFrame.set(place);
                }
                frames.add(new BodiesResponse(blockId, IndexSet.of(inFrame), batch));
            }
            return frames;
        }
    }
}
