/**
 * The disk as the logs see it: a folder of files that can be written, forced and renamed. {@link
 * io.computronium.storage.disk.FileDisk} is the real one; a simulation puts {@code
 * storage.memory.InMemoryDisk} in its place and pulls the plug.
 */
@NullMarked
package io.computronium.storage.disk;

import org.jspecify.annotations.NullMarked;
