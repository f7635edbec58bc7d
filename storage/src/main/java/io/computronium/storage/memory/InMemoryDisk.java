package io.computronium.storage.memory;

import io.computronium.storage.StorageFailureException;
import io.computronium.storage.disk.Disk;
import io.computronium.storage.disk.DiskFile;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * A {@link Disk} in memory that can lose what was not forced. Stays usable after {@link #close} and
 * {@link #crash}, as a real folder does.
 */
public final class InMemoryDisk implements Disk {

    private static final int SECTOR = 512;

    private final TreeMap<String, InMemoryFile> files = new TreeMap<>();
    private final TreeMap<String, InMemoryFile> durableNames = new TreeMap<>();

    /** Loses all bytes and names that were not forced. */
    public void crash() {
        files.clear();
        files.putAll(durableNames);
        files.values().forEach(InMemoryFile::crash);
    }

    /**
     * Loses some of what was not forced: each sector that was written since is kept or not. Names
     * are lost as in {@link #crash()}.
     */
    public void crash(RandomGenerator random) {
        files.values().forEach(file -> file.crash(random));
        crash();
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

        /**
         * All differences between the two are from here, included, to {@link #dirtyTo}, excluded.
         */
        private int dirtyFrom = Integer.MAX_VALUE;

        private int dirtyTo;

        void crash(RandomGenerator random) {
            // A file may have grown without any of the new bytes having been written.
            var left = Arrays.copyOf(durable, bytes.length);
            for (int at = dirtyFrom; at < dirtyTo; at += SECTOR) {
                if (random.nextBoolean()) {
                    System.arraycopy(bytes, at, left, at, Math.min(SECTOR, dirtyTo - at));
                }
            }
            durable = left;
            crash();
        }

        void crash() {
            bytes = durable.clone();
            clean();
        }

        private void clean() {
            dirtyFrom = Integer.MAX_VALUE;
            dirtyTo = 0;
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public byte[] read(long position, int length) {
            int from = (int) Math.min(position, bytes.length);
            return Arrays.copyOfRange(
                    bytes, from, (int) Math.min((long) from + length, bytes.length));
        }

        @Override
        public void write(long position, byte[] source, int offset, int length) {
            int from = Math.toIntExact(position);
            int end = Math.addExact(from, length);
            if (end > bytes.length) {
                bytes = Arrays.copyOf(bytes, end);
            }
            System.arraycopy(source, offset, bytes, from, length);
            dirtyFrom = Math.min(dirtyFrom, from);
            dirtyTo = Math.max(dirtyTo, end);
        }

        @Override
        public void force() {
            if (durable.length < bytes.length) {
                durable = bytes.clone();
            } else if (dirtyFrom < dirtyTo) {
                System.arraycopy(bytes, dirtyFrom, durable, dirtyFrom, dirtyTo - dirtyFrom);
            }
            clean();
        }

        @Override
        public void close() {}
    }
}
