package io.computronium.primitives.crypto;

import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import java.util.List;

/**
 * What stands in the state tree of {@link StateHashing} where a key's path ends, and the hashes
 * that tie it to the root. One proof serves for presence or for absence, depending on what is
 * found.
 *
 * @param siblings from the root's child downwards: entry d is the other half at depth d + 1, so the
 *     path takes bit d of the key's hash there; at most {@link StateHashing#MAX_DEPTH}
 * @param end what the path leads to below the last sibling
 */
public record StateProof(List<Hash> siblings, End end) {

    /** The subtree in which a path ends: it holds one key or none. */
    public sealed interface End {

        /** No key at all starts with this path. */
        record Empty() implements End {}

        /** Exactly one key starts with this path, perhaps not the one that was looked for. */
        record Leaf(Hash keyHash, Hash valueHash) implements End {}
    }

    /**
     * @throws MalformedDataException if there are more siblings than a path can have
     */
    public StateProof {
        if (siblings.size() > StateHashing.MAX_DEPTH) {
            throw new MalformedDataException(siblings.size() + " siblings in a proof of state");
        }
        siblings = List.copyOf(siblings);
    }

    /**
     * Whether the proof shows that the state of {@code root} holds {@code value} under {@code key}.
     */
    public boolean verifyPresence(Hash root, byte[] key, byte[] value) {
        var keyHash = StateHashing.keyHash(key);
        return switch (end) {
            case End.Empty() -> false;
            case End.Leaf leaf ->
                    leaf.keyHash().equals(keyHash)
                            && leaf.valueHash().equals(StateHashing.valueHash(value))
                            && rootAlong(keyHash).equals(root);
        };
    }

    /** Whether the proof shows that the state of {@code root} holds nothing under {@code key}. */
    public boolean verifyAbsence(Hash root, byte[] key) {
        var keyHash = StateHashing.keyHash(key);
        return endExcludes(keyHash) && rootAlong(keyHash).equals(root);
    }

    /**
     * Whether an end on the path of {@code keyHash} leaves no room for that key. A leaf does if it
     * is another's and itself belongs on this path; else a lone key from elsewhere would prove
     * anything.
     */
    private boolean endExcludes(Hash keyHash) {
        return switch (end) {
            case End.Empty() -> true;
            case End.Leaf(var other, _) -> {
                int shared = StateHashing.sharedDepth(keyHash, other);
                yield shared >= siblings.size() && shared < StateHashing.MAX_DEPTH;
            }
        };
    }

    private Hash rootAlong(Hash keyHash) {
        var node =
                switch (end) {
                    case End.Empty() -> StateHashing.EMPTY;
                    case End.Leaf(var otherKey, var value) -> StateHashing.leaf(otherKey, value);
                };
        for (int depth = siblings.size() - 1; depth >= 0; depth--) {
            var sibling = siblings.get(depth);
            node =
                    StateHashing.goesRight(keyHash, depth)
                            ? StateHashing.inner(sibling, node)
                            : StateHashing.inner(node, sibling);
        }
        return node;
    }
}
