package io.computronium.storage.memory;

import io.computronium.storage.StorageFailureException;
import io.computronium.storage.disk.Disk;
import io.computronium.storage.disk.DiskFile;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * A {@link Disk} in memory that can lose what was not forced. Stays usable after {@link #close} and
 * {@link #crash}, as a real folder does.
 */
public final class InMemoryDisk implements Disk {

    private final TreeMap<String, InMemoryFile> files = new TreeMap<>();
    private final TreeMap<String, InMemoryFile> durableNames = new TreeMap<>();

    /** Loses all bytes and names that were not forced. */
    public void crash() {
        files.clear();
        files.putAll(durableNames);
        files.values().forEach(InMemoryFile::crash);
    }

    @Override
    public List<String> list() {
        return List.copyOf(files.keySet());
    }

    @Override
    public DiskFile open(String name) {
        return files.computeIfAbsent(name, _ -> new InMemoryFile());
    }

    @Override
    public void rename(String from, String to) {
        var file = files.remove(from);
        if (file == null) {
            throw new StorageFailureException("no file " + from);
        }
        files.put(to, file);
    }

    @Override
    public void delete(String name) {
        files.remove(name);
    }

    @Override
    public void force() {
        durableNames.clear();
        durableNames.putAll(files);
    }

    @Override
    public void close() {}

    private static final class InMemoryFile implements DiskFile {

        private byte[] bytes = new byte[0];
        private byte[] durable = bytes;

        void crash() {
            bytes = durable.clone();
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public byte[] read(long position, int length) {
            int from = (int) Math.min(position, bytes.length);
            return Arrays.copyOfRange(bytes, from, Math.min(from + length, bytes.length));
        }

        @Override
        public void write(long position, byte[] source, int offset, int length) {
            int end = Math.toIntExact(position + length);
            if (end > bytes.length) {
                bytes = Arrays.copyOf(bytes, end);
            }
            System.arraycopy(source, offset, bytes, (int) position, length);
        }

        @Override
        public void force() {
            durable = bytes.clone();
        }

        @Override
        public void close() {}
    }
}
