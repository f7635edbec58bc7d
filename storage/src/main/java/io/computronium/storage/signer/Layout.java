package io.computronium.storage.signer;

import io.computronium.storage.disk.DiskFile;
import java.util.Optional;

/**
 * Where things are in the file: two slots, written in turn, then the history, a ring in which the
 * slot with counter {@code c} is kept at place {@code c % HISTORY}.
 */
final class Layout {

    static final String NAME = "signer.state";

    /** How many permissions are kept: three a height make well over an hour of blocks. */
    static final int HISTORY = 16_384;

    /** The two slots are a page apart, so that no write of one can tear the other. */
    private static final int SLOT_DISTANCE = 4_096;

    private static final int HISTORY_START = 2 * SLOT_DISTANCE;

    /** A power of two: no entry lies in two sectors, so none is torn by the write of another. */
    private static final int ENTRY_DISTANCE = 128;

    static final int FILE_SIZE = HISTORY_START + HISTORY * ENTRY_DISTANCE;

    private Layout() {}

    /** Where the slot {@code index}, 0 or 1, is. */
    static int slot(int index) {
        return index * SLOT_DISTANCE;
    }

    /** Where the history keeps what was permitted as number {@code counter}. */
    static int entry(long counter) {
        return HISTORY_START + (int) (counter % HISTORY) * ENTRY_DISTANCE;
    }

    /** What the history holds at the place for {@code counter}, if that is what it holds. */
    static Optional<Slot> readEntry(DiskFile file, long counter) {
        return Slot.read(file.read(entry(counter), Slot.SIZE))
                .filter(slot -> slot.counter() == counter);
    }
}
