/** The log of everything that consensus was told. */
@NullMarked
package io.computronium.storage.wal;

import org.jspecify.annotations.NullMarked;
