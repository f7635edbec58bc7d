package io.computronium.storage.tree;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.primitives.crypto.StateHashing;
import io.computronium.primitives.crypto.StateProof;
import io.computronium.storage.StorageFailureException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StateTreeTest {

    private static final int ROUNDS = 60;

    /** The pages of all versions, and the tree as it is. */
    private final Map<NodeKey, Page> pages = new HashMap<>();

    private final StateTree tree = new StateTree(this::page);
    private TreeRoot root = TreeRoot.EMPTY;
    private long version;

    private Page page(NodeKey key) {
        var page = pages.get(key);
        if (page == null) {
            throw new StorageFailureException("no page " + key);
        }
        return page;
    }

    /** Applies a batch and drops what it made stale, so that a page too many or too few shows. */
    private void apply(SortedMap<Hash, LeafChange> batch) {
        version++;
        var change = tree.update(root, version, List.copyOf(batch.values()));
        for (var stale : change.stale()) {
            assertTrue(pages.remove(stale) != null, "stale twice: " + stale);
        }
        for (var page : change.created().entrySet()) {
            assertEquals(version, page.getKey().version());
            pages.put(page.getKey(), page.getValue());
        }
        root = change.root();
    }

    /** Keys that share many nibbles, so that pages form chains and collapse again. */
    private static Hash clusteredKey(Random random, int cluster) {
        var bytes = new byte[Hash.SIZE];
        int free = 1 + random.nextInt(2);
        for (int i = 0; i < free; i++) {
            bytes[(cluster + i * 7) % Hash.SIZE] = (byte) (random.nextInt(4) << random.nextInt(7));
        }
        return Hash.of(bytes);
    }

    private static Hash randomHash(Random random) {
        var bytes = new byte[Hash.SIZE];
        random.nextBytes(bytes);
        return Hash.of(bytes);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void agreesWithTheDefinitionWhateverIsPutAndRemoved(boolean clustered) {
        long seed = System.nanoTime();
        var random = new Random(seed);
        SortedMap<Hash, Hash> model = new TreeMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            SortedMap<Hash, LeafChange> batch = randomBatch(random, model, clustered);
            apply(batch);
            batch.forEach((key, change) -> {
                if (change.valueHash() == null) {
                    model.remove(key);
                } else {
                    model.put(key, change.valueHash());
                }
            });
            String when = "seed " + seed + ", round " + round;
            assertEquals(NaiveTree.root(model), root.hash(), when);
            assertEquals(model.isEmpty(), root.isEmpty(), when);
            assertProofs(model, random, when);
        }
        removeAll(model);
        assertTrue(root.isEmpty(), "seed " + seed);
        assertTrue(pages.isEmpty(), "seed " + seed + ": pages left " + pages.keySet());
    }

    private SortedMap<Hash, LeafChange> randomBatch(
            Random random, SortedMap<Hash, Hash> model, boolean clustered) {
        SortedMap<Hash, LeafChange> batch = new TreeMap<>();
        List<Hash> present = new ArrayList<>(model.keySet());
        boolean shrink = random.nextInt(3) == 0;
        int size = random.nextInt(40);
        for (int i = 0; i < size; i++) {
            boolean old = !present.isEmpty() && random.nextInt(4) < (shrink ? 3 : 1);
            var key =
                    old
                            ? present.get(random.nextInt(present.size()))
                            : clustered
                                    ? clusteredKey(random, random.nextInt(Hash.SIZE))
                                    : randomHash(random);
            boolean remove = old ? shrink : random.nextInt(5) == 0;
            // Sometimes the value that is there already.
            var same = model.get(key);
            var value = same != null && random.nextInt(4) == 0 ? same : randomHash(random);
            batch.put(key, new LeafChange(key, remove ? null : value));
        }
        return batch;
    }

    private void assertProofs(SortedMap<Hash, Hash> model, Random random, String when) {
        List<Hash> keys = new ArrayList<>(model.keySet());
        for (int i = 0; i < 5 && !keys.isEmpty(); i++) {
            var key = keys.get(random.nextInt(keys.size()));
            var proof = tree.prove(root, key);
            assertEquals(
                    new StateProof.End.Leaf(key, requireNonNull(model.get(key))),
                    proof.end(),
                    when);
            assertEquals(root.hash(), rootOf(proof, key), when);
        }
        for (int i = 0; i < 5; i++) {
            var key = random.nextBoolean() ? randomHash(random) : clusteredKey(random, i);
            if (!model.containsKey(key)) {
                var proof = tree.prove(root, key);
                if (proof.end() instanceof StateProof.End.Leaf leaf) {
                    assertTrue(!leaf.keyHash().equals(key), when);
                    assertTrue(
                            StateHashing.sharedDepth(key, leaf.keyHash())
                                    >= proof.siblings().size(),
                            when);
                }
                assertEquals(root.hash(), rootOf(proof, key), when);
            }
        }
    }

    private static Hash rootOf(StateProof proof, Hash key) {
        var hash =
                switch (proof.end()) {
                    case StateProof.End.Empty() -> StateHashing.EMPTY;
                    case StateProof.End.Leaf(var k, var v) -> StateHashing.leaf(k, v);
                };
        for (int depth = proof.siblings().size() - 1; depth >= 0; depth--) {
            var sibling = proof.siblings().get(depth);
            hash =
                    StateHashing.goesRight(key, depth)
                            ? StateHashing.inner(sibling, hash)
                            : StateHashing.inner(hash, sibling);
        }
        return hash;
    }

    private void removeAll(SortedMap<Hash, Hash> model) {
        SortedMap<Hash, LeafChange> batch = new TreeMap<>();
        model.keySet().forEach(key -> batch.put(key, new LeafChange(key, null)));
        apply(batch);
    }

    @Test
    void provesForTheOutsideWorld() {
        SortedMap<Hash, LeafChange> batch = new TreeMap<>();
        for (int i = 0; i < 100; i++) {
            var key = StateHashing.keyHash(new byte[] {(byte) i});
            batch.put(key, new LeafChange(key, StateHashing.valueHash(new byte[] {(byte) i, 1})));
        }
        apply(batch);
        for (int i = 0; i < 200; i++) {
            byte[] key = {(byte) i};
            var proof = tree.prove(root, StateHashing.keyHash(key));
            byte[] value = {(byte) i, 1};
            assertEquals(i < 100, proof.verifyPresence(root.hash(), key, value), "key " + i);
            assertEquals(i >= 100, proof.verifyAbsence(root.hash(), key), "key " + i);
        }
    }

    @Test
    void emptyTreeProvesAbsence() {
        byte[] key = {1};
        var proof = tree.prove(TreeRoot.EMPTY, StateHashing.keyHash(key));
        assertTrue(proof.verifyAbsence(StateHashing.EMPTY, key));
    }

    @Test
    void batchWithoutEffectChangesNothing() {
        var key = StateHashing.keyHash(new byte[] {1});
        var other = StateHashing.keyHash(new byte[] {2});
        var value = StateHashing.valueHash(new byte[] {3});
        apply(new TreeMap<>(Map.of(key, new LeafChange(key, value))));
        SortedMap<Hash, LeafChange> idle = new TreeMap<>();
        idle.put(key, new LeafChange(key, value));
        idle.put(other, new LeafChange(other, null));
        var change = tree.update(root, version + 1, List.copyOf(idle.values()));
        assertEquals(root, change.root());
        assertTrue(change.created().isEmpty());
        assertTrue(change.stale().isEmpty());
    }

    @Test
    void pageThatIsNotWhatItsLinkSaysIsFatal() {
        var random = new Random(1);
        SortedMap<Hash, LeafChange> batch = new TreeMap<>();
        for (int i = 0; i < 50; i++) {
            var key = randomHash(random);
            batch.put(key, new LeafChange(key, randomHash(random)));
        }
        apply(batch);
        var rootKey = new NodeKey(version, Bytes.owned(new byte[1]));
        var bytes = Page.CODEC.encode(page(rootKey));
        bytes[bytes.length - 1] ^= 1;
        // The last slot's version, which no hash covers, leads to a page that is not there.
        pages.put(rootKey, Page.CODEC.decode(bytes));
        var last = batch.lastKey();
        assertThrows(StorageFailureException.class, () -> tree.prove(root, last));
        bytes[bytes.length - 1] ^= 1;
        bytes[bytes.length - 20] ^= 1;
        pages.put(rootKey, Page.CODEC.decode(bytes));
        var changes = List.of(new LeafChange(last, null));
        assertThrows(StorageFailureException.class, () -> tree.update(root, version + 1, changes));
    }

    @Test
    void pagesAndKeysSurviveTheirBytes() {
        var random = new Random(2);
        SortedMap<Hash, LeafChange> batch = new TreeMap<>();
        for (int i = 0; i < 300; i++) {
            var key = randomHash(random);
            batch.put(key, new LeafChange(key, randomHash(random)));
        }
        apply(batch);
        pages.replaceAll((key, page) -> Page.CODEC.decode(Page.CODEC.encode(page)));
        Map<NodeKey, Page> again = new HashMap<>();
        pages.forEach(
                (key, page) -> again.put(NodeKey.CODEC.decode(NodeKey.CODEC.encode(key)), page));
        assertEquals(pages.keySet(), again.keySet());
        removeAll(leavesOf(batch));
        assertInstanceOf(StateProof.End.Empty.class, tree.prove(root, batch.firstKey()).end());
    }

    private static SortedMap<Hash, Hash> leavesOf(SortedMap<Hash, LeafChange> batch) {
        SortedMap<Hash, Hash> leaves = new TreeMap<>();
        batch.keySet().forEach(key -> leaves.put(key, key));
        return leaves;
    }
}
