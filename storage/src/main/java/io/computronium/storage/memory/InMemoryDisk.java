package io.computronium.storage.memory;

import io.computronium.storage.disk.Disk;
import io.computronium.storage.disk.DiskFile;
import java.util.List;

/** A {@link Disk} in memory that can lose what was not forced. */
public final class InMemoryDisk implements Disk {

    /** Loses what was not forced; files that were open are closed. */
    public void crash() {
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
