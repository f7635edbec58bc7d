@NullMarked
package io.computronium.storage.wal;

import org.jspecify.annotations.NullMarked;
