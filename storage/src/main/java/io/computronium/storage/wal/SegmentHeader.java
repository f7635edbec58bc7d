package io.computronium.storage.wal;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * How a file of the log begins: {@code "CPTMWAL1" ‖ generation u64 ‖ ended height u64 ‖ sequence
 * u64 ‖ end of the file before u64 ‖ crc32c u32}.
 *
 * @param generation counts files from 1, as their names do
 * @param endedHeight the last height that had ended when this file was begun
 * @param sequence of the last batch before this file
 * @param previousEnd where the records of the file before end; 0 if no earlier file is needed
 */
record SegmentHeader(long generation, long endedHeight, long sequence, long previousEnd) {

    static final int SIZE = 44;
    static final String FILE_PREFIX = "segment-";

    private static final long MAGIC = 0x4350544d_57414c31L;

    String fileName() {
        return "%s%010d".formatted(FILE_PREFIX, generation);
    }

    byte[] toBytes() {
        var buffer =
                ByteBuffer.allocate(SIZE)
                        .putLong(MAGIC)
                        .putLong(generation)
                        .putLong(endedHeight)
                        .putLong(sequence)
                        .putLong(previousEnd);
        return buffer.putInt(checksum(buffer.array())).array();
    }

    /** The header at the start of {@code bytes}, if it is a good one of this generation. */
    static Optional<SegmentHeader> read(byte[] bytes, long generation) {
        if (bytes.length < SIZE) {
            return Optional.empty();
        }
        var buffer = ByteBuffer.wrap(bytes);
        boolean good =
                buffer.getLong() == MAGIC
                        && buffer.getLong() == generation
                        && buffer.getInt(SIZE - Integer.BYTES) == checksum(bytes);
        return good
                ? Optional.of(
                        new SegmentHeader(
                                generation, buffer.getLong(), buffer.getLong(), buffer.getLong()))
                : Optional.empty();
    }

    private static int checksum(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes, 0, SIZE - Integer.BYTES);
        return (int) crc.getValue();
    }
}
