package io.computronium.storage.wal;

import io.computronium.primitives.Bytes;
import io.computronium.storage.disk.Disk;
import io.computronium.storage.disk.DiskFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log that was left in whatever state (W4).
 *
 * <p>A batch is begun only after the one before it was forced. Hence a bad record is a torn tail if
 * no batch begins behind it, and damage if one does: what cannot be read had been forced. Reading
 * goes on with the next good record, because damage in a height that has ended is of no concern.
 */
final class Recovery {

    private static final byte[] ZEROS = new byte[4_096];

    private final List<WalRecord> records = new ArrayList<>();
    private @Nullable String damage;
    private long endedHeight;
    private long sequence;
    private long generation;
    private long end;

    private Recovery() {}

    static Recovery of(Disk disk) {
        var recovery = new Recovery();
        for (var name : disk.list()) {
            if (name.startsWith(SegmentHeader.FILE_PREFIX)) {
                try (var file = disk.open(name)) {
                    recovery.read(file, name);
                }
            }
        }
        return recovery;
    }

    /** What was logged since the last end of a height. */
    WalReplay replay() {
        return damage == null
                ? new WalReplay.Complete(records)
                : new WalReplay.WalDamage(records, damage);
    }

    /** The frames from which a later recovery learns the same as this one. */
    List<Frame> frames() {
        List<Frame> frames = new ArrayList<>();
        records.forEach(r -> frames.add(new Frame(r.height(), r.kind(), r.payload())));
        if (damage != null) {
            var where = Bytes.owned(damage.getBytes(StandardCharsets.UTF_8));
            frames.add(new Frame(endedHeight, Frame.DAMAGE, where));
        }
        return frames;
    }

    long endedHeight() {
        return endedHeight;
    }

    /** Of the last batch that can be seen; one more may have been lost without a trace. */
    long sequence() {
        return sequence;
    }

    /** Of the last file; 0 if there is none. */
    long generation() {
        return generation;
    }

    /** Where the records of that file end. */
    long end() {
        return end;
    }

    private void read(DiskFile file, String name) {
        // At most WalOptions.segmentBytes, which is an int.
        var bytes = file.read(0, Math.toIntExact(file.size()));
        generation = Long.parseLong(name.substring(SegmentHeader.FILE_PREFIX.length()));
        var header = SegmentHeader.read(bytes, generation);
        if (header.isEmpty()) {
            // A file gets its name when its header is durable.
            damage = name + " at 0";
        } else {
            begin(header.get(), name);
        }
        end = readRecords(bytes, name);
    }

    private void begin(SegmentHeader header, String name) {
        if (header.previousEnd() == 0) {
            ended(header.endedHeight());
        } else if (header.previousEnd() != end) {
            damage = name + ": the file before it is cut short";
        }
        sequence = Math.max(sequence, header.sequence());
    }

    private int readRecords(byte[] bytes, String name) {
        int at = SegmentHeader.SIZE;
        int written = written(bytes);
        while (true) {
            var frame = Frame.read(bytes, at, sequence);
            if (frame != null) {
                accept(frame);
                at += frame.size();
                continue;
            }
            if (nextMark(bytes, at, written) < 0) {
                return at;
            }
            damage = name + " at " + at;
            do {
                at++;
            } while (Frame.read(bytes, at, sequence) == null);
        }
    }

    private void accept(Frame frame) {
        switch (frame.kind()) {
            case Frame.MARK -> sequence = frame.height();
            case Frame.END_HEIGHT -> ended(frame.height());
            case Frame.DAMAGE ->
                    damage = new String(frame.payload().toArray(), StandardCharsets.UTF_8);
            default -> records.add(new WalRecord(frame.height(), frame.kind(), frame.payload()));
        }
    }

    private void ended(long height) {
        endedHeight = height;
        records.clear();
        damage = null;
    }

    /** How many bytes are left without the zeros at the end, of which most of a file consists. */
    private static int written(byte[] bytes) {
        int end = bytes.length;
        while (end >= ZEROS.length
                && Arrays.equals(bytes, end - ZEROS.length, end, ZEROS, 0, ZEROS.length)) {
            end -= ZEROS.length;
        }
        return end;
    }

    /** Where the next batch begins, from {@code from} up to {@code end}; -1 if none does. */
    private int nextMark(byte[] bytes, int from, int end) {
        int kindAt = from + Frame.KIND;
        while (kindAt < end) {
            if (bytes[kindAt] == (byte) Frame.MARK) {
                var frame = Frame.read(bytes, kindAt - Frame.KIND, sequence);
                if (frame != null && frame.kind() == Frame.MARK) {
                    return kindAt - Frame.KIND;
                }
            }
            kindAt++;
        }
        return -1;
    }
}
