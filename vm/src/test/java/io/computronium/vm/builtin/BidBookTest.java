package io.computronium.vm.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.MalformedDataException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The book keeps its order, and divides a batch as the simplest procedure would. */
class BidBookTest {

    private static final long SEED = Long.getLong("properties.seed", 20_261_121L);

    /** A bid in a plain list. */
    private record Plain(long limit, long quantity, long id, int time) {}

    private static BidBook book(long... limitsAndQuantities) {
        BidBook book = BidBook.EMPTY;
        for (int i = 0; i < limitsAndQuantities.length; i += 2) {
            book =
                    book.insert(
                            new BidBook.Entry(
                                    limitsAndQuantities[i], limitsAndQuantities[i + 1], 1 + i / 2));
        }
        return book;
    }

    /** The design's vector. */
    @Test
    void theLowestLimitThatGetsSomethingClears() {
        var result = book(1_000, 500_000, 800, 300_000, 600, 400_000).clear(1_000_000);
        assertEquals(new BidBook.Result(600, 1_000_000, 3, 200_000), result);
        assertEquals(600_000_000, result.proceeds());
    }

    @Test
    void whatIsNotAskedForIsNotSold() {
        assertEquals(new BidBook.Result(5, 30, 2, 20), book(7, 10, 5, 20).clear(100));
        assertEquals(new BidBook.Result(0, 0, 0, 0), BidBook.EMPTY.clear(100));
        assertEquals(new BidBook.Result(7, 10, 1, 10), book(7, 10, 5, 20).clear(10));
    }

    @Test
    void takesOnlyWholeEntries() {
        assertThrows(MalformedDataException.class, () -> new BidBook(Bytes.copyOf(new byte[25])));
    }

    @Test
    void agreesWithAPlainList() {
        var random = new SplittableRandom(SEED);
        for (int round = 0; round < 50; round++) {
            check(random, "-Dproperties.seed=" + SEED + ", round " + round);
        }
    }

    private static void check(SplittableRandom random, String where) {
        BidBook book = BidBook.EMPTY;
        List<Plain> plain = new ArrayList<>();
        Comparator<Plain> best =
                Comparator.comparingLong((Plain bid) -> -bid.limit).thenComparingInt(Plain::time);
        for (int time = 1; time < 60; time++) {
            int what = random.nextInt(5);
            if (what == 0 && !plain.isEmpty()) {
                Plain raised = plain.remove(random.nextInt(plain.size()));
                var next =
                        new Plain(
                                raised.limit + 1 + random.nextInt(3),
                                raised.quantity,
                                raised.id,
                                time);
                book =
                        book.remove(raised.id, raised.limit)
                                .insert(new BidBook.Entry(next.limit, next.quantity, next.id));
                plain.add(next);
            } else if (what == 1 && !plain.isEmpty()) {
                plain.sort(best);
                plain.removeLast();
                book = book.dropLowest();
            } else {
                var bid = new Plain(1 + random.nextInt(8), 1 + random.nextInt(50), time, time);
                book = book.insert(new BidBook.Entry(bid.limit, bid.quantity, bid.id));
                plain.add(bid);
            }
            plain.sort(best);
            assertEquals(plain.size(), book.size(), where);
            for (int i = 0; i < plain.size(); i++) {
                Plain bid = plain.get(i);
                assertEquals(
                        new BidBook.Entry(bid.limit, bid.quantity, bid.id), book.get(i), where);
            }
        }
        long batch = random.nextLong(1, 1_001);
        long left = batch;
        BidBook.Result expected = new BidBook.Result(0, 0, 0, 0);
        for (Plain bid : plain) {
            long fill = Math.min(left, bid.quantity);
            left -= fill;
            if (fill > 0) {
                expected = new BidBook.Result(bid.limit, batch - left, bid.id, fill);
            }
        }
        assertEquals(expected, book.clear(batch), where);
    }
}
