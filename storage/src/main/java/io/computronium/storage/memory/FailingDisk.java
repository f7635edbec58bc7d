package io.computronium.storage.memory;

import io.computronium.storage.StorageFailureException;
import io.computronium.storage.disk.Disk;
import io.computronium.storage.disk.DiskFile;
import java.util.List;

/** Passes everything on to another disk until a given number of operations is done, then fails. */
public final class FailingDisk implements Disk {

    private final Disk disk;
    private int operationsLeft;

    public FailingDisk(Disk disk, int operations) {
        this.disk = disk;
        this.operationsLeft = operations;
    }

    /** Sets how many operations are still passed on. */
    public void failAfter(int operations) {
        operationsLeft = operations;
    }

    private void count() {
        if (operationsLeft == 0) {
            throw new StorageFailureException("planned failure");
        }
        operationsLeft--;
    }

    @Override
    public List<String> list() {
        return disk.list();
    }

    @Override
    public DiskFile open(String name) {
        count();
        return new FailingFile(disk.open(name));
    }

    @Override
    public void rename(String from, String to) {
        count();
        disk.rename(from, to);
    }

    @Override
    public void delete(String name) {
        count();
        disk.delete(name);
    }

    @Override
    public void force() {
        count();
        disk.force();
    }

    @Override
    public void close() {
        disk.close();
    }

    private final class FailingFile implements DiskFile {

        private final DiskFile file;

        FailingFile(DiskFile file) {
            this.file = file;
        }

        @Override
        public long size() {
            return file.size();
        }

        @Override
        public byte[] read(long position, int length) {
            return file.read(position, length);
        }

        @Override
        public void write(long position, byte[] bytes, int offset, int length) {
            count();
            file.write(position, bytes, offset, length);
        }

        @Override
        public void force() {
            count();
            file.force();
        }

        @Override
        public void close() {
            file.close();
        }
    }
}
