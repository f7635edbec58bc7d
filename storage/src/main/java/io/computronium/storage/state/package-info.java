/**
 * The state after every block, as a view of the block log that can always be computed again.
 *
 * <p>{@link io.computronium.storage.state.StateStore} belongs to the execution thread. A block is
 * <em>prepared</em> (root computed, nothing changed) and then <em>committed</em>: it becomes a
 * layer in memory over the last flushed state. When a group of layers is full it is flushed in one
 * atomic batch: values, pages of the tree, receipts, the index of transactions, and the root with
 * its height, from which a restart goes on.
 *
 * <p>Everyone else reads {@link io.computronium.storage.state.StateSnapshot}s: an immutable list of
 * layers and the height of the flushed state below them. What a flush replaces it keeps until that
 * height is given up, so a snapshot stays right while the chain goes on; how that works without
 * locks is told in {@code FlushedState}.
 *
 * <p>Proofs are served for heights that are not flushed yet, and for flushes that are not given up.
 */
@NullMarked
package io.computronium.storage.state;

import org.jspecify.annotations.NullMarked;
