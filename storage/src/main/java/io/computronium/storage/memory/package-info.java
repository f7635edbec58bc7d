/** Twins of store and disk that live in memory and can lose what was not forced. */
@NullMarked
package io.computronium.storage.memory;

import org.jspecify.annotations.NullMarked;
