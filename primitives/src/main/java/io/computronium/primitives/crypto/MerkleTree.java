package io.computronium.primitives.crypto;

import io.computronium.primitives.Hash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;

/**
 * The Merkle tree of RFC 6962, section 2.1, over an ordered list of entries.
 *
 * <p>An entry becomes a leaf as H(0x00 ‖ entry), two nodes an inner one as H(0x01 ‖ left ‖ right),
 * and the root of no entries is the SHA-256 of nothing. The RFC splits a list at the largest power
 * of two below its length; that is the same tree as pairing the nodes of a level from the left and
 * letting a node without partner rise unchanged, which is what happens here, level by level in flat
 * arrays.
 *
 * <p>Immutable. Takes 64 bytes an entry; the number of entries is the caller's to bound.
 */
public final class MerkleTree {

    /** The nodes of each level one behind the other, from the leaves to the root. */
    private final List<byte[]> levels;

    private final int size;

    private MerkleTree(byte[] leaves) {
        this.size = leaves.length / Hash.SIZE;
        this.levels = new ArrayList<>();
        var level = leaves;
        levels.add(level);
        while (level.length > Hash.SIZE) {
            level = parents(level);
            levels.add(level);
        }
    }

    /** The tree over {@code entries}, each hashed as a leaf. */
    public static MerkleTree of(List<byte[]> entries) {
        return of(entries.size(), entries::get);
    }

    /** The tree whose entries are the bytes of {@code hashes}, each hashed again as a leaf. */
    public static MerkleTree ofHashes(List<Hash> hashes) {
        return of(hashes.size(), i -> hashes.get(i).toArray());
    }

    /** The root over {@code entries}. */
    public static Hash root(List<byte[]> entries) {
        return of(entries).root();
    }

    /** The root over the bytes of {@code hashes} as entries. */
    public static Hash rootOfHashes(List<Hash> hashes) {
        return ofHashes(hashes).root();
    }

    private static MerkleTree of(int size, IntFunction<byte[]> entries) {
        var leaves = new byte[Math.multiplyExact(size, Hash.SIZE)];
        for (int i = 0; i < size; i++) {
            var entry = entries.apply(i);
            Sha256.hashInto(Domain.MERKLE_LEAF, entry, 0, entry.length, leaves, i * Hash.SIZE);
        }
        return new MerkleTree(leaves);
    }

    private static byte[] parents(byte[] level) {
        int pair = 2 * Hash.SIZE;
        int pairs = level.length / pair;
        int alone = level.length % pair;
        var parents = new byte[pairs * Hash.SIZE + alone];
        for (int i = 0; i < pairs; i++) {
            Sha256.hashInto(Domain.MERKLE_INNER, level, i * pair, pair, parents, i * Hash.SIZE);
        }
        System.arraycopy(level, pairs * pair, parents, pairs * Hash.SIZE, alone);
        return parents;
    }

    /** Number of entries. */
    public int size() {
        return size;
    }

    public Hash root() {
        return size == 0 ? Hash.of(Sha256.plain(new byte[0])) : node(levels.getLast(), 0);
    }

    /**
     * The proof that entry {@code index} is in the tree.
     *
     * @throws IndexOutOfBoundsException if there is no such entry
     */
    public MerkleProof proof(int index) {
        var siblings = new ArrayList<Hash>();
        int at = Objects.checkIndex(index, size);
        for (var level : levels) {
            int sibling = at ^ 1;
            if (sibling < level.length / Hash.SIZE) {
                siblings.add(node(level, sibling));
            }
            at >>= 1;
        }
        return new MerkleProof(index, size, siblings);
    }

    private static Hash node(byte[] level, int index) {
        return Hash.of(Arrays.copyOfRange(level, index * Hash.SIZE, (index + 1) * Hash.SIZE));
    }
}
