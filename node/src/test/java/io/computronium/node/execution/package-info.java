/** Blocks against the state, over databases in memory. */
@NullMarked
package io.computronium.node.execution;

import org.jspecify.annotations.NullMarked;
