package io.computronium.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.Bytes;
import io.computronium.storage.rocksdb.RocksDbOptions;
import io.computronium.storage.rocksdb.RocksDbStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RocksDbStoreTest extends KeyValueStoreContract {

    @TempDir private Path folder;

    @SuppressWarnings("NullAway.Init") // JUnit sets the folder
    RocksDbStoreTest() {}

    @Override
    KeyValueStore open() {
        return RocksDbStore.open(folder.resolve("db"), SCHEMA, RocksDbOptions.DEFAULT);
    }

    @Test
    void folderIsForOneAtATime() {
        var failure = assertThrows(FolderInUseException.class, this::open);
        assertTrue(failure.toString().contains(folder.toString()), failure.toString());
    }

    @Test
    void databaseOfAnotherSchemaIsRefused() {
        var path = folder.resolve("other");
        var more = new Schema("more", List.of(FRUIT, STRANGE));
        RocksDbStore.open(path, more, RocksDbOptions.DEFAULT).close();
        var failure =
                assertThrows(
                        StorageFailureException.class,
                        () -> RocksDbStore.open(path, SCHEMA, RocksDbOptions.DEFAULT));
        assertTrue(failure.toString().contains("other"), failure.toString());
        RocksDbStore.open(path, more, RocksDbOptions.DEFAULT).close();
    }

    @Test
    void closedStoreIsRefusedInsteadOfEndingTheProcess() {
        var store = RocksDbStore.open(folder.resolve("closed"), SCHEMA, RocksDbOptions.DEFAULT);
        store.close();
        store.close();
        var key = Bytes.ofHex("01");
        assertThrows(IllegalStateException.class, () -> store.get(FRUIT, key));
        assertThrows(IllegalStateException.class, () -> store.scan(FRUIT, KeyRange.all()));
        assertThrows(
                IllegalStateException.class, () -> store.write(new WriteBatch(), Durability.SYNC));
    }

    /** A copy of the files at this moment is what a kill at this moment leaves. */
    @Test
    void killLosesNothingThatWasWritten() throws IOException {
        var path = folder.resolve("killed");
        var copy = folder.resolve("copy");
        try (var store = RocksDbStore.open(path, SCHEMA, RocksDbOptions.DEFAULT)) {
            for (long i = 0; i < 100; i++) {
                store.write(
                        new WriteBatch().put(HEIGHTS, i, Bytes.ofHex("01")),
                        i % 2 == 0 ? Durability.SYNC : Durability.BUFFERED);
            }
            copyFiles(path, copy);
        }
        try (var store = RocksDbStore.open(copy, SCHEMA, RocksDbOptions.DEFAULT)) {
            for (long i = 0; i < 100; i++) {
                assertEquals(Optional.of(Bytes.ofHex("01")), store.get(HEIGHTS, i));
            }
        }
    }

    @Test
    void tornLogGivesAPrefixOfTheBatches() throws IOException {
        var path = folder.resolve("torn");
        var copy = folder.resolve("torn-copy");
        try (var store = RocksDbStore.open(path, SCHEMA, RocksDbOptions.DEFAULT)) {
            for (long i = 0; i < 100; i++) {
                store.write(new WriteBatch().put(HEIGHTS, i, Bytes.ofHex("01")), Durability.SYNC);
            }
            copyFiles(path, copy);
        }
        try (var files = Files.list(copy)) {
            var log = files.filter(f -> f.toString().endsWith(".log")).findFirst().orElseThrow();
            try (var channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
                channel.truncate(channel.size() / 2);
            }
        }
        try (var store = RocksDbStore.open(copy, SCHEMA, RocksDbOptions.DEFAULT)) {
            long present = 0;
            while (store.get(HEIGHTS, present).isPresent()) {
                present++;
            }
            assertTrue(present > 0 && present < 100, "present: " + present);
            for (long i = present; i < 100; i++) {
                assertFalse(store.get(HEIGHTS, i).isPresent());
            }
        }
    }

    private static void copyFiles(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
