package io.computronium.storage.signer;

import io.computronium.storage.StorageFailureException;
import io.computronium.storage.disk.Disk;
import io.computronium.storage.disk.DiskFile;
import java.util.Optional;

/**
 * The file that never lets a validator sign twice: what was permitted last, in two slots that are
 * written in turn. A permission is given only when its slot is durable. For one thread.
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

    private static final String NAME = "signer.state";

    /** Slots are a page apart, so that no write of one can tear the other. */
    private static final int SLOT_DISTANCE = 4096;

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
        var first = Slot.read(file.read(0, Slot.SIZE));
        var second = Slot.read(file.read(SLOT_DISTANCE, Slot.SIZE));
        if (first.isEmpty() && second.isEmpty()) {
            file.close();
            return new Opening.Damaged("no slot of " + NAME + " can be read");
        }
        boolean firstIsLast =
                second.isEmpty()
                        || first.isPresent() && first.get().counter() > second.get().counter();
        var last = (firstIsLast ? first : second).orElseThrow();
        int nextIndex = firstIsLast ? 1 : 0;
        if (first.isPresent() && second.isPresent()) {
            return new Opening.Ready(
                    new SignerStateFile(disk, file, last, nextIndex, last.firstHeight()));
        }
        long trusted = last.firstHeight() + HEIGHTS_LOST_WITH_A_SLOT;
        return new Opening.OneSlotLost(new SignerStateFile(disk, file, last, nextIndex, trusted));
    }

    /**
     * Makes the file, durably, in place of whatever is there: nothing below {@code firstHeight}
     * will be signed. Only for a new key, or by an explicit order of the operator.
     */
    public static SignerStateFile create(Disk disk, long firstHeight) {
        var file = disk.open(NAME);
        var empty = new Slot(1, firstHeight, null);
        var created = new SignerStateFile(disk, file, empty, 0, firstHeight);
        created.write(empty);
        created.write(new Slot(2, firstHeight, null));
        disk.force();
        return created;
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
        file.write((long) nextIndex * SLOT_DISTANCE, slot.toBytes(), 0, Slot.SIZE);
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
