package io.computronium.storage.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.storage.FolderInUseException;
import io.computronium.storage.StorageFailureException;
import io.computronium.storage.memory.InMemoryDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskTest {

    private static void write(DiskFile file, long position, int... values) {
        var bytes = new byte[values.length + 2];
        for (int i = 0; i < values.length; i++) {
            bytes[i + 1] = (byte) values[i];
        }
        file.write(position, bytes, 1, values.length);
    }

    private static void behavesAsAFolder(Disk disk) {
        assertEquals(List.of(), disk.list());
        try (var file = disk.open("b")) {
            assertEquals(0, file.size());
            write(file, 2, 1, 2, 3);
            write(file, 3, 9);
            assertEquals(5, file.size());
            assertArrayEquals(new byte[] {0, 0, 1, 9, 3}, file.read(0, 100));
            assertArrayEquals(new byte[] {9}, file.read(3, 1));
            assertArrayEquals(new byte[0], file.read(7, 1));
            file.force();
        }
        disk.open("a").close();
        assertEquals(List.of("a", "b"), disk.list());
        disk.rename("b", "c");
        disk.delete("a");
        disk.delete("never there");
        disk.force();
        assertEquals(List.of("c"), disk.list());
        try (var file = disk.open("c")) {
            assertEquals(5, file.size());
        }
        assertThrows(StorageFailureException.class, () -> disk.rename("gone", "d"));
    }

    @Test
    void folderAndItsTwinBehaveAlike(@TempDir Path folder) {
        behavesAsAFolder(new InMemoryDisk());
        try (var disk = FileDisk.open(folder.resolve("deep/er"))) {
            behavesAsAFolder(disk);
        }
    }

    @Test
    void folderIsForOneAtATimeWithinTheProcess(@TempDir Path folder) {
        try (var disk = FileDisk.open(folder)) {
            assertThrows(FolderInUseException.class, () -> FileDisk.open(folder));
            assertEquals(List.of(), disk.list());
        }
        FileDisk.open(folder).close();
    }

    /** Holds the lock of a folder until its input ends. */
    static final class OtherProcess {

        private OtherProcess() {}

        public static void main(String[] args) throws IOException {
            try (var disk = FileDisk.open(Path.of(args[0]))) {
                System.out.println(disk.list());
                System.in.read();
            }
        }
    }

    @Test
    void folderIsForOneProcess(@TempDir Path folder) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var other =
                new ProcessBuilder(
                                java.toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                OtherProcess.class.getName(),
                                folder.toString())
                        .redirectErrorStream(true)
                        .start();
        try {
            assertEquals("[]", other.inputReader().readLine());
            assertThrows(FolderInUseException.class, () -> FileDisk.open(folder));
        } finally {
            other.destroyForcibly();
        }
        assertTrue(other.waitFor(10, TimeUnit.SECONDS));
        FileDisk.open(folder).close();
    }

    @Test
    void crashLosesWhatWasNotForced() {
        var disk = new InMemoryDisk();
        var file = disk.open("a");
        write(file, 0, 1, 2, 3);
        file.force();
        disk.force();
        write(file, 1, 7, 7, 7, 7);
        write(disk.open("b"), 0, 1);
        disk.crash();
        assertEquals(List.of("a"), disk.list());
        assertArrayEquals(new byte[] {1, 2, 3}, disk.open("a").read(0, 10));
        write(disk.open("a"), 1, 8);
        disk.open("a").force();
        disk.crash();
        assertArrayEquals(new byte[] {1, 8, 3}, disk.open("a").read(0, 10));
    }

    @Test
    void tornCrashKeepsOnlyWholeSectorsOfWhatWasWritten() {
        var disk = new InMemoryDisk();
        var file = disk.open("a");
        file.write(0, new byte[4_096], 0, 4_096);
        file.force();
        disk.force();
        var ones = new byte[4_096];
        Arrays.fill(ones, (byte) 1);
        boolean mixed = false;
        for (int seed = 0; seed < 10; seed++) {
            disk.open("a").write(0, ones, 0, 4_096);
            disk.crash(new Random(seed));
            var left = disk.open("a").read(0, 4_096);
            int kept = 0;
            for (int at = 0; at < left.length; at += 512) {
                kept += left[at];
                assertEquals(left[at], left[at + 511]);
            }
            mixed |= kept > 0 && kept < 8;
            disk.open("a").write(0, new byte[4_096], 0, 4_096);
            disk.open("a").force();
        }
        assertTrue(mixed);
    }
}
