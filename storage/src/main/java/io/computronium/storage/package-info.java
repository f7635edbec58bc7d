/** What the node keeps on disk: the block log, the state tree and their columns. */
@NullMarked
package io.computronium.storage;

import org.jspecify.annotations.NullMarked;
