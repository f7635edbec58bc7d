package io.computronium.storage.tree;

import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.codec.Codec;
import io.computronium.primitives.crypto.StateHashing;
import io.computronium.storage.codec.FixedCodec;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Four levels of the binary tree in one piece: sixteen slots, one for each nibble of the path. The
 * fifteen hashes above the slots follow from them and are not stored. Immutable.
 *
 * <p>The bytes, on disk and in memory alike:
 *
 * <pre>
 * occupied u16 ‖ leaves u16 ‖ the occupied slots in order     bit n of the masks stands for slot n
 * slot = hash of key 32 ‖ hash of value 32                    a leaf
 *      | hash 32 ‖ version u64                                a link
 * </pre>
 */
public final class Page {

    /** Exactly the bytes of the page. */
    public static final Codec<Page> CODEC =
            FixedCodec.of(page -> page.bytes.clone(), Page::ofBytes);

    static final int SLOTS = 16;

    private static final int MASKS = 4;
    private static final int LEAF = 2 * Hash.SIZE;
    private static final int LINK = Hash.SIZE + Long.BYTES;

    /** What the objects and the entry of a hash map take besides the bytes, roughly. */
    private static final int OVERHEAD = 256;

    private final byte[] bytes;
    private final int occupied;
    private final int leaves;

    /**
     * The hashes above the slots, kept so that the next update recomputes those that change only.
     * Null until the page's hash is known to be right; empty if keeping them is not worth while.
     * For the thread that updates the tree alone.
     */
    private byte @Nullable [] inner;

    private Page(byte[] bytes, int occupied, int leaves) {
        this.bytes = bytes;
        this.occupied = occupied;
        this.leaves = leaves;
    }

    private static Page ofBytes(byte[] bytes) {
        MalformedDataException.unless(bytes.length >= MASKS, "tree page cut short");
        var buffer = ByteBuffer.wrap(bytes);
        int occupied = Short.toUnsignedInt(buffer.getShort());
        int leaves = Short.toUnsignedInt(buffer.getShort());
        MalformedDataException.unless((leaves & ~occupied) == 0, "tree page: leaf without a slot");
        MalformedDataException.unless(
                occupied != 0 && bytes.length == size(occupied, leaves),
                "tree page of a wrong length");
        return new Page(bytes, occupied, leaves);
    }

    /** A page with this one child. */
    static Page of(int slot, Child child) {
        var children = new Child[SLOTS];
        children[slot] = child;
        return with(null, 1 << slot, children);
    }

    /**
     * {@code old}, or a page without children, with other ones in some slots.
     *
     * @param changed mask of those slots
     * @param children by slot; read where {@code changed} says
     */
    static Page with(@Nullable Page old, int changed, Child[] children) {
        int occupied = old == null ? 0 : old.occupied & ~changed;
        int leaves = old == null ? 0 : old.leaves & ~changed;
        for (int rest = changed; rest != 0; rest &= rest - 1) {
            int slot = Integer.numberOfTrailingZeros(rest);
            switch (children[slot]) {
                case Child.Empty() -> {}
                case Child.Leaf _ -> {
                    occupied |= 1 << slot;
                    leaves |= 1 << slot;
                }
                case Child.Link _ -> occupied |= 1 << slot;
            }
        }
        var bytes = new byte[size(occupied, leaves)];
        ByteBuffer.wrap(bytes).putShort((short) occupied).putShort((short) leaves);
        int at = MASKS;
        for (int rest = occupied; rest != 0; rest &= rest - 1) {
            int slot = Integer.numberOfTrailingZeros(rest);
            if ((changed & 1 << slot) != 0) {
                at += write(children[slot], bytes, at);
            } else {
                at += copySlot(old, slot, bytes, at);
            }
        }
        return new Page(bytes, occupied, leaves);
    }

    private static int write(Child child, byte[] target, int at) {
        return switch (child) {
            case Child.Empty() -> 0;
            case Child.Leaf(var keyHash, var valueHash) -> {
                keyHash.copyTo(target, at);
                valueHash.copyTo(target, at + Hash.SIZE);
                yield LEAF;
            }
            case Child.Link(var hash, var version) -> {
                hash.copyTo(target, at);
                ByteBuffer.wrap(target).putLong(at + Hash.SIZE, version);
                yield LINK;
            }
        };
    }

    private static int copySlot(@Nullable Page from, int slot, byte[] target, int at) {
        if (from == null) {
            throw new IllegalStateException("only a page that was there has unchanged slots");
        }
        int length = from.isLeaf(slot) ? LEAF : LINK;
        System.arraycopy(from.bytes, from.offset(slot), target, at, length);
        return length;
    }

    private static int size(int occupied, int leaves) {
        return MASKS
                + LEAF * Integer.bitCount(leaves)
                + LINK * Integer.bitCount(occupied & ~leaves);
    }

    Child child(int slot) {
        if ((occupied & 1 << slot) == 0) {
            return Child.EMPTY;
        }
        int at = offset(slot);
        return isLeaf(slot)
                ? new Child.Leaf(hashAt(at), hashAt(at + Hash.SIZE))
                : new Child.Link(hashAt(at), ByteBuffer.wrap(bytes).getLong(at + Hash.SIZE));
    }

    /** The child that is alone in this page, and a leaf; else null. */
    Child.@Nullable Leaf onlyLeaf() {
        boolean alone = occupied == leaves && Integer.bitCount(occupied) == 1;
        return alone && child(Integer.numberOfTrailingZeros(occupied)) instanceof Child.Leaf leaf
                ? leaf
                : null;
    }

    /** Mask of the slots that are not empty. */
    int occupied() {
        return occupied;
    }

    boolean isLeaf(int slot) {
        return (leaves & 1 << slot) != 0;
    }

    private int offset(int slot) {
        int before = (1 << slot) - 1;
        return size(occupied & before, leaves & before);
    }

    private Hash hashAt(int offset) {
        return Hash.of(Arrays.copyOfRange(bytes, offset, offset + Hash.SIZE));
    }

    /** Writes the hash of an occupied slot into {@code target}. */
    void slotHashInto(int slot, byte[] target, int at) {
        if (isLeaf(slot)) {
            StateHashing.leafInto(bytes, offset(slot), target, at);
        } else {
            System.arraycopy(bytes, offset(slot), target, at, Hash.SIZE);
        }
    }

    byte @Nullable [] inner() {
        return inner;
    }

    void keepInner(byte[] hashes) {
        inner = hashes;
    }

    /** Roughly what this page takes in memory, with its key and its place in a cache. */
    public int memoryBytes() {
        return OVERHEAD
                + bytes.length
                + (PageHashes.isWorthKeeping(this) ? PageHashes.KEPT_BYTES : 0);
    }
}
