package io.computronium.consensus.simulation;

import io.computronium.storage.StorageFailureException;
import io.computronium.storage.disk.Disk;
import io.computronium.storage.disk.DiskFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A folder that loses in a crash what was not forced: all of it, all after some write, or any
 * sectors. {@link Power} may fail at every operation.
 */
final class SimulatedDisk implements Disk {

    /** What a disk writes as a whole or not at all. */
    private static final int SECTOR = 512;

    private static final byte[] ZEROS = new byte[1 << 20];

    private final Power power;
    private TreeMap<String, Content> names = new TreeMap<>();

    /** What the names were after the last force, and after each change since. */
    private final List<TreeMap<String, Content>> history = new ArrayList<>();

    SimulatedDisk(Power power) {
        this.power = power;
        history.add(new TreeMap<>());
    }

    /** Loses some of what was not forced. */
    void crash(SplittableRandom random) {
        names = new TreeMap<>(history.get(random.nextInt(history.size())));
        names.values().forEach(content -> content.crash(random));
        history.clear();
        history.add(new TreeMap<>(names));
    }

    /** Loses everything. */
    void wipe() {
        names.clear();
        history.clear();
        history.add(new TreeMap<>());
    }

    /** Changes a bit of what is written. */
    void flipBit(SplittableRandom random) {
        var files = names.values().stream().filter(content -> content.size > 0).toList();
        if (!files.isEmpty()) {
            Content content = files.get(random.nextInt(files.size()));
            if (content.bytes.length > 0) {
                int end = content.bytes.length;
                while (end > 1 && content.bytes[end - 1] == 0) {
                    end--;
                }
                content.bytes[random.nextInt(end)] ^= (byte) (1 << random.nextInt(8));
            }
        }
    }

    private void rename(Runnable change) {
        power.around(
                () -> {
                    change.run();
                    history.add(new TreeMap<>(names));
                },
                () -> {});
    }

    @Override
    public List<String> list() {
        return List.copyOf(names.keySet());
    }

    @Override
    public DiskFile open(String name) {
        if (!names.containsKey(name)) {
            rename(() -> names.put(name, new Content()));
        }
        Content content = names.get(name);
        if (content == null) {
            throw new StorageFailureException("no file " + name);
        }
        return content;
    }

    @Override
    public void rename(String from, String to) {
        rename(() -> {
            Content content = names.remove(from);
            if (content == null) {
                throw new StorageFailureException("no file " + from);
            }
            names.put(to, content);
        });
    }

    @Override
    public void delete(String name) {
        rename(() -> names.remove(name));
    }

    @Override
    public void force() {
        power.around(
                () -> {
                    history.clear();
                    history.add(new TreeMap<>(names));
                },
                () -> {});
    }

    @Override
    public void close() {}

    /** A file. Zeros at its end that were never anything else take no memory. */
    private final class Content implements DiskFile {

        private byte[] bytes = new byte[0];
        private long size;
        private final List<Write> unforced = new ArrayList<>();

        @Override
        public long size() {
            return size;
        }

        @Override
        public byte[] read(long position, int length) {
            int from = (int) Math.min(position, size);
            var result = new byte[(int) Math.min(length, size - from)];
            int here = Math.min(result.length, bytes.length - from);
            if (here > 0) {
                System.arraycopy(bytes, from, result, 0, here);
            }
            return result;
        }

        @Override
        public void write(long position, byte[] source, int offset, int length) {
            byte[] written = Arrays.copyOfRange(source, offset, offset + length);
            power.around(
                    () -> put((int) position, written),
                    () -> {
                        int half = Math.min(length, SECTOR * ((length / 2 + SECTOR - 1) / SECTOR));
                        put((int) position, Arrays.copyOf(written, half));
                    });
        }

        private void put(int position, byte[] written) {
            long sizeBefore = size;
            size = Math.max(size, position + written.length);
            if (position >= bytes.length && isZero(written)) {
                unforced.add(new Write(position, new byte[0], new byte[0], sizeBefore));
                return;
            }
            int end = position + written.length;
            if (bytes.length < end) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(size, Math.max(end, 2L * end)));
            }
            unforced.add(
                    new Write(
                            position,
                            Arrays.copyOfRange(bytes, position, end),
                            written,
                            sizeBefore));
            System.arraycopy(written, 0, bytes, position, written.length);
        }

        private static boolean isZero(byte[] written) {
            return written.length <= ZEROS.length
                    && Arrays.equals(written, 0, written.length, ZEROS, 0, written.length);
        }

        @Override
        public void force() {
            power.around(unforced::clear, () -> {});
        }

        @Override
        public void close() {}

        void crash(SplittableRandom random) {
            long sizeNow = size;
            for (Write write : unforced.reversed()) {
                if (write.before.length > 0) {
                    System.arraycopy(write.before, 0, bytes, write.position, write.before.length);
                }
                size = write.sizeBefore;
            }
            switch (random.nextInt(3)) {
                case 0 -> {} // nothing was written
                case 1 -> { // the first few were
                    size = sizeNow;
                    unforced.stream()
                            .limit(random.nextInt(unforced.size() + 1))
                            .forEach(write -> restore(write, 0, write.after.length));
                }
                default -> { // any sectors were
                    size = sizeNow;
                    for (Write write : unforced) {
                        int at = 0;
                        while (at < write.after.length) {
                            int next = SECTOR - (write.position + at) % SECTOR + at;
                            int end = Math.min(next, write.after.length);
                            if (random.nextBoolean()) {
                                restore(write, at, end);
                            }
                            at = end;
                        }
                    }
                }
            }
            unforced.clear();
        }

        private void restore(Write write, int from, int to) {
            if (from < to) {
                System.arraycopy(write.after, from, bytes, write.position + from, to - from);
            }
        }
    }

    /** Bytes written and not forced, and what was there before. */
    private static final class Write {
        final int position;
        final byte[] before;
        final byte[] after;
        final long sizeBefore;

        Write(int position, byte[] before, byte[] after, long sizeBefore) {
            this.position = position;
            this.before = before;
            this.after = after;
            this.sizeBefore = sizeBefore;
        }
    }
}
