package io.computronium.storage.state;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.primitives.block.Receipt;
import io.computronium.primitives.crypto.StateProof;
import io.computronium.storage.KeyValueStore;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The state of the chain: what blocks have been applied, every value, the tree over them, receipts
 * and the index of transactions.
 *
 * <p>Heights are applied in memory and flushed in groups. {@link #initialise}, {@link #prepare},
 * {@link #commit}, {@link #get(Bytes)} and {@link #close} are for the execution thread; everything
 * else is for any thread.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class StateStore implements AutoCloseable {

    private StateStore() {}

    /** Takes over {@code store}, which must have been opened with {@link StateSchema#SCHEMA}. */
    public static StateStore open(KeyValueStore store, StateOptions options) {
        throw new UnsupportedOperationException();
    }

    /** Whether there is a state at all; nothing but {@link #initialise} may be called before. */
    public boolean isInitialised() {
        throw new UnsupportedOperationException();
    }

    /** Writes the state of height 0, durably, into an empty store. */
    public void initialise(SortedMap<Bytes, Bytes> values) {
        throw new UnsupportedOperationException();
    }

    /** The height of the last block whose effects this state holds. */
    public long appliedHeight() {
        throw new UnsupportedOperationException();
    }

    /** The height that a restart would start from. */
    public long flushedHeight() {
        throw new UnsupportedOperationException();
    }

    /** Root of the state after {@link #appliedHeight}. */
    public Hash root() {
        throw new UnsupportedOperationException();
    }

    /** The value after {@link #appliedHeight}. */
    public Optional<Bytes> get(Bytes key) {
        throw new UnsupportedOperationException();
    }

    /** The state after {@link #appliedHeight}. */
    public StateSnapshot snapshot() {
        throw new UnsupportedOperationException();
    }

    /**
     * The state after an earlier height.
     *
     * @throws PrunedException unless {@code height} is unflushed, or was the last one of a group that
     *     was flushed and is not further back than the options say
     */
    public StateSnapshot snapshot(long height) {
        throw new UnsupportedOperationException();
    }

    /** As {@link StateSnapshot#get} of {@link #snapshot(long)}. */
    public Optional<Bytes> get(long height, Bytes key) {
        return snapshot(height).get(key);
    }

    /** As {@link StateSnapshot#prove} of {@link #snapshot(long)}. */
    public StateProof prove(long height, Bytes key) {
        return snapshot(height).prove(key);
    }

    /**
     * Computes the state after the block that follows {@link #appliedHeight}, without any change to
     * this one. Several may be prepared; at most one is committed.
     *
     * @param writes new values by key; an empty one removes the key
     */
    public PreparedState prepare(long height, SortedMap<Bytes, Optional<Bytes>> writes) {
        throw new UnsupportedOperationException();
    }

    /**
     * Advances to {@code prepared}, which must stand on the state as it is now. Writes to disk when a
     * group is full.
     *
     * @param transactionIds in the order of the block, one for each receipt
     */
    public void commit(
            PreparedState prepared, List<Receipt> receipts, List<Hash> transactionIds) {
        throw new UnsupportedOperationException();
    }

    /** The receipts of an applied height, in the order of its transactions. */
    public Optional<List<Receipt>> receipts(long height) {
        throw new UnsupportedOperationException();
    }

    /** One receipt of an applied height, without decoding the others. */
    public Optional<Receipt> receipt(TransactionLocation location) {
        throw new UnsupportedOperationException();
    }

    /** Where an applied transaction is. */
    public Optional<TransactionLocation> transaction(Hash transactionId) {
        throw new UnsupportedOperationException();
    }

    /** Flushes what is not yet, and closes the store. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
