package io.computronium.primitives.crypto;

import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import java.util.List;

/**
 * The proof that an entry stands at a place of a list whose {@link MerkleTree} root is known (RFC
 * 6962, 2.1.1; verified as in RFC 9162, 2.1.3.2).
 *
 * <p>Index and size determine the shape of the path. Both are proven along with the entry only as
 * far as the path depends on them; a caller who relies on the size takes it from what the root's
 * signers signed.
 *
 * @param index of the entry, 0 to size - 1
 * @param size number of entries of the list
 * @param siblings from the leaf's up to the root's child; exactly as many as index and size ask for
 */
public record MerkleProof(int index, int size, List<Hash> siblings) {

    /**
     * @throws MalformedDataException if the index is outside the list or the number of siblings is
     *     not the path's
     */
    public MerkleProof {
        if (index < 0 || index >= size) {
            throw new MalformedDataException("index " + index + " of a list of " + size);
        }
        int length = pathLength(index, size);
        if (siblings.size() != length) {
            throw new MalformedDataException(
                    "the path has " + siblings.size() + " siblings instead of " + length);
        }
        siblings = List.copyOf(siblings);
    }

    /** Whether the tree of {@code root} has the bytes {@code entry} at the proof's place. */
    public boolean verify(Hash root, byte[] entry) {
        return climb(Sha256.hash(Domain.MERKLE_LEAF, entry)).equals(root);
    }

    /** As {@link #verify(Hash, byte[])}, for a tree made by {@link MerkleTree#ofHashes}. */
    public boolean verify(Hash root, Hash entry) {
        return climb(Sha256.hash(Domain.MERKLE_LEAF, entry)).equals(root);
    }

    private Hash climb(Hash leaf) {
        var node = leaf;
        int at = index;
        int last = size - 1;
        var remaining = siblings.iterator();
        while (last > 0) {
            if ((at & 1) == 1) {
                node = Sha256.hash(Domain.MERKLE_INNER, remaining.next(), node);
            } else if (at < last) {
                node = Sha256.hash(Domain.MERKLE_INNER, node, remaining.next());
            }
            at >>= 1;
            last >>= 1;
        }
        return node;
    }

    /** One sibling a level, except where the node is the last of an odd number and rises alone. */
    private static int pathLength(int index, int size) {
        int length = 0;
        int at = index;
        for (int last = size - 1; last > 0; last >>= 1) {
            if ((at & 1) == 1 || at < last) {
                length++;
            }
            at >>= 1;
        }
        return length;
    }
}
