/** Blocks, their headers, and the receipts of their transactions. */
@NullMarked
package io.computronium.primitives.block;

import org.jspecify.annotations.NullMarked;
