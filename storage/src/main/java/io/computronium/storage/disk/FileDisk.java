package io.computronium.storage.disk;

import io.computronium.storage.StorageFailureException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A real folder, locked against other processes. */
public final class FileDisk implements Disk {

    private final Path folder;
    private final FolderLock lock;

    private FileDisk(Path folder, FolderLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Opens {@code folder}, and makes it if it is not there.
     *
     * @throws io.computronium.storage.FolderInUseException if someone else has it open
     */
    public static FileDisk open(Path folder) {
        return new FileDisk(folder, FolderLock.acquire(folder));
    }

    @Override
    public List<String> list() {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(FolderLock.FILE))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new StorageFailureException("cannot list " + folder, e);
        }
    }

    @Override
    public DiskFile open(String name) {
        var path = folder.resolve(name);
        try {
            return new ChannelFile(
                    path,
                    FileChannel.open(
                            path,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw new StorageFailureException("cannot open " + path, e);
        }
    }

    @Override
    public void rename(String from, String to) {
        try {
            Files.move(folder.resolve(from), folder.resolve(to), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StorageFailureException("cannot rename a file of " + folder, e);
        }
    }

    @Override
    public void delete(String name) {
        try {
            Files.deleteIfExists(folder.resolve(name));
        } catch (IOException e) {
            throw new StorageFailureException("cannot delete a file of " + folder, e);
        }
    }

    @Override
    public void force() {
        // POSIX makes names durable through an fsync of the folder that holds them.
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            throw new StorageFailureException("cannot force " + folder, e);
        }
    }

    @Override
    public void close() {
        lock.close();
    }
}
