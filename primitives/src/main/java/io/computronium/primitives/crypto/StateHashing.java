package io.computronium.primitives.crypto;

import io.computronium.primitives.Hash;

/**
 * How the state becomes one hash: a binary sparse Merkle tree over the 256 bits of each key's hash,
 * the highest bit of the first byte first, 0 to the left.
 *
 * <p>A subtree with no keys is {@link #EMPTY}; a subtree with exactly one is that key's leaf, at
 * whatever depth (as in Diem's Jellyfish Merkle tree); any other is the hash of its two halves. So
 * the tree is a function of the set of keys and values alone, and about log2(n) deep. Leaves and
 * inner nodes start with bytes of their own, so none can pass for the other.
 */
public final class StateHashing {

    /** The hash of a subtree without keys, and of an empty state. */
    public static final Hash EMPTY = Hash.ZERO;

    /** Bits of a key's hash, which no path can be longer than. */
    public static final int MAX_DEPTH = 8 * Hash.SIZE;

    private StateHashing() {}

    /** The place of {@code key} in the tree. */
    public static Hash keyHash(byte[] key) {
        return Sha256.hash(Domain.STATE_KEY, key);
    }

    /** What the tree commits to of {@code value}. */
    public static Hash valueHash(byte[] value) {
        return Sha256.hash(Domain.STATE_VALUE, value);
    }

    /** The node of one key. */
    public static Hash leaf(Hash keyHash, Hash valueHash) {
        return Sha256.hash(Domain.STATE_LEAF, keyHash, valueHash);
    }

    /** The node above two subtrees, of which at least one holds two keys or both hold one. */
    public static Hash inner(Hash left, Hash right) {
        return Sha256.hash(Domain.STATE_INNER, left, right);
    }

    /**
     * As {@link #leaf}, of the 64 bytes {@code key's hash ‖ value's hash} at {@code offset}, into
     * {@code target}: no object is made. Source and target may be the same array.
     */
    public static void leafInto(byte[] source, int offset, byte[] target, int targetOffset) {
        Sha256.hashInto(Domain.STATE_LEAF, source, offset, 2 * Hash.SIZE, target, targetOffset);
    }

    /** As {@link #inner}, of the 64 bytes {@code left ‖ right}, in the way of {@link #leafInto}. */
    public static void innerInto(byte[] source, int offset, byte[] target, int targetOffset) {
        Sha256.hashInto(Domain.STATE_INNER, source, offset, 2 * Hash.SIZE, target, targetOffset);
    }

    /** Whether the path of {@code keyHash} goes right below a node at {@code depth}, 0 the root. */
    public static boolean goesRight(Hash keyHash, int depth) {
        return (keyHash.at(depth >> 3) & (0x80 >> (depth & 7))) != 0;
    }

    /** How many bits the two paths share from the root on, 0 to {@link #MAX_DEPTH}. */
    public static int sharedDepth(Hash one, Hash other) {
        for (int i = 0; i < Hash.SIZE; i++) {
            int difference = (one.at(i) ^ other.at(i)) & 0xff;
            if (difference != 0) {
                return 8 * i + Integer.numberOfLeadingZeros(difference) - 24;
            }
        }
        return MAX_DEPTH;
    }
}
