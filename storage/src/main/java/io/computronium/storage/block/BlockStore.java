package io.computronium.storage.block;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.primitives.Invariants;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.block.Block;
import io.computronium.primitives.block.Header;
import io.computronium.primitives.codec.BlockCodec;
import io.computronium.primitives.tx.Transaction;
import io.computronium.storage.Durability;
import io.computronium.storage.KeyRange;
import io.computronium.storage.KeyValueStore;
import io.computronium.storage.StorageFailureException;
import io.computronium.storage.WriteBatch;
import io.computronium.storage.codec.StoredBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The block log: every decided block with a certificate that proves it final, and the candidates of
 * heights that are not decided yet.
 *
 * <p>A block is written once, as a candidate; deciding it adds a few small rows that point to it.
 * All writes are durable when they return. Writing is for one thread, reading for any.
 */
public final class BlockStore implements AutoCloseable {

    private static final long NONE = 0;

    private final KeyValueStore store;

    /** The last decided height, or {@link #NONE}. */
    private volatile long last;

    private BlockStore(KeyValueStore store, long last) {
        this.store = store;
        this.last = last;
    }

    /** Takes over {@code store}, which must have been opened with {@link BlockSchema#SCHEMA}. */
    public static BlockStore open(KeyValueStore store) {
        try (var cursor = store.scan(BlockSchema.DECIDED, KeyRange.all().reversed())) {
            return new BlockStore(store, cursor.next() ? cursor.key() : NONE);
        }
    }

    /**
     * Keeps a block that a precommit may be about to name (W7). Does nothing if the block is there
     * already or its height is decided.
     *
     * @param blockId the hash of the block's header, which the caller has
     */
    public void putCandidate(Hash blockId, Block block) {
        var key = new BlockKey(block.header().height(), blockId);
        if (key.height() > last && store.get(BlockSchema.HEIGHTS, blockId).isEmpty()) {
            var batch = new WriteBatch();
            add(key, block, batch);
            store.write(batch, Durability.SYNC);
        }
    }

    /** The candidates of {@code height}, by block id; none once it is decided. */
    public SortedMap<Hash, Block> candidates(long height) {
        SortedMap<Hash, Block> candidates = new TreeMap<>();
        if (height > last) {
            try (var cursor = store.scan(BlockSchema.BLOCKS, BlockKey.ofHeight(height))) {
                while (cursor.next()) {
                    candidates.put(cursor.key().blockId(), decode(cursor.value()));
                }
            }
        }
        return candidates;
    }

    /** The candidate with this id, at whatever height that is not decided. */
    public Optional<Block> candidate(Hash blockId) {
        return store.get(BlockSchema.HEIGHTS, blockId)
                .filter(height -> height > last)
                .flatMap(height -> store.get(BlockSchema.BLOCKS, new BlockKey(height, blockId)))
                .map(BlockStore::decode);
    }

    /**
     * Makes the candidate that {@code certificate} names the block of its height, and forgets the
     * other candidates of that height. The height must be the next one, and the candidate be there.
     */
    public void commit(CommitCertificate certificate) {
        var key = new BlockKey(certificate.height(), certificate.blockId());
        Invariants.check(
                store.get(BlockSchema.HEADERS, key).isPresent(),
                "a block is kept as a candidate before it is decided");
        decide(key, certificate, new WriteBatch());
    }

    /** {@link #putCandidate} and {@link #commit} in one, for blocks from peers. */
    public void put(Block block, CommitCertificate certificate) {
        var key = new BlockKey(certificate.height(), certificate.blockId());
        Invariants.check(
                block.header().height() == key.height()
                        && BlockCodec.idOf(block.header()).equals(key.blockId()),
                "a certificate is stored with its own block");
        var batch = new WriteBatch();
        add(key, block, batch);
        decide(key, certificate, batch);
    }

    private static void add(BlockKey key, Block block, WriteBatch batch) {
        batch.put(BlockSchema.HEADERS, key, block.header())
                .put(BlockSchema.BLOCKS, key, Bytes.owned(BlockCodec.BLOCK.encode(block)))
                .put(BlockSchema.HEIGHTS, key.blockId(), key.height());
    }

    private void decide(BlockKey key, CommitCertificate certificate, WriteBatch batch) {
        Invariants.check(
                last == NONE || key.height() == last + 1, "heights are decided one after another");
        for (var other : candidateKeys(key.height())) {
            if (!other.equals(key)) {
                batch.delete(BlockSchema.HEADERS, other)
                        .delete(BlockSchema.BLOCKS, other)
                        .delete(BlockSchema.HEIGHTS, other.blockId());
            }
        }
        batch.put(BlockSchema.DECIDED, key.height(), key.blockId())
                .put(BlockSchema.CERTIFICATES, key.height(), certificate);
        store.write(batch, Durability.SYNC);
        last = key.height();
    }

    private List<BlockKey> candidateKeys(long height) {
        List<BlockKey> keys = new ArrayList<>();
        try (var cursor = store.scan(BlockSchema.HEADERS, BlockKey.ofHeight(height))) {
            while (cursor.next()) {
                keys.add(cursor.key());
            }
        }
        return keys;
    }

    /** The height of the last decided block; empty if there is none. */
    public OptionalLong lastHeight() {
        long height = last;
        return height == NONE ? OptionalLong.empty() : OptionalLong.of(height);
    }

    /** The id of the block decided at {@code height}. */
    public Optional<Hash> blockId(long height) {
        return store.get(BlockSchema.DECIDED, height);
    }

    /** The height at which this block was decided. */
    public OptionalLong heightOf(Hash blockId) {
        return store.get(BlockSchema.HEIGHTS, blockId)
                .filter(height -> height <= last)
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    /** The header of the block decided at {@code height}; the body is not read. */
    public Optional<Header> header(long height) {
        return key(height).flatMap(key -> store.get(BlockSchema.HEADERS, key));
    }

    /** The block decided at {@code height}. */
    public Optional<Block> block(long height) {
        return blockBytes(height).map(BlockStore::decode);
    }

    /** The canonical bytes of the block, as they travel: nothing is decoded or hashed. */
    public Optional<Bytes> blockBytes(long height) {
        return key(height).flatMap(key -> store.get(BlockSchema.BLOCKS, key));
    }

    /** One transaction of a decided block, without decoding the others. */
    public Optional<Transaction> transaction(long height, int index) {
        return blockBytes(height)
                .flatMap(bytes -> stored(bytes, b -> StoredBlock.transaction(b, index)));
    }

    /** The certificate with which this node saw the block of {@code height} decided. */
    public Optional<CommitCertificate> certificate(long height) {
        return store.get(BlockSchema.CERTIFICATES, height);
    }

    private Optional<BlockKey> key(long height) {
        return blockId(height).map(id -> new BlockKey(height, id));
    }

    private static Block decode(Bytes bytes) {
        return stored(bytes, b -> BlockCodec.BLOCK.decode(b.toArray()));
    }

    private static <T> T stored(Bytes bytes, Function<Bytes, T> decode) {
        try {
            return decode.apply(bytes);
        } catch (MalformedDataException e) {
            throw new StorageFailureException("the block log holds bytes that we never wrote", e);
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
