/**
 * Twins of store and disk that live in memory. They do what the real ones do, and besides can lose
 * what was not forced, which is how simulation and tests pull the plug. The node uses them like any
 * other store.
 */
@NullMarked
package io.computronium.storage.memory;

import org.jspecify.annotations.NullMarked;
