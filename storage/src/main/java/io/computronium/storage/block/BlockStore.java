package io.computronium.storage.block;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.block.Block;
import io.computronium.primitives.block.Header;
import io.computronium.primitives.tx.Transaction;
import io.computronium.storage.KeyValueStore;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The block log: every decided block with a certificate that proves it final, and the candidates of
 * the height that is not decided yet.
 *
 * <p>All writes are durable when they return. Reads are safe from any thread, writes are for one.
 */
public final class BlockStore implements AutoCloseable {

    private BlockStore() {}

    /** Takes over {@code store}, which must have been opened with {@link BlockSchema#SCHEMA}. */
    public static BlockStore open(KeyValueStore store) {
        throw new UnsupportedOperationException();
    }

    /**
     * Keeps a block that a precommit may be about to name (W7). Does nothing if the block is there
     * already or its height is decided.
     */
    public void putCandidate(Hash blockId, Block block) {
        throw new UnsupportedOperationException();
    }

    /** The candidates of {@code height}, by block id in ascending order. */
    public Map<Hash, Block> candidates(long height) {
        throw new UnsupportedOperationException();
    }

    /** The candidate with this id, at whatever undecided height. */
    public Optional<Block> candidate(Hash blockId) {
        throw new UnsupportedOperationException();
    }

    /**
     * Makes the candidate that {@code certificate} names the block of its height, and forgets the
     * height's other candidates. The height must follow {@link #lastHeight}, and the candidate must
     * have been put.
     */
    public void commit(CommitCertificate certificate) {
        throw new UnsupportedOperationException();
    }

    /** {@link #putCandidate} and {@link #commit} in one, for blocks from peers. */
    public void put(Block block, CommitCertificate certificate) {
        throw new UnsupportedOperationException();
    }

    /** The height of the last decided block; empty if there is none. */
    public OptionalLong lastHeight() {
        throw new UnsupportedOperationException();
    }

    public Optional<Hash> blockId(long height) {
        throw new UnsupportedOperationException();
    }

    /** The height at which this block was decided. */
    public OptionalLong heightOf(Hash blockId) {
        throw new UnsupportedOperationException();
    }

    public Optional<Header> header(long height) {
        throw new UnsupportedOperationException();
    }

    public Optional<Block> block(long height) {
        throw new UnsupportedOperationException();
    }

    /** The canonical bytes of the block, as they travel: nothing is decoded or hashed. */
    public Optional<Bytes> blockBytes(long height) {
        throw new UnsupportedOperationException();
    }

    /** One transaction, without decoding the others. */
    public Optional<Transaction> transaction(long height, int index) {
        throw new UnsupportedOperationException();
    }

    /** The certificate with which this node saw the block decided. */
    public Optional<CommitCertificate> certificate(long height) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
