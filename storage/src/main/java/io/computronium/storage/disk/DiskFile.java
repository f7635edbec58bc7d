package io.computronium.storage.disk;

/** One open file of a {@link Disk}. For one thread. */
public interface DiskFile extends AutoCloseable {

    /** In bytes. */
    long size();

    /** Up to {@code length} bytes from {@code position} on; fewer at the end of the file. */
    byte[] read(long position, int length);

    /** Writes all {@code length} bytes; the file grows if need be. */
    void write(long position, byte[] bytes, int offset, int length);

    /** Makes everything written so far durable. */
    void force();

    @Override
    void close();
}
