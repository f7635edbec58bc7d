package io.computronium.storage.codec;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.block.Block;
import io.computronium.primitives.block.Receipt;
import io.computronium.primitives.codec.ReceiptCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The receipts of a block in one value, each of which can be read without the others: {@code count
 * u32 ‖ end of each u32 ‖ the receipts}. Ends count from the first receipt on.
 */
public final class ReceiptList {

    private ReceiptList() {}

    public static Bytes encode(List<Receipt> receipts) {
        var encoded = receipts.stream().map(ReceiptCodec.RECEIPT::encode).toList();
        int size = encoded.stream().mapToInt(bytes -> bytes.length).sum();
        var buffer = ByteBuffer.allocate(start(receipts.size()) + size);
        buffer.putInt(receipts.size());
        int end = 0;
        for (var bytes : encoded) {
            end += bytes.length;
            buffer.putInt(end);
        }
        encoded.forEach(buffer::put);
        return Bytes.owned(buffer.array());
    }

    /**
     * @throws MalformedDataException if {@link #encode} did not make these bytes
     */
    public static List<Receipt> decode(Bytes list) {
        var buffer = list.asReadOnlyBuffer();
        int count = count(buffer);
        List<Receipt> receipts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            receipts.add(receipt(buffer, count, i));
        }
        return receipts;
    }

    /**
     * The receipt at {@code index}, from 0, if there are so many.
     *
     * @throws MalformedDataException if {@link #encode} did not make these bytes
     */
    public static Optional<Receipt> decode(Bytes list, int index) {
        var buffer = list.asReadOnlyBuffer();
        int count = count(buffer);
        return index >= 0 && index < count
                ? Optional.of(receipt(buffer, count, index))
                : Optional.empty();
    }

    private static int count(ByteBuffer buffer) {
        MalformedDataException.unless(buffer.limit() >= Integer.BYTES, "receipts cut short");
        int count = buffer.getInt(0);
        MalformedDataException.unless(
                count >= 0 && count <= Block.MAX_TRANSACTIONS && buffer.limit() >= start(count),
                "receipts: wrong count");
        return count;
    }

    private static Receipt receipt(ByteBuffer buffer, int count, int index) {
        int from = index == 0 ? 0 : buffer.getInt(index * Integer.BYTES);
        int to = buffer.getInt((index + 1) * Integer.BYTES);
        MalformedDataException.unless(
                0 <= from && from <= to && to <= buffer.limit() - start(count),
                "receipts: wrong end");
        var bytes = new byte[to - from];
        buffer.get(start(count) + from, bytes);
        return ReceiptCodec.RECEIPT.decode(bytes);
    }

    private static int start(int count) {
        return (1 + count) * Integer.BYTES;
    }
}
