/** The disk as the logs see it, and the real one. */
@NullMarked
package io.computronium.storage.disk;

import org.jspecify.annotations.NullMarked;
