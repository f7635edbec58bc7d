package io.computronium.storage.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.block.ExecutionStatus;
import io.computronium.primitives.block.Receipt;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ReceiptListTest {

    private static List<Receipt> receipts(int count) {
        return IntStream.range(0, count)
                .mapToObj(i ->
                        new Receipt(
                                new ExecutionStatus.CallFailed(i),
                                List.of(Bytes.owned(new byte[i])),
                                List.of(),
                                i,
                                1))
                .toList();
    }

    @Test
    void oneReceiptIsReadWithoutTheOthers() {
        for (int count : new int[] {0, 1, 2, 15}) {
            var receipts = receipts(count);
            var bytes = ReceiptList.encode(receipts);
            assertEquals(receipts, ReceiptList.decode(bytes));
            for (int i = 0; i < count; i++) {
                assertEquals(Optional.of(receipts.get(i)), ReceiptList.decode(bytes, i));
            }
            assertEquals(Optional.empty(), ReceiptList.decode(bytes, count));
            assertEquals(Optional.empty(), ReceiptList.decode(bytes, -1));
        }
    }

    @Test
    void otherBytesAreRefusedAndNothingElseHappens() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var good = ReceiptList.encode(receipts(4)).toArray();
        int refused = 0;
        for (int round = 0; round < 2_000; round++) {
            var bytes = Arrays.copyOf(good, random.nextInt(good.length + 1));
            if (bytes.length > 0) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
            }
            try {
                ReceiptList.decode(Bytes.owned(bytes));
            } catch (MalformedDataException expected) {
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertTrue(refused > 1_000, "seed " + seed + ": refused " + refused);
        assertThrows(
                MalformedDataException.class,
                () -> ReceiptList.decode(Bytes.ofHex("7fffffff00000000")));
        assertThrows(MalformedDataException.class, () -> ReceiptList.decode(Bytes.EMPTY));
    }

    @Test
    void blockThatIsNoneIsRefused() {
        for (var hex : List.of("ff", "22", "22ff", "2203aabb", "0a05")) {
            assertThrows(
                    MalformedDataException.class,
                    () -> StoredBlock.transaction(Bytes.ofHex(hex), 0),
                    hex);
        }
    }
}
