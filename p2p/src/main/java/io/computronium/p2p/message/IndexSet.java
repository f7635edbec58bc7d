package io.computronium.p2p.message;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.block.Block;
import java.util.BitSet;

/**
 * Places in a block's list of transactions: bit {@code i % 8}, least significant first, of byte
 * {@code i / 8} stands for place {@code i}, and the last byte is not zero. So a set is sorted, has
 * no doubles, takes at most 8 KiB and is spelt in one way only.
 */
public record IndexSet(Bytes bits) {

    public static final IndexSet EMPTY = new IndexSet(Bytes.EMPTY);

    public IndexSet {
        MalformedDataException.unless(
                bits.size() <= Block.MAX_TRANSACTIONS / 8, "indexes: beyond a block's end");
        MalformedDataException.unless(
                bits.isEmpty() || bits.at(bits.size() - 1) != 0, "indexes: zero byte at the end");
    }

    public static IndexSet of(BitSet indexes) {
        return new IndexSet(Bytes.owned(indexes.toByteArray()));
    }

    /** A fresh copy. */
    public BitSet toBitSet() {
        return BitSet.valueOf(bits.asReadOnlyBuffer());
    }

    /** How many places. */
    public int count() {
        return toBitSet().cardinality();
    }

    /** One more than the highest place; 0 if there is none. */
    public int length() {
        return toBitSet().length();
    }
}
