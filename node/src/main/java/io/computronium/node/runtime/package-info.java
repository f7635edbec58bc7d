/**
 * The only place of the node that makes threads.
 *
 * <p>Mutable state has one owning thread, and other threads reach it by mailing a task to that
 * thread's {@link io.computronium.node.runtime.EventLoop}. So the rest of the node needs no locks:
 * what a loop owns is plain fields, and what others may read is published as immutable values.
 *
 * <p>A failure that nobody caught is a broken invariant. It ends the thread it happened on and is
 * handed to {@link io.computronium.node.runtime.NodeThreads.FatalHandler}, which stops the node.
 */
@NullMarked
package io.computronium.node.runtime;

import org.jspecify.annotations.NullMarked;
