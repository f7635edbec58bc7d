package io.computronium.storage.disk;

import io.computronium.storage.FolderInUseException;
import io.computronium.storage.StorageFailureException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The right to use a folder alone, held until closed or until the process ends. The lock file stays
 * behind: it is the lock on it that counts.
 */
public final class FolderLock implements AutoCloseable {

    /** Not {@code LOCK}, which is RocksDB's. */
    static final String FILE = "in-use";

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Locks {@code folder}, and makes it if it is not there.
     *
     * @throws FolderInUseException if someone else holds it, in this process or another
     */
    public static FolderLock acquire(Path folder) {
        try {
            Files.createDirectories(folder);
            var channel =
                    FileChannel.open(
                            folder.resolve(FILE),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new FolderInUseException(folder);
            }
            return new FolderLock(channel);
        } catch (IOException e) {
            throw new StorageFailureException("cannot lock " + folder, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StorageFailureException("cannot unlock a folder", e);
        }
    }
}
