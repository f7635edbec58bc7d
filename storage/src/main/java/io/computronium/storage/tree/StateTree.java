package io.computronium.storage.tree;

import io.computronium.primitives.Hash;
import io.computronium.primitives.crypto.StateProof;
import io.computronium.storage.StorageFailureException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the tree: how a sorted batch of changes turns one version into the next, and how a
 * proof is read off. Reads pages, writes nothing.
 *
 * <p>One instance is for one thread. Pages that {@link #update} was given or made belong to the
 * thread of updates, but {@link #prove} only reads them, so it may run on another thread meanwhile.
 */
public final class StateTree {

    private final PageReader reader;
    private final PageHashes hashes = new PageHashes();

    public StateTree(PageReader reader) {
        this.reader = reader;
    }

    /**
     * The tree of {@code root} with {@code changes} applied.
     *
     * @param version of the pages that are made; above all versions in the tree
     * @param changes in ascending order of the key's hash, no key twice
     */
    public TreeChange update(TreeRoot root, long version, List<LeafChange> changes) {
        return new Update(version, changes).run(root);
    }

    /** Proof of presence or absence of a key under {@code root}. */
    public StateProof prove(TreeRoot root, Hash keyHash) {
        List<Hash> siblings = new ArrayList<>();
        if (root.isEmpty()) {
            return new StateProof(siblings, new StateProof.End.Empty());
        }
        var link = new Child.Link(root.hash(), root.version());
        for (int depth = 0; ; depth++) {
            var key = NodeKey.of(link.version(), keyHash, depth);
            var page = reader.page(key);
            checkHash(hashes.ofPage(page), link, key);
            int slot = nibble(keyHash, depth);
            int node = PageHashes.ROOT;
            while (node < PageHashes.FIRST_SLOT) {
                var end = end(page, node);
                if (end != null) {
                    return new StateProof(siblings, end);
                }
                int next = nextTowards(slot, node);
                siblings.add(hashes.at(next ^ 1));
                node = next;
            }
            switch (page.child(slot)) {
                case Child.Empty() -> {
                    return new StateProof(siblings, new StateProof.End.Empty());
                }
                case Child.Leaf(var found, var valueHash) -> {
                    return new StateProof(siblings, new StateProof.End.Leaf(found, valueHash));
                }
                case Child.Link next -> link = next;
            }
        }
    }

    /** The half of {@code node} in which {@code slot} is. */
    private static int nextTowards(int slot, int node) {
        return (PageHashes.slotsBelow(2 * node) & 1 << slot) != 0 ? 2 * node : 2 * node + 1;
    }

    /** What a path ends at that has come to {@code node}; null if it goes on. */
    private static StateProof.@Nullable End end(Page page, int node) {
        int below = page.occupied() & PageHashes.slotsBelow(node);
        if (below == 0) {
            return new StateProof.End.Empty();
        }
        boolean alone = Integer.bitCount(below) == 1;
        return alone
                        && page.child(Integer.numberOfTrailingZeros(below))
                                instanceof Child.Leaf(var keyHash, var valueHash)
                ? new StateProof.End.Leaf(keyHash, valueHash)
                : null;
    }

    private static void checkHash(Hash hash, Child.Link link, NodeKey key) {
        if (!hash.equals(link.hash())) {
            throw new StorageFailureException("the state tree is damaged at " + key);
        }
    }

    private static int nibble(Hash keyHash, int depth) {
        int both = keyHash.at(depth >> 1);
        return (depth & 1) == 0 ? (both >> 4) & 0xf : both & 0xf;
    }

    /** One batch on its way down the tree. */
    private final class Update {

        private final long version;
        private final List<LeafChange> changes;
        private final Map<NodeKey, Page> created = new HashMap<>();
        private final List<NodeKey> stale = new ArrayList<>();

        Update(long version, List<LeafChange> changes) {
            this.version = version;
            this.changes = changes;
        }

        TreeChange run(TreeRoot root) {
            var before = root.isEmpty() ? Child.EMPTY : new Child.Link(root.hash(), root.version());
            var after = changes.isEmpty() ? before : descend(before, 0, changes.size(), 0);
            var newRoot =
                    switch (after) {
                        case Child.Empty() -> TreeRoot.EMPTY;
                        case Child.Link(var hash, var made) -> new TreeRoot(hash, made);
                        case Child.Leaf _ ->
                                throw new IllegalStateException("the root is a page of its own");
                    };
            return new TreeChange(
                    newRoot,
                    Collections.unmodifiableMap(created),
                    Collections.unmodifiableList(stale));
        }

        /**
         * Applies the changes {@code [from, to)}, which share the path to a subtree.
         *
         * @param before the subtree, whose page would stand at {@code depth}
         */
        private Child descend(Child before, int from, int to, int depth) {
            return switch (before) {
                case Child.Empty() -> rebuild(before, null, from, to, depth);
                case Child.Leaf leaf ->
                        // As if the leaf had a page of its own: if it stays alone, it comes back.
                        rebuild(
                                before,
                                Page.of(nibble(leaf.keyHash(), depth), leaf),
                                from,
                                to,
                                depth);
                case Child.Link link -> {
                    var key = NodeKey.of(link.version(), changes.get(from).keyHash(), depth);
                    var page = reader.page(key);
                    if (page.inner() == null) {
                        checkHash(hashes.ofPageToKeep(page), link, key);
                    }
                    var after = rebuild(before, page, from, to, depth);
                    if (!after.equals(before)) {
                        stale.add(key);
                    }
                    yield after;
                }
            };
        }

        /** The changes sorted into the slots of {@code page}; {@code before} if none changes it. */
        private Child rebuild(Child before, @Nullable Page page, int from, int to, int depth) {
            var children = new Child[Page.SLOTS];
            int changed = 0;
            for (int start = from; start < to; ) {
                int slot = nibble(changes.get(start).keyHash(), depth);
                int end = start + 1;
                while (end < to && nibble(changes.get(end).keyHash(), depth) == slot) {
                    end++;
                }
                var child = page == null ? Child.EMPTY : page.child(slot);
                var next = change(child, start, end, depth + 1);
                if (!next.equals(child)) {
                    children[slot] = next;
                    changed |= 1 << slot;
                }
                start = end;
            }
            return changed == 0 ? before : settle(page, changed, children, from, depth);
        }

        private Child change(Child child, int from, int to, int depth) {
            var first = changes.get(from);
            boolean direct =
                    to - from == 1
                            && switch (child) {
                                case Child.Empty() -> true;
                                case Child.Leaf(var keyHash, _) -> keyHash.equals(first.keyHash());
                                case Child.Link _ -> false;
                            };
            if (!direct) {
                return descend(child, from, to, depth);
            }
            return first.valueHash() == null
                    ? Child.EMPTY
                    : new Child.Leaf(first.keyHash(), first.valueHash());
        }

        /** Makes a page unless the root's half of the rule says that the subtree is no node. */
        private Child settle(
                @Nullable Page old, int changed, Child[] children, int from, int depth) {
            var page = Page.with(old, changed, children);
            if (page.occupied() == 0) {
                return Child.EMPTY;
            }
            var alone = page.onlyLeaf();
            if (alone != null && depth > 0) {
                return alone;
            }
            var hash =
                    old == null
                            ? hashes.ofPageToKeep(page)
                            : hashes.ofChangedToKeep(page, old, changed);
            created.put(NodeKey.of(version, changes.get(from).keyHash(), depth), page);
            return new Child.Link(hash, version);
        }
    }
}
