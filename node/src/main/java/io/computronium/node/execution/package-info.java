/**
 * Blocks against the state: building, judging, committing.
 *
 * <p>{@link io.computronium.node.execution.BlockProcessor} does the work and belongs to one thread;
 * {@link io.computronium.node.execution.ExecutionService} is that thread. A block is executed once:
 * what building or judging has prepared is kept under the block's id until its height is decided,
 * and a commit looks it up. What other threads may read is an immutable {@link
 * io.computronium.node.execution.ChainTip}, published at each commit.
 */
@NullMarked
package io.computronium.node.execution;

import org.jspecify.annotations.NullMarked;
