/** The current state and its recent past. */
@NullMarked
package io.computronium.storage.state;

import org.jspecify.annotations.NullMarked;
