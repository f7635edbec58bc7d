package io.computronium.storage.wal;

import io.computronium.primitives.Bytes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a record: {@code crc32c u32 ‖ length u32 ‖ height u64 ‖ kind u8 ‖ payload}.
 *
 * <p>Besides the kinds of the log's user there are three of its own. A {@link #MARK} begins each
 * batch; its height field is the batch's sequence number. The checksum of every other record starts
 * from the sequence number of its batch, so that nothing which an earlier use of the file left
 * behind can pass for a record of this one.
 */
record Frame(long height, int kind, Bytes payload) {

    static final int END_HEIGHT = 0;

    static final int MARK = 0x80;

    /** Stands where records were lost; the payload says where that was found. */
    static final int DAMAGE = 0x81;

    /** A record without payload. */
    static final int OVERHEAD = 17;

    static final int MAX_SIZE = OVERHEAD + WalRecord.MAX_PAYLOAD;

    /** Where the fields are. */
    private static final int LENGTH = 4;

    private static final int HEIGHT = 8;
    static final int KIND = 16;

    /** The beginning of the batch {@code sequence}. */
    static Frame mark(long sequence) {
        return new Frame(sequence, MARK, Bytes.EMPTY);
    }

    int size() {
        return OVERHEAD + payload.size();
    }

    /** Writes the frame at {@code at}, as part of the batch {@code sequence}. */
    void writeTo(byte[] target, int at, long sequence) {
        var buffer = ByteBuffer.wrap(target);
        buffer.putInt(at + LENGTH, payload.size());
        buffer.putLong(at + HEIGHT, height);
        target[at + KIND] = (byte) kind;
        payload.copyTo(target, at + OVERHEAD);
        buffer.putInt(at, checksum(target, at, size(), kind == MARK ? 0 : sequence));
    }

    /**
     * The frame that begins at {@code at}, if there is a good one of the batch {@code sequence}, or
     * the mark of a later one. The length is checked before anything is made of it.
     */
    static @Nullable Frame read(byte[] bytes, int at, long sequence) {
        if (bytes.length - at < OVERHEAD) {
            return null;
        }
        var buffer = ByteBuffer.wrap(bytes);
        int length = buffer.getInt(at + LENGTH);
        if (length < 0 || length > WalRecord.MAX_PAYLOAD || length > bytes.length - at - OVERHEAD) {
            return null;
        }
        long height = buffer.getLong(at + HEIGHT);
        int kind = Byte.toUnsignedInt(bytes[at + KIND]);
        boolean plausible =
                kind == MARK ? length == 0 && height > sequence : kind <= DAMAGE && height >= 0;
        int size = OVERHEAD + length;
        if (!plausible
                || buffer.getInt(at) != checksum(bytes, at, size, kind == MARK ? 0 : sequence)) {
            return null;
        }
        return new Frame(
                height, kind, Bytes.owned(Arrays.copyOfRange(bytes, at + OVERHEAD, at + size)));
    }

    private static int checksum(byte[] bytes, int at, int size, long seed) {
        var crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(seed).flip());
        crc.update(bytes, at + LENGTH, size - LENGTH);
        return (int) crc.getValue();
    }
}
