/**
 * The transactions that wait for a block.
 *
 * <p>{@link io.computronium.node.mempool.Mempool} is a plain object owned by one thread, without
 * locks, clock or I/O: it is told of transactions whose signatures were found good and of committed
 * blocks, and answers with admissions and proposals. So it runs the same under the node's "mempool"
 * loop, in a simulation and in a test. Two things are published for other threads to read: the
 * bodies of known transactions, and the size of the pool.
 *
 * <p>Its promise to the proposer: at the head it was last told of, every transaction that {@link
 * io.computronium.node.mempool.Mempool#proposal} returns may be included, in the order given. Its
 * promise to users: what it cannot keep it refuses at once, with a reason.
 */
@NullMarked
package io.computronium.node.mempool;

import org.jspecify.annotations.NullMarked;
