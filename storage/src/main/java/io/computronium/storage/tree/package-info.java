/** The state tree: computes, never writes. */
@NullMarked
package io.computronium.storage.tree;

import org.jspecify.annotations.NullMarked;
