package io.computronium.storage.wal;

import io.computronium.storage.StorageFailureException;
import io.computronium.storage.disk.Disk;
import io.computronium.storage.disk.DiskFile;
import java.util.List;

/**
 * The file that the log is written to. A file is made under another name and gets its own when its
 * beginning is durable, so one that is found with a name is whole up to there.
 */
final class Segment {

    /** More files than this in one height are a defect, not a busy round. */
    private static final int MAX_FILES = 16;

    /** A file whose heights have all ended, kept because its bytes are allocated. */
    private static final String SPARE = "spare";

    /** A file that is being made. */
    private static final String NEXT = "next";

    private final Disk disk;
    private final SegmentHeader header;
    private final DiskFile file;
    private long end;

    private Segment(Disk disk, SegmentHeader header, DiskFile file, long end) {
        this.disk = disk;
        this.header = header;
        this.file = file;
        this.end = end;
    }

    /**
     * Begins a file of {@code bytes} in all, every one of them allocated. What is written to it
     * later meets no full disk.
     *
     * @param first a batch with the number after {@code header.sequence}; may be empty
     */
    static Segment begin(Disk disk, int bytes, SegmentHeader header, List<Frame> first) {
        var names = disk.list();
        if (names.size() > MAX_FILES) {
            throw new StorageFailureException("the consensus log has too many files");
        }
        if (names.contains(SPARE)) {
            disk.rename(SPARE, NEXT);
        }
        var start = start(header, first);
        try (var file = disk.open(NEXT)) {
            var zeros = new byte[1 << 20];
            for (long at = file.size(); at < bytes; at += zeros.length) {
                file.write(at, zeros, 0, (int) Math.min(zeros.length, bytes - at));
            }
            file.write(0, start, 0, start.length);
            file.force();
        }
        disk.rename(NEXT, header.fileName());
        disk.force();
        return new Segment(disk, header, disk.open(header.fileName()), start.length);
    }

    private static byte[] start(SegmentHeader header, List<Frame> first) {
        int size = first.stream().mapToInt(Frame::size).sum();
        var bytes = new byte[SegmentHeader.SIZE + (first.isEmpty() ? 0 : Frame.OVERHEAD + size)];
        System.arraycopy(header.toBytes(), 0, bytes, 0, SegmentHeader.SIZE);
        int at = SegmentHeader.SIZE;
        if (!first.isEmpty()) {
            long sequence = header.sequence() + 1;
            Frame.mark(sequence).writeTo(bytes, at, sequence);
            at += Frame.OVERHEAD;
            for (var frame : first) {
                frame.writeTo(bytes, at, sequence);
                at += frame.size();
            }
        }
        return bytes;
    }

    SegmentHeader header() {
        return header;
    }

    /** Where the next byte goes. */
    long end() {
        return end;
    }

    void write(byte[] bytes, int length) {
        file.write(end, bytes, 0, length);
        end += length;
    }

    void force() {
        file.force();
    }

    void close() {
        file.close();
    }

    /** Lets go of all other files, which this one has made superfluous. */
    void dropOthers() {
        boolean spare = disk.list().contains(SPARE);
        for (var name : disk.list()) {
            if (name.startsWith(SegmentHeader.FILE_PREFIX) && !name.equals(header.fileName())) {
                if (spare) {
                    disk.delete(name);
                } else {
                    disk.rename(name, SPARE);
                    spare = true;
                }
            }
        }
    }
}
