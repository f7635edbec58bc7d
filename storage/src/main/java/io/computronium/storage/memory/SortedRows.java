package io.computronium.storage.memory;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map of byte strings in unsigned order. A change makes a new map that shares all but
 * a path with the old one, so that readers need no lock and a crash is a step back to an older map.
 *
 * <p>It is a treap (Seidel and Aragon, 1996): a search tree by key and a heap by {@link
 * #priority(byte[])}, which stands for a random number and keeps the tree shallow. Keys and values
 * are never changed nor handed out by those that call.
 */
record SortedRows(@Nullable Node root) {

    static final SortedRows EMPTY = new SortedRows(null);

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Node(byte[] key, byte[] value, @Nullable Node left, @Nullable Node right) {

        Node withLeft(@Nullable Node other) {
            return new Node(key, value, other, right);
        }

        Node withRight(@Nullable Node other) {
            return new Node(key, value, left, other);
        }
    }

    /** Keys below some key, and the others. */
    private record Halves(@Nullable Node below, @Nullable Node rest) {}

    byte @Nullable [] get(byte[] key) {
        var node = root;
        while (node != null) {
            int order = Arrays.compareUnsigned(key, node.key);
            if (order == 0) {
                return node.value;
            }
            node = order < 0 ? node.left : node.right;
        }
        return null;
    }

    SortedRows put(byte[] key, byte[] value) {
        return new SortedRows(put(root, new Node(key, value, null, null)));
    }

    SortedRows remove(byte[] key) {
        return get(key) == null ? this : removeRange(key, Arrays.copyOf(key, key.length + 1));
    }

    /** Without the keys from {@code from}, included, to {@code to}, excluded. */
    SortedRows removeRange(byte[] from, byte[] to) {
        var upper = split(root, from);
        return new SortedRows(join(upper.below, split(upper.rest, to).rest));
    }

    /** The rows from {@code from}, included, to {@code to}, excluded; null for the end. */
    SortedRows range(byte[] from, byte @Nullable [] to) {
        var rest = split(root, from).rest;
        return new SortedRows(to == null ? rest : split(rest, to).below);
    }

    /** The rows in order; {@code descending} from the last one on. */
    Walk walk(boolean descending) {
        return new Walk(root, descending);
    }

    /** Starts in front of the first row. */
    static final class Walk {

        private final Deque<Node> ahead = new ArrayDeque<>();
        private final boolean descending;
        private @Nullable Node at;

        private Walk(@Nullable Node root, boolean descending) {
            this.descending = descending;
            pushFirsts(root);
        }

        boolean next() {
            at = ahead.poll();
            if (at != null) {
                pushFirsts(descending ? at.left : at.right);
            }
            return at != null;
        }

        Node row() {
            if (at == null) {
                throw new IllegalStateException("no entry at hand");
            }
            return at;
        }

        private void pushFirsts(@Nullable Node from) {
            var node = from;
            while (node != null) {
                ahead.push(node);
                node = descending ? node.right : node.left;
            }
        }
    }

    private static Node put(@Nullable Node tree, Node added) {
        if (tree == null) {
            return added;
        }
        int order = Arrays.compareUnsigned(added.key, tree.key);
        if (order == 0) {
            return new Node(tree.key, added.value, tree.left, tree.right);
        }
        if (isAbove(added.key, tree.key)) {
            // An equal key would have stood above this tree, too.
            var halves = split(tree, added.key);
            return new Node(added.key, added.value, halves.below, halves.rest);
        }
        return order < 0
                ? tree.withLeft(put(tree.left, added))
                : tree.withRight(put(tree.right, added));
    }

    private static Halves split(@Nullable Node tree, byte[] at) {
        if (tree == null) {
            return new Halves(null, null);
        }
        if (Arrays.compareUnsigned(tree.key, at) < 0) {
            var halves = split(tree.right, at);
            return new Halves(tree.withRight(halves.below), halves.rest);
        }
        var halves = split(tree.left, at);
        return new Halves(halves.below, tree.withLeft(halves.rest));
    }

    /** One tree of two, where all keys of {@code below} are smaller than all of {@code above}. */
    private static @Nullable Node join(@Nullable Node below, @Nullable Node above) {
        if (below == null) {
            return above;
        }
        if (above == null) {
            return below;
        }
        return isAbove(below.key, above.key)
                ? below.withRight(join(below.right, above))
                : above.withLeft(join(below, above.left));
    }

    /** Priorities are equal once in a while: the key decides, so that the shape is one. */
    private static boolean isAbove(byte[] one, byte[] other) {
        int order = Integer.compare(priority(one), priority(other));
        return order > 0 || order == 0 && Arrays.compareUnsigned(one, other) > 0;
    }

    /** The last step of MurmurHash3 (public domain), which scatters similar hash codes. */
    private static int priority(byte[] key) {
        int h = Arrays.hashCode(key);
        h = (h ^ (h >>> 16)) * 0x85ebca6b;
        h = (h ^ (h >>> 13)) * 0xc2b2ae35;
        return h ^ (h >>> 16);
    }
}
