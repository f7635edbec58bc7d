package io.computronium.storage.state;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.primitives.Invariants;
import io.computronium.primitives.block.Receipt;
import io.computronium.primitives.crypto.StateHashing;
import io.computronium.primitives.crypto.StateProof;
import io.computronium.storage.KeyRange;
import io.computronium.storage.KeyValueStore;
import io.computronium.storage.cache.RecentlyUsed;
import io.computronium.storage.tree.LeafChange;
import io.computronium.storage.tree.NodeKey;
import io.computronium.storage.tree.Page;
import io.computronium.storage.tree.StateTree;
import io.computronium.storage.tree.TreeRoot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The state of the chain: every value, the tree over them, receipts and the index of transactions.
 *
 * <p>Heights are applied in memory, each as a layer over the last flushed state, and go to disk in
 * groups. So what one block writes and the next one writes again is written once, and the upper
 * tree once a group. Readers see {@link StateSnapshot}s.
 *
 * <p>{@link #initialise}, {@link #prepare}, {@link #commit}, {@link #get(Bytes)}, {@link #forEach}
 * and {@link #close} are for the execution thread; everything else is for any thread. Before {@link
 * #initialise} no other method may be called but {@link #isInitialised} and {@link #close}.
 */
public final class StateStore implements AutoCloseable {

    /** What a cached value takes besides its bytes, roughly: its key and its place in the map. */
    private static final int VALUE_OVERHEAD = 256;

    private final FlushedState flushed;
    private final StateOptions options;
    private final Flusher flusher;
    private final RecentlyUsed<NodeKey, Page> pages;
    private final RecentlyUsed<Bytes, Optional<Bytes>> values;
    private final StateTree tree = new StateTree(this::page);

    private volatile @Nullable View view;

    /** What the keys written since the last group held before it. */
    private Map<Bytes, Optional<Bytes>> before = new HashMap<>();

    private StateStore(FlushedState flushed, StateOptions options, Executor executor) {
        this.flushed = flushed;
        this.options = options;
        this.flusher = new Flusher(flushed, executor);
        this.pages = new RecentlyUsed<>(options.treeCacheBytes(), Page::memoryBytes);
        this.values =
                new RecentlyUsed<>(
                        options.valueCacheBytes(),
                        value -> VALUE_OVERHEAD + value.map(Bytes::size).orElse(0));
        var heights = flushed.kept();
        if (!heights.isEmpty()) {
            long height = heights.getLast();
            view = new View(height, flushed.root(height).orElseThrow(), List.of());
        }
    }

    /**
     * As {@link #open(KeyValueStore, StateOptions, Executor)}, where {@link #commit} itself
     * flushes.
     */
    public static StateStore open(KeyValueStore store, StateOptions options) {
        return open(store, options, Runnable::run);
    }

    /**
     * Takes over {@code store}, which must have been opened with {@link StateSchema#SCHEMA}.
     *
     * @param executor runs the flushes, one at a time; must run all that it has accepted
     */
    public static StateStore open(KeyValueStore store, StateOptions options, Executor executor) {
        return new StateStore(new FlushedState(store, options.keepHeights()), options, executor);
    }

    /** Whether there is a state at all. */
    public boolean isInitialised() {
        return view != null;
    }

    /** Writes the state of height 0, durably, into an empty store. */
    public void initialise(SortedMap<Bytes, Bytes> genesis) {
        Invariants.check(view == null, "a state is initialised once");
        Map<Bytes, Optional<Bytes>> writes = new HashMap<>();
        genesis.forEach((key, value) -> writes.put(key, Optional.of(value)));
        var change = tree.update(TreeRoot.EMPTY, 0, leafChanges(writes));
        var layer = new Layer(0, writes, change, List.of(), Map.of());
        flushed.write(new FlushGroup(List.of(layer), Map.of()));
        view = new View(0, change.root(), List.of());
    }

    /** The height of the last block whose effects this state holds. */
    public long appliedHeight() {
        return view().height();
    }

    /** The height that a restart would start from, or an earlier one. */
    public long flushedHeight() {
        return view().flushedHeight();
    }

    /** Root of the state after {@link #appliedHeight}. */
    public Hash root() {
        return view().root().hash();
    }

    /** The value after {@link #appliedHeight}. */
    public Optional<Bytes> get(Bytes key) {
        var cached = values.get(key);
        if (cached != null) {
            return cached;
        }
        var unflushed = view().unflushed(key);
        // A flush that is under way does not matter here: its keys are in the layers.
        var value = unflushed != null ? unflushed : flushed.value(key);
        values.put(key, value);
        return value;
    }

    /**
     * Hands every key that starts with {@code prefix}, and its value after {@link #appliedHeight},
     * to {@code action}, in no particular order. Reads the whole of it from disk: for audits, not
     * for blocks. For the execution thread.
     */
    public void forEach(Bytes prefix, BiConsumer<Bytes, Bytes> action) {
        if (flusher.isRunning()) {
            adoptFlush();
        }
        var range = KeyRange.prefix(prefix);
        Map<Bytes, Optional<Bytes>> unflushed = new HashMap<>();
        for (var layer : view().layers()) {
            layer.values()
                    .forEach((key, value) -> {
                        if (range.contains(key)) {
                            unflushed.put(key, value);
                        }
                    });
        }
        flushed.forEach(
                range,
                (key, value) -> {
                    if (!unflushed.containsKey(key)) {
                        action.accept(key, value);
                    }
                });
        unflushed.forEach((key, value) -> value.ifPresent(v -> action.accept(key, v)));
    }

    /** The state after {@link #appliedHeight}. */
    public StateSnapshot snapshot() {
        return new StateSnapshot(flushed, view());
    }

    /**
     * The state after some height.
     *
     * @throws PrunedException unless {@code height} is applied and not flushed yet, or was the last
     *     one of a flushed group and is not further back than the options say
     */
    public StateSnapshot snapshot(long height) {
        var now = view();
        if (height >= now.flushedHeight() && height <= now.height()) {
            return new StateSnapshot(flushed, now.upTo(height));
        }
        var kept = flushed.kept();
        if (height < now.flushedHeight() && kept.contains(height)) {
            var root = flushed.root(height);
            if (root.isPresent()) {
                return new StateSnapshot(flushed, new View(height, root.get(), List.of()));
            }
        }
        throw new PrunedException(height, nearest(height, now));
    }

    private long nearest(long height, View now) {
        var served =
                Stream.concat(
                        flushed.kept().stream(),
                        LongStream.rangeClosed(now.flushedHeight(), now.height()).boxed());
        return served.min(Comparator.comparingLong(h -> Math.abs(h - height))).orElseThrow();
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
        var now = view();
        Invariants.check(height == now.height() + 1, "a block is prepared on the one before it");
        var change = tree.update(now.root(), height, leafChanges(writes));
        return new PreparedState(now, Map.copyOf(writes), change);
    }

    private static List<LeafChange> leafChanges(Map<Bytes, Optional<Bytes>> writes) {
        List<LeafChange> changes = new ArrayList<>(writes.size());
        writes.forEach((key, value) ->
                changes.add(
                        new LeafChange(
                                StateHashing.keyHash(key.toArray()),
                                value.map(v -> StateHashing.valueHash(v.toArray())).orElse(null))));
        changes.sort(Comparator.comparing(LeafChange::keyHash));
        return changes;
    }

    /**
     * Advances to {@code prepared}, which must stand on the state as it is now. Starts a flush when
     * a group is full, and waits for one when {@value StateOptions#MAX_UNFLUSHED} heights are not
     * flushed.
     *
     * @param receipts of the transactions in their order, then those of the block's own steps
     * @param transactionIds in the order of the block
     */
    public void commit(PreparedState prepared, List<Receipt> receipts, List<Hash> transactionIds) {
        var now = view();
        Invariants.check(
                prepared.height() == now.height() + 1
                        && prepared.before().root().equals(now.root()),
                "a prepared state is committed onto the state that it was prepared on");
        Invariants.check(
                receipts.size() >= transactionIds.size(), "every transaction has a receipt");
        prepared.writes().keySet().forEach(key -> before.computeIfAbsent(key, this::get));
        prepared.writes().forEach(values::put);
        prepared.tree().stale().forEach(pages::remove);
        Map<Hash, Integer> transactions = HashMap.newHashMap(transactionIds.size());
        for (int i = 0; i < transactionIds.size(); i++) {
            transactions.put(transactionIds.get(i), i);
        }
        view =
                now.plus(
                        new Layer(
                                prepared.height(),
                                prepared.writes(),
                                prepared.tree(),
                                List.copyOf(receipts),
                                transactions));
        flushIfDue();
    }

    private void flushIfDue() {
        if (flusher.isDone()) {
            adoptFlush();
        }
        if (!flusher.isRunning() && view().layers().size() >= options.flushEveryHeights()) {
            startFlush();
        }
        if (flusher.isDone() || view().layers().size() >= StateOptions.MAX_UNFLUSHED) {
            adoptFlush();
        }
    }

    private void startFlush() {
        flusher.start(new FlushGroup(view().layers(), before));
        before = new HashMap<>();
    }

    /** Waits for the flush that is under way; the layers that it wrote are not needed any more. */
    private void adoptFlush() {
        var done = flusher.await();
        done.pages().forEach(page -> pages.put(page.getKey(), page.getValue()));
        view = view().flushedTo(done.height());
    }

    /** The receipts of an applied height: of its transactions in their order, then its own. */
    public Optional<List<Receipt>> receipts(long height) {
        var layer = view().layer(height);
        return layer == null ? flushed.receipts(height) : Optional.of(layer.receipts());
    }

    /** One receipt of an applied height, without decoding the others. */
    public Optional<Receipt> receipt(TransactionLocation location) {
        var layer = view().layer(location.height());
        if (layer == null) {
            return flushed.receipt(location);
        }
        int index = location.index();
        return index >= 0 && index < layer.receipts().size()
                ? Optional.of(layer.receipts().get(index))
                : Optional.empty();
    }

    /** Where an applied transaction is. */
    public Optional<TransactionLocation> transaction(Hash transactionId) {
        for (var layer : view().layers().reversed()) {
            var index = layer.transactions().get(transactionId);
            if (index != null) {
                return Optional.of(new TransactionLocation(layer.height(), index));
            }
        }
        return flushed.transaction(transactionId);
    }

    /** Flushes what is not yet, on the caller's thread, and closes the store. */
    @Override
    public void close() {
        try {
            if (flusher.isRunning()) {
                adoptFlush();
            }
            if (view != null && !view().layers().isEmpty()) {
                flushed.write(new FlushGroup(view().layers(), before));
            }
        } finally {
            flushed.close();
        }
    }

    private Page page(NodeKey key) {
        var layer = view == null ? null : view().layer(key.version());
        if (layer != null) {
            return Objects.requireNonNull(layer.tree().created().get(key));
        }
        var page = pages.get(key);
        if (page == null) {
            page = flushed.page(view().flushedHeight(), key);
            pages.put(key, page);
        }
        return page;
    }

    private View view() {
        var now = view;
        if (now == null) {
            throw new IllegalStateException("the state is not initialised");
        }
        return now;
    }
}
