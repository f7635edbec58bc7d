package io.computronium.storage.wal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.Bytes;
import io.computronium.storage.StorageFailureException;
import io.computronium.storage.disk.DiskFile;
import io.computronium.storage.disk.FileDisk;
import io.computronium.storage.memory.FailingDisk;
import io.computronium.storage.memory.InMemoryDisk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConsensusWalTest {

    private static final WalOptions SMALL = new WalOptions(2 << 20, 3);

    /** Where the first batch of a new file begins: the header, and nothing copied. */
    private static final int FIRST_BATCH = SegmentHeader.SIZE;

    private final InMemoryDisk disk = new InMemoryDisk();

    private static WalRecord record(long height, int number) {
        var payload = new byte[20 + number % 7];
        payload[0] = (byte) number;
        payload[1] = (byte) (number >> 8);
        return new WalRecord(height, 1 + number % WalRecord.MAX_KIND, Bytes.owned(payload));
    }

    private static int sizeOf(WalRecord record) {
        return Frame.OVERHEAD + record.payload().size();
    }

    private ConsensusWal open() {
        return ConsensusWal.open(disk, SMALL);
    }

    private List<WalRecord> completeAfterReopening(long height) {
        var wal = open();
        var replay = assertInstanceOf(WalReplay.Complete.class, wal.replay(height));
        return replay.records();
    }

    /** The file that records go to. */
    private DiskFile currentFile() {
        var names =
                disk.list().stream()
                        .filter(name -> name.startsWith(SegmentHeader.FILE_PREFIX))
                        .toList();
        return disk.open(names.getLast());
    }

    private void flip(long position) {
        var file = currentFile();
        var old = file.read(position, 1);
        old[0] ^= 0x41;
        file.write(position, old, 0, 1);
        file.force();
    }

    private void zeroFrom(long position) {
        var file = currentFile();
        file.write(position, new byte[200], 0, 200);
        file.force();
    }

    @Test
    void newLogIsEmpty() {
        var wal = open();
        assertEquals(0, wal.lastEndedHeight());
        assertEquals(new WalReplay.Complete(List.of()), wal.replay(1));
    }

    @Test
    void replaysWhatHasNotEnded() {
        var wal = open();
        wal.append(record(1, 1));
        wal.endHeight(1);
        wal.append(record(2, 2));
        wal.append(record(3, 3));
        wal.force();
        wal.append(record(2, 4));
        wal.close();
        wal = open();
        assertEquals(1, wal.lastEndedHeight());
        var all = List.of(record(2, 2), record(3, 3), record(2, 4));
        assertEquals(new WalReplay.Complete(all), wal.replay(2));
        // The block log may be one height ahead.
        assertEquals(new WalReplay.Complete(List.of(record(3, 3))), wal.replay(3));
        wal.endHeight(2);
        assertEquals(new WalReplay.Complete(List.of()), wal.replay(3));
    }

    @Test
    void lastRecordCutAtEveryByteIsATornTail() {
        var first = record(6, 1);
        var last = record(6, 2);
        int from = FIRST_BATCH + Frame.OVERHEAD + sizeOf(first) + Frame.OVERHEAD;
        for (int cut = 0; cut <= sizeOf(last); cut++) {
            for (boolean flipped : new boolean[] {true, false}) {
                disk.list().forEach(disk::delete);
                var wal = open();
                wal.append(first);
                wal.force();
                wal.append(last);
                wal.force();
                if (flipped && cut < sizeOf(last)) {
                    flip(from + cut);
                } else {
                    // Payloads end in zeros, which are no loss.
                    zeroFrom(from + cut);
                }
                boolean whole = !flipped && cut >= Frame.OVERHEAD + 1 || cut == sizeOf(last);
                var expected = whole ? List.of(first, last) : List.of(first);
                assertEquals(expected, completeAfterReopening(6), "cut at " + cut);
                wal = open();
                wal.append(record(6, 3));
                wal.close();
                List<WalRecord> more = new ArrayList<>(expected);
                more.add(record(6, 3));
                assertEquals(more, completeAfterReopening(6), "cut at " + cut);
            }
        }
    }

    @Test
    void forcedRecordLostInTheMiddleIsDamageUntilItsHeightEnds() {
        var records = List.of(record(6, 1), record(6, 2), record(6, 3));
        int from = FIRST_BATCH + Frame.OVERHEAD + sizeOf(records.getFirst()) + Frame.OVERHEAD;
        for (int at = 0; at < sizeOf(records.get(1)); at++) {
            disk.list().forEach(disk::delete);
            var wal = open();
            for (var record : records) {
                wal.append(record);
                wal.force();
            }
            flip(from + at);
            for (int reopened = 0; reopened < 2; reopened++) {
                var damage =
                        assertInstanceOf(WalReplay.WalDamage.class, open().replay(6), "at " + at);
                assertEquals(List.of(records.get(0), records.get(2)), damage.records());
                assertTrue(damage.where().contains("segment-"), damage.where());
            }
            wal = open();
            wal.endHeight(6);
            wal.append(record(7, 4));
            wal.close();
            assertEquals(List.of(record(7, 4)), completeAfterReopening(7));
        }
    }

    @Test
    void damageInAHeightThatHasEndedIsOfNoConcern() {
        var wal = open();
        wal.append(record(1, 1));
        wal.endHeight(1);
        wal.append(record(2, 2));
        wal.force();
        flip(FIRST_BATCH + Frame.OVERHEAD + 20);
        assertEquals(List.of(record(2, 2)), completeAfterReopening(2));
    }

    @Test
    void damagedHeaderIsDamage() {
        for (int at = 0; at < SegmentHeader.SIZE; at++) {
            disk.list().forEach(disk::delete);
            var wal = open();
            wal.append(record(1, 1));
            wal.force();
            flip(at);
            var damage = assertInstanceOf(WalReplay.WalDamage.class, open().replay(1));
            assertEquals(List.of(record(1, 1)), damage.records());
        }
    }

    @Test
    void crashLosesWhatWasNotForcedAndNothingElse() {
        var wal = open();
        wal.append(record(1, 1));
        wal.force();
        wal.append(record(1, 2));
        disk.crash();
        assertEquals(List.of(record(1, 1)), completeAfterReopening(1));
    }

    @Test
    void filesAreUsedAgain() {
        var wal = open();
        for (int height = 1; height <= 40; height++) {
            wal.append(record(height, height));
            wal.append(record(height, height + 1));
            wal.endHeight(height);
            wal.append(record(height + 1, 7));
            wal.force();
            if (height % 4 == 0) {
                disk.crash();
                wal = open();
                assertEquals(height, wal.lastEndedHeight());
                assertEquals(
                        new WalReplay.Complete(List.of(record(height + 1, 7))),
                        wal.replay(height + 1));
            }
            assertTrue(disk.list().size() <= 3, disk.list().toString());
        }
        for (var name : disk.list()) {
            assertEquals(SMALL.segmentBytes(), disk.open(name).size(), name);
        }
    }

    @Test
    void whatAnEarlierUseLeftInAFileIsNoRecord() {
        var wal = open();
        for (int height = 1; height <= 3; height++) {
            for (int i = 0; i < 50; i++) {
                wal.append(record(height, 1));
                wal.force();
            }
            wal.endHeight(height);
        }
        assertTrue(disk.list().contains("spare"), disk.list().toString());
        wal.close();
        wal = open();
        wal.append(record(4, 1));
        wal.force();
        assertEquals(List.of(record(4, 1)), completeAfterReopening(4));
    }

    @Test
    void heightThatOutgrowsItsFileGoesOnInTheNext() {
        var wal = open();
        List<WalRecord> records = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            var payload = new byte[WalRecord.MAX_PAYLOAD - i];
            payload[payload.length - 1] = (byte) i;
            records.add(new WalRecord(1, 3, Bytes.owned(payload)));
            wal.append(records.getLast());
            if (i % 2 == 0) {
                wal.force();
            }
        }
        wal.close();
        assertTrue(disk.list().size() > 4, disk.list().toString());
        assertEquals(records, completeAfterReopening(1));
        assertEquals(records, completeAfterReopening(1));
        // A file in the middle that ends too early is damage, though nothing is behind its end.
        var middle = disk.open(disk.list().get(1));
        middle.write(middle.size() / 3, new byte[1 << 20], 0, 1 << 20);
        middle.force();
        wal = open();
        assertInstanceOf(WalReplay.WalDamage.class, wal.replay(1));
        wal.endHeight(1);
        wal.endHeight(4);
        assertEquals(2, disk.list().size(), disk.list().toString());
    }

    @Test
    void failureAtAnyOperationLosesNothingThatWasForced() {
        for (int operations = 0; ; operations++) {
            disk.list().forEach(disk::delete);
            disk.force();
            List<WalRecord> forced = new ArrayList<>();
            List<WalRecord> appended = new ArrayList<>();
            boolean survived = true;
            long ended = 0;
            try {
                var wal = ConsensusWal.open(new FailingDisk(disk, operations), SMALL);
                for (long height = 1; height <= 7; height++) {
                    for (int i = 0; i < 4; i++) {
                        appended.add(record(height, i));
                        wal.append(appended.getLast());
                        if (i % 2 == 1) {
                            wal.force();
                            forced = new ArrayList<>(appended);
                        }
                    }
                    appended.clear();
                    forced.clear();
                    ended = height;
                    wal.endHeight(height);
                }
            } catch (StorageFailureException planned) {
                survived = false;
            }
            disk.crash(new Random(operations));
            var wal = open();
            String when = "after " + operations + " operations";
            var replay =
                    assertInstanceOf(
                            WalReplay.Complete.class, wal.replay(wal.lastEndedHeight() + 1), when);
            // The end that was being written when the disk failed may be there or not.
            assertTrue(wal.lastEndedHeight() == ended || wal.lastEndedHeight() == ended - 1, when);
            if (wal.lastEndedHeight() == ended) {
                var found = replay.records();
                assertEquals(forced, found.subList(0, Math.min(forced.size(), found.size())), when);
                assertTrue(found.size() <= appended.size(), when);
            }
            if (survived) {
                assertTrue(operations > 20);
                return;
            }
        }
    }

    @Test
    void failedLogStaysFailed() {
        for (int operations = 0; operations < 3; operations++) {
            disk.list().forEach(disk::delete);
            open().close();
            var failing = new FailingDisk(disk, Integer.MAX_VALUE);
            var wal = ConsensusWal.open(failing, SMALL);
            failing.failAfter(operations);
            assertThrows(
                    StorageFailureException.class,
                    () -> {
                        wal.append(record(1, 1));
                        wal.force();
                        wal.append(record(1, 2));
                        wal.force();
                    });
            failing.failAfter(Integer.MAX_VALUE);
            assertThrows(StorageFailureException.class, () -> wal.append(record(1, 3)));
            assertThrows(StorageFailureException.class, () -> wal.endHeight(1));
        }
    }

    @Test
    void limitsAreChecked() {
        var tooLong = Bytes.owned(new byte[WalRecord.MAX_PAYLOAD + 1]);
        assertThrows(IllegalArgumentException.class, () -> new WalRecord(1, 1, tooLong));
        assertThrows(IllegalArgumentException.class, () -> new WalRecord(1, 0, Bytes.EMPTY));
        assertThrows(IllegalArgumentException.class, () -> new WalRecord(1, 128, Bytes.EMPTY));
        assertThrows(IllegalArgumentException.class, () -> new WalRecord(0, 1, Bytes.EMPTY));
        assertThrows(IllegalArgumentException.class, () -> new WalOptions(1 << 20, 10));
        var wal = open();
        wal.endHeight(5);
        assertThrows(RuntimeException.class, () -> wal.endHeight(5));
    }

    @Test
    void worksInARealFolder(@TempDir Path folder) {
        try (var wal = ConsensusWal.open(FileDisk.open(folder), SMALL)) {
            for (int height = 1; height <= 10; height++) {
                wal.append(record(height, height));
                wal.endHeight(height);
            }
            wal.append(record(11, 1));
        }
        try (var wal = ConsensusWal.open(FileDisk.open(folder), SMALL)) {
            assertEquals(10, wal.lastEndedHeight());
            assertEquals(new WalReplay.Complete(List.of(record(11, 1))), wal.replay(11));
        }
    }
}
