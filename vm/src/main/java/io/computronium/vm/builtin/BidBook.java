package io.computronium.vm.builtin;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.MalformedDataException;
import io.computronium.vm.contract.Shape;
import java.nio.ByteBuffer;

/**
 * The open bids of an auction, best first: by limit, and at the same limit by when it was set. One
 * record of {@value #ENTRY} bytes a bid, since it is read at each bid and must stay small and flat;
 * what else is known of a bid has a record of its own.
 *
 * <p>Immutable. A change copies the bytes, and finds its place by binary search.
 */
record BidBook(Bytes bytes) {

    /** The most bids in a book. */
    static final int MAX_BIDS = 1_024;

    static final BidBook EMPTY = new BidBook(Bytes.EMPTY);

    /** Limit u64, quantity u64, id u64. */
    private static final int ENTRY = 24;

    static final Shape<BidBook> SHAPE =
            Shape.buffer(MAX_BIDS * ENTRY).map(BidBook::new, BidBook::bytes);

    BidBook {
        MalformedDataException.unless(bytes.size() % ENTRY == 0, "book: not whole entries");
    }

    /**
     * An open bid.
     *
     * @param limit the most that it pays for one unit
     */
    record Entry(long limit, long quantity, long id) {}

    /**
     * What the bids came to.
     *
     * @param clearing the limit of the last bid that gets anything, which all pay
     * @param sold units
     * @param marginal id of that last bid, 0 if there is none
     * @param marginalFill what it gets
     */
    record Result(long clearing, long sold, long marginal, long marginalFill) {

        /** Of all bids together. */
        long proceeds() {
            return Math.multiplyExact(clearing, sold);
        }
    }

    int size() {
        return bytes.size() / ENTRY;
    }

    Entry get(int index) {
        ByteBuffer entry = bytes.asReadOnlyBuffer().position(index * ENTRY);
        return new Entry(entry.getLong(), entry.getLong(), entry.getLong());
    }

    Entry lowest() {
        return get(size() - 1);
    }

    /** With one more bid, behind all others of its limit. */
    BidBook insert(Entry entry) {
        int at = firstBelow(entry.limit) * ENTRY;
        var next = new byte[bytes.size() + ENTRY];
        ByteBuffer all = bytes.asReadOnlyBuffer();
        all.get(next, 0, at);
        ByteBuffer.wrap(next, at, ENTRY)
                .putLong(entry.limit)
                .putLong(entry.quantity)
                .putLong(entry.id);
        all.get(next, at + ENTRY, all.remaining());
        return new BidBook(Bytes.owned(next));
    }

    /** Without the last bid. */
    BidBook dropLowest() {
        return without(size() - 1);
    }

    /** Without the bid {@code id}, which is there with this limit. */
    BidBook remove(long id, long limit) {
        int index = firstBelow(limit) - 1;
        while (get(index).id != id) {
            index--;
        }
        return without(index);
    }

    /** Gives {@code batch} units to the best bids. */
    Result clear(long batch) {
        long sold = 0;
        var result = new Result(0, 0, 0, 0);
        for (int i = 0; i < size() && sold < batch; i++) {
            Entry entry = get(i);
            long fill = Math.min(entry.quantity, batch - sold);
            sold += fill;
            result = new Result(entry.limit, sold, entry.id, fill);
        }
        return result;
    }

    private BidBook without(int index) {
        var next = new byte[bytes.size() - ENTRY];
        ByteBuffer all = bytes.asReadOnlyBuffer();
        all.get(next, 0, index * ENTRY);
        all.position((index + 1) * ENTRY);
        all.get(next, index * ENTRY, all.remaining());
        return new BidBook(Bytes.owned(next));
    }

    /** How many bids have at least this limit. */
    private int firstBelow(long limit) {
        ByteBuffer all = bytes.asReadOnlyBuffer();
        int low = 0;
        int high = size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (all.getLong(middle * ENTRY) >= limit) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
