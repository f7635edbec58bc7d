package io.computronium.storage.signer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.Hash;
import io.computronium.primitives.crypto.StateHashing;
import io.computronium.storage.FolderInUseException;
import io.computronium.storage.StorageFailureException;
import io.computronium.storage.disk.Disk;
import io.computronium.storage.disk.FileDisk;
import io.computronium.storage.memory.FailingDisk;
import io.computronium.storage.memory.InMemoryDisk;
import io.computronium.storage.signer.SignPermission.Granted;
import io.computronium.storage.signer.SignPermission.Refused;
import io.computronium.storage.signer.SignerStateFile.Opening;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SignerStateFileTest {

    private static final String FILE = "signer.state";
    private static final int SECOND_SLOT = 4096;

    private final InMemoryDisk disk = new InMemoryDisk();

    private static Hash hash(int number) {
        return StateHashing.keyHash(new byte[] {(byte) number});
    }

    private static SignerState state(long height, int round, SignerStep step, int message) {
        return new SignerState(height, round, step, null, hash(message), -1, null);
    }

    private static SignerStateFile ready(Disk disk) {
        return assertInstanceOf(Opening.Ready.class, SignerStateFile.open(disk)).file();
    }

    private void flip(int position) {
        var file = disk.open(FILE);
        var old = file.read(position, 1);
        old[0] ^= 1;
        file.write(position, old, 0, 1);
        file.force();
    }

    @ParameterizedTest
    @CsvSource({
        // After prevote 5 of height 10, round 2:
        "10, 2, PREVOTE,   5, AlreadySigned",
        "10, 2, PREVOTE,   6, Refused",
        "10, 2, PROPOSAL,  5, Refused",
        "10, 2, PRECOMMIT, 5, Granted",
        "10, 1, PRECOMMIT, 6, Refused",
        "10, 3, PROPOSAL,  6, Granted",
        "9,  9, PRECOMMIT, 6, Refused",
        "11, 0, PROPOSAL,  6, Granted"
    })
    void nothingIsSignedTwiceNorBackwards(
            long height, int round, SignerStep step, int message, String expected) {
        var file = SignerStateFile.create(disk, 1);
        assertInstanceOf(Granted.class, file.request(state(10, 2, SignerStep.PREVOTE, 5)));
        var asked = state(height, round, step, message);
        assertEquals(expected, file.request(asked).getClass().getSimpleName());
        disk.crash();
        var again = ready(disk);
        boolean moved = expected.equals("Granted");
        assertEquals(
                Optional.of(moved ? asked : state(10, 2, SignerStep.PREVOTE, 5)), again.last());
        // What was granted before the crash is signed again, and only that.
        assertEquals(
                moved ? "AlreadySigned" : expected,
                again.request(asked).getClass().getSimpleName());
    }

    @Test
    void lockIsKept() {
        var locked = new SignerState(7, 3, SignerStep.PRECOMMIT, hash(2), hash(1), 3, hash(2));
        SignerStateFile.create(disk, 1).request(locked);
        assertEquals(Optional.of(locked), ready(disk).last());
        assertThrows(
                IllegalArgumentException.class,
                () -> new SignerState(7, 3, SignerStep.PRECOMMIT, hash(2), hash(1), 3, null));
    }

    @Test
    void missingIsNotDamaged() {
        assertInstanceOf(Opening.Missing.class, SignerStateFile.open(disk));
        var file = disk.open(FILE);
        file.write(0, new byte[100], 0, 100);
        assertInstanceOf(Opening.Damaged.class, SignerStateFile.open(disk));
    }

    @Test
    void nothingIsSignedBelowTheHeightThatTheOperatorGave() {
        SignerStateFile.create(disk, 100);
        disk.crash();
        var file = ready(disk);
        assertEquals(Optional.empty(), file.last());
        assertInstanceOf(Refused.class, file.request(state(99, 0, SignerStep.PRECOMMIT, 1)));
        assertInstanceOf(Granted.class, file.request(state(100, 0, SignerStep.PROPOSAL, 1)));
    }

    @Test
    void lostSlotSilencesTwoHeights() {
        for (int slot : new int[] {0, SECOND_SLOT}) {
            for (int at = 0; at < Slot.SIZE; at++) {
                var file = SignerStateFile.create(disk, 1);
                file.request(state(10, 0, SignerStep.PREVOTE, 1));
                file.request(state(10, 0, SignerStep.PRECOMMIT, 2));
                flip(slot + at);
                var opened = SignerStateFile.open(disk);
                var lost = assertInstanceOf(Opening.OneSlotLost.class, opened).file();
                var kept = lost.last().orElseThrow();
                assertEquals(10, kept.height());
                assertInstanceOf(Refused.class, lost.request(kept));
                assertInstanceOf(
                        Refused.class, lost.request(state(11, 5, SignerStep.PRECOMMIT, 3)));
                assertInstanceOf(Granted.class, lost.request(state(12, 0, SignerStep.PROPOSAL, 4)));
                assertEquals(Optional.of(state(12, 0, SignerStep.PROPOSAL, 4)), ready(disk).last());
            }
        }
    }

    @Test
    void bothSlotsLostIsDamage() {
        SignerStateFile.create(disk, 1).request(state(1, 0, SignerStep.PREVOTE, 1));
        flip(20);
        flip(SECOND_SLOT + 20);
        assertInstanceOf(Opening.Damaged.class, SignerStateFile.open(disk));
    }

    @Test
    void permissionIsDurableBeforeItIsGiven() {
        for (int seed = 0; seed < 50; seed++) {
            var random = new Random(seed);
            var file = SignerStateFile.create(disk, 1);
            SignerState granted = state(1, 0, SignerStep.PROPOSAL, 0);
            for (int i = 1 + random.nextInt(5); i > 0; i--) {
                granted = state(granted.height() + 1, 0, SignerStep.PREVOTE, random.nextInt());
                assertInstanceOf(Granted.class, file.request(granted));
            }
            disk.crash(random);
            assertEquals(Optional.of(granted), ready(disk).last(), "seed " + seed);
        }
    }

    @Test
    void failureToForceIsNoPermissionEver() {
        SignerStateFile.create(disk, 1).close();
        for (int operations = 0; operations < 3; operations++) {
            var failing = new FailingDisk(disk, Integer.MAX_VALUE);
            var file = ready(failing);
            failing.failAfter(operations);
            var asked = state(5, 0, SignerStep.PREVOTE, 1);
            assertThrows(StorageFailureException.class, () -> file.request(asked));
            failing.failAfter(Integer.MAX_VALUE);
            assertThrows(StorageFailureException.class, () -> file.request(asked));
            assertEquals(Optional.empty(), file.last());
            disk.crash();
            assertEquals(Optional.empty(), ready(disk).last());
        }
    }

    @Test
    void makingTheFileIsAllOrNothing() {
        for (int operations = 0; ; operations++) {
            var folder = new InMemoryDisk();
            try {
                SignerStateFile.create(new FailingDisk(folder, operations), 7).close();
                folder.crash();
                assertEquals(7, ready(folder).firstHeight());
                return;
            } catch (StorageFailureException e) {
                folder.crash(new Random(operations));
                switch (SignerStateFile.open(folder)) {
                    case Opening.Missing missing -> SignerStateFile.create(folder, 7);
                    case Opening.Ready ready -> assertEquals(7, ready.file().firstHeight());
                    case Opening other -> throw new AssertionError(operations + ": " + other);
                }
                assertEquals(7, ready(folder).firstHeight());
            }
        }
    }

    @Test
    void aPermissionThatACrashCutInTwoIsNotForgotten() {
        for (int seed = 0; seed < 100; seed++) {
            var folder = new InMemoryDisk();
            var failing = new FailingDisk(folder, Integer.MAX_VALUE);
            var file = SignerStateFile.create(failing, 1);
            var given = state(4, 0, SignerStep.PREVOTE, 1);
            assertInstanceOf(Granted.class, file.request(given));
            failing.failAfter(2); // both halves are written, and neither is forced
            var cut = state(4, 0, SignerStep.PRECOMMIT, 2);
            assertThrows(StorageFailureException.class, () -> file.request(cut));
            folder.crash(new Random(seed));

            var again = assertInstanceOf(Opening.Ready.class, SignerStateFile.open(folder)).file();
            var last = again.last().orElseThrow();
            assertTrue(last.equals(given) || last.equals(cut), "seed " + seed + ": " + last);
            var history = history(folder).entries();
            assertEquals(last, history.getLast().signed(), "seed " + seed);
            assertEquals(last.equals(given) ? 1 : 2, history.size(), "seed " + seed);
        }
    }

    private static SignerHistory history(Disk disk) {
        try (var file = disk.open(FILE)) {
            return SignerHistory.of(file.read(0, (int) file.size()));
        }
    }

    @Test
    void folderIsForOneAtATime(@TempDir Path folder) {
        try (var file = SignerStateFile.create(FileDisk.open(folder), 1)) {
            assertThrows(FolderInUseException.class, () -> FileDisk.open(folder));
            assertInstanceOf(Granted.class, file.request(state(1, 0, SignerStep.PROPOSAL, 1)));
        }
        try (var file = ready(FileDisk.open(folder))) {
            assertTrue(file.last().isPresent());
        }
    }
}
