package io.computronium.storage.signer;

import io.computronium.storage.StorageFailureException;
import io.computronium.storage.disk.Disk;
import io.computronium.storage.disk.DiskFile;
import java.util.Optional;

/**
 * The file that never lets a validator sign twice: what was permitted last, in two slots that are
 * written in turn, and behind them what was permitted lately ({@link SignerHistory}). A permission
 * is given only when both are durable, by one force. For one thread.
 *
 * <p>A refusal says nothing about whether signing would have been wrong, only that this file cannot
 * rule it out; the validator is then silent for that step.
 */
public final class SignerStateFile implements AutoCloseable {

    /** What was found on opening. */
    public sealed interface Opening {

        /** The file is good. */
        record Ready(SignerStateFile file) implements Opening {}

        /**
         * One of the slots cannot be read. If a write was torn, nothing is lost; if the disk
         * forgot, the slot may have held something later than the other one. So the file refuses
         * the height of the last known state and the next one (as W4 does), and the operator should
         * be told.
         */
        record OneSlotLost(SignerStateFile file) implements Opening {}

        /**
         * There is no file. A new validator makes one; for a key that has signed before, only an
         * operator can know from which height on it is safe to sign.
         */
        record Missing() implements Opening {}

        /** No slot can be read: what was signed is not known. As {@link Missing} for an old key. */
        record Damaged(String reason) implements Opening {}
    }

    private static final String NAME = Layout.NAME;

    /** A file that is being made. */
    private static final String DRAFT = "signer.draft";

    private static final int HEIGHTS_LOST_WITH_A_SLOT = 2;

    private final Disk disk;
    private final DiskFile file;
    private Slot last;
    private int nextIndex;

    /** Nothing below it is signed. */
    private long firstHeight;

    private boolean failed;

    private SignerStateFile(Disk disk, DiskFile file, Slot last, int nextIndex, long firstHeight) {
        this.disk = disk;
        this.file = file;
        this.last = last;
        this.nextIndex = nextIndex;
        this.firstHeight = firstHeight;
    }

    /**
     * Opens the file of this folder.
     *
     * @param disk taken over with the file if there is one to use, else left open
     */
    public static Opening open(Disk disk) {
        if (!disk.list().contains(NAME)) {
            return new Opening.Missing();
        }
        var file = disk.open(NAME);
        var first = Slot.read(file.read(Layout.slot(0), Slot.SIZE));
        var second = Slot.read(file.read(Layout.slot(1), Slot.SIZE));
        if (first.isEmpty() && second.isEmpty()) {
            file.close();
            return new Opening.Damaged("no slot of " + NAME + " can be read");
        }
        boolean firstIsLast =
                second.isEmpty()
                        || first.isPresent() && first.get().counter() > second.get().counter();
        var newer = (firstIsLast ? first : second).orElseThrow();
        // A crash may have kept either half of the last write. What is known of it counts.
        var last = Layout.readEntry(file, newer.counter() + 1).orElse(newer);
        boolean whole = first.isPresent() && second.isPresent();
        long firstHeight = last.firstHeight() + (whole ? 0 : HEIGHTS_LOST_WITH_A_SLOT);
        var opened = new SignerStateFile(disk, file, last, firstIsLast ? 1 : 0, firstHeight);
        opened.completeHistory();
        return whole ? new Opening.Ready(opened) : new Opening.OneSlotLost(opened);
    }

    /**
     * Makes the file, durably, in place of whatever is there: nothing below {@code firstHeight}
     * will be signed. Only for a new key, or by an explicit order of the operator.
     */
    public static SignerStateFile create(Disk disk, long firstHeight) {
        var nothing = new Slot(0, firstHeight, null);
        var bytes = new byte[Layout.FILE_SIZE];
        for (int index = 0; index < 2; index++) {
            System.arraycopy(nothing.toBytes(), 0, bytes, Layout.slot(index), Slot.SIZE);
        }
        // It gets its name when it is whole: a crash must not leave what looks damaged.
        try (var draft = disk.open(DRAFT)) {
            draft.write(0, bytes, 0, bytes.length);
            draft.force();
        }
        disk.rename(DRAFT, NAME);
        disk.force();
        return new SignerStateFile(disk, disk.open(NAME), nothing, 0, firstHeight);
    }

    /** Writes the last permission into the history, if a crash kept it from getting there. */
    private void completeHistory() {
        if (last.state() != null && Layout.readEntry(file, last.counter()).isEmpty()) {
            file.write(Layout.entry(last.counter()), last.toBytes(), 0, Slot.SIZE);
            file.force();
        }
    }

    /** The least height that may be signed at all. */
    public long firstHeight() {
        return firstHeight;
    }

    /** What was permitted last; empty if nothing was. */
    public Optional<SignerState> last() {
        return Optional.ofNullable(last.state());
    }

    /**
     * Asks to sign {@code next}, and records it durably if that is granted. What is refused changes
     * nothing.
     *
     * @throws StorageFailureException if it cannot be made durable; from then on always
     */
    public SignPermission request(SignerState next) {
        if (failed) {
            throw new StorageFailureException(NAME + " failed before");
        }
        if (next.height() < firstHeight) {
            return new SignPermission.Refused("nothing is signed below height " + firstHeight);
        }
        var previous = last.state();
        if (previous != null) {
            if (next.isBefore(previous)) {
                return new SignPermission.Refused("a later step was signed: " + previous);
            }
            if (!previous.isBefore(next)) {
                return next.signBytesHash().equals(previous.signBytesHash())
                        ? new SignPermission.AlreadySigned()
                        : new SignPermission.Refused("something else was signed: " + previous);
            }
        }
        write(Slot.of(last.counter() + 1, next));
        return new SignPermission.Granted();
    }

    private void write(Slot slot) {
        failed = true;
        byte[] bytes = slot.toBytes();
        file.write(Layout.slot(nextIndex), bytes, 0, Slot.SIZE);
        file.write(Layout.entry(slot.counter()), bytes, 0, Slot.SIZE);
        file.force();
        failed = false;
        last = slot;
        nextIndex = 1 - nextIndex;
    }

    @Override
    public void close() {
        file.close();
        disk.close();
    }
}
