/** Tests of blocks against the state, over stores in memory. */
@NullMarked
package io.computronium.node.execution;

import org.jspecify.annotations.NullMarked;
