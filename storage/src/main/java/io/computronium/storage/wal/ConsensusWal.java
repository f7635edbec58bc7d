package io.computronium.storage.wal;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Invariants;
import io.computronium.storage.StorageFailureException;
import io.computronium.storage.disk.Disk;
import java.util.List;

/**
 * The log of everything that consensus was told, written before consensus sees it (rules W1 to W5
 * in {@code docs/consensus.md}). For one thread.
 *
 * <p>Records are gathered in memory and written as a batch when they are forced. Opening copies
 * what has not ended into a new file, so that the state in which a crash left the old one does not
 * matter any more. Files are allocated before they are needed, and used again when all their
 * heights have ended.
 *
 * <p>All methods throw {@link StorageFailureException} when the disk fails, and from then on
 * always.
 */
public final class ConsensusWal implements AutoCloseable {

    private static final int BUFFER_BYTES = Frame.MAX_SIZE + (64 << 10);

    private final Disk disk;
    private final WalOptions options;
    private WalReplay replay;
    private Segment segment;
    private long endedHeight;

    /** Of the last batch that was begun. */
    private long sequence;

    /** Whether that batch is not forced yet. */
    private boolean batchOpen;

    /** Records that are not written to the file yet. */
    private final byte[] buffer = new byte[BUFFER_BYTES];

    private int buffered;
    private boolean failed;

    private ConsensusWal(Disk disk, WalOptions options, Recovery recovery) {
        this.disk = disk;
        this.options = options;
        this.replay = recovery.replay();
        this.endedHeight = recovery.endedHeight();
        // One batch may have been lost with its mark: its number is not used again.
        this.sequence = recovery.sequence() + 1;
        var frames = recovery.frames();
        long size = frames.stream().mapToLong(Frame::size).sum();
        boolean copy = size <= options.segmentBytes() / 2;
        this.segment =
                Segment.begin(
                        disk,
                        options.segmentBytes(),
                        new SegmentHeader(
                                recovery.generation() + 1,
                                endedHeight,
                                sequence,
                                copy ? 0 : recovery.end()),
                        copy ? frames : List.of());
        if (copy) {
            sequence++;
            segment.dropOthers();
        }
    }

    /**
     * Opens the log, or makes a new one. A torn tail is cut off.
     *
     * @param disk a folder of its own, which the log takes over
     */
    public static ConsensusWal open(Disk disk, WalOptions options) {
        return new ConsensusWal(disk, options, Recovery.of(disk));
    }

    /** The height whose end was logged last; 0 in a new log. */
    public long lastEndedHeight() {
        return endedHeight;
    }

    /**
     * What the log held of {@code height} and later ones when it was opened, as far as they had not
     * ended.
     */
    public WalReplay replay(long height) {
        return switch (replay) {
            case WalReplay.Complete(var records) -> new WalReplay.Complete(from(height, records));
            case WalReplay.WalDamage(var records, var where) ->
                    new WalReplay.WalDamage(from(height, records), where);
        };
    }

    private static List<WalRecord> from(long height, List<WalRecord> records) {
        return records.stream().filter(record -> record.height() >= height).toList();
    }

    /** Adds a record; durable after {@link #force}. */
    public void append(WalRecord record) {
        append(new Frame(record.height(), record.kind(), record.payload()));
    }

    /**
     * Notes, durably, that {@code height} is decided and its block committed. Its records and
     * earlier ones are not replayed any more.
     */
    public void endHeight(long height) {
        Invariants.check(height > endedHeight, "heights end in ascending order");
        append(new Frame(height, Frame.END_HEIGHT, Bytes.EMPTY));
        force();
        endedHeight = height;
        replay = new WalReplay.Complete(List.of());
        if (height - segment.header().endedHeight() >= options.heightsPerSegment()) {
            orFail(() -> {
                goOnInNewFile(0);
                segment.dropOthers();
            });
        }
    }

    /** Makes everything appended durable. */
    public void force() {
        if (batchOpen) {
            orFail(() -> {
                spill();
                segment.force();
            });
            batchOpen = false;
        }
    }

    private void append(Frame frame) {
        orFail(() -> {});
        long needed = (long) frame.size() + Frame.OVERHEAD;
        if (segment.end() + buffered + needed > options.segmentBytes()) {
            force();
            orFail(() -> goOnInNewFile(segment.end()));
        }
        if (!batchOpen) {
            batchOpen = true;
            sequence++;
            add(Frame.mark(sequence));
        }
        add(frame);
    }

    private void add(Frame frame) {
        if (buffered + frame.size() > buffer.length) {
            orFail(this::spill);
        }
        frame.writeTo(buffer, buffered, sequence);
        buffered += frame.size();
    }

    private void spill() {
        segment.write(buffer, buffered);
        buffered = 0;
    }

    private void goOnInNewFile(long previousEnd) {
        segment.close();
        segment =
                Segment.begin(
                        disk,
                        options.segmentBytes(),
                        new SegmentHeader(
                                segment.header().generation() + 1,
                                endedHeight,
                                sequence,
                                previousEnd),
                        List.of());
    }

    /**
     * Does {@code action} unless an earlier one failed: after an fsync error nothing is certain.
     */
    private void orFail(Runnable action) {
        if (failed) {
            throw new StorageFailureException("the consensus log failed before");
        }
        failed = true;
        action.run();
        failed = false;
    }

    /** Forces what was appended, and closes the folder. */
    @Override
    public void close() {
        if (!failed) {
            force();
        }
        segment.close();
        disk.close();
    }
}
