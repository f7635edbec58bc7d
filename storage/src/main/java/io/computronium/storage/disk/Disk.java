package io.computronium.storage.disk;

import io.computronium.storage.StorageFailureException;
import java.util.List;

/**
 * A folder of files, as far as the logs need one: the seam at which a simulation puts a disk that
 * loses what was not forced. For one thread.
 *
 * <p>All methods throw {@link StorageFailureException} when the disk fails.
 */
public interface Disk extends AutoCloseable {

    /** The names of all files, sorted. */
    List<String> list();

    /** Opens a file for reading and writing, and makes an empty one if there is none. */
    DiskFile open(String name);

    /** Gives a closed file another name; durable after {@link #force}. */
    void rename(String from, String to);

    /** Removes a closed file; durable after {@link #force}. */
    void delete(String name);

    /** Makes the names of files durable. */
    void force();

    @Override
    void close();
}
