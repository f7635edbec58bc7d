package io.computronium.storage.disk;

import java.nio.file.Path;
import java.util.List;

/** A real folder, locked against other processes. */
public final class FileDisk implements Disk {

    private FileDisk() {}

    /**
     * Opens {@code folder}, and makes it if it is not there.
     *
     * @throws io.computronium.storage.FolderInUseException if someone else has it open
     */
    public static FileDisk open(Path folder) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> list() {
        throw new UnsupportedOperationException();
    }

    @Override
    public DiskFile open(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void rename(String from, String to) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void delete(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void force() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
