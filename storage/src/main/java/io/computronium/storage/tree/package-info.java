/**
 * The state tree: a versioned Merkle tree over the hashes of keys, with the hashes of {@code
 * primitives.crypto.StateHashing}. It computes and never writes: an update takes a root and a
 * sorted batch, and gives a new root, the pages that are new, and the ones that the new tree does
 * not use any more (after Diem's Jellyfish Merkle tree). Who keeps the old pages can still read the
 * old tree.
 *
 * <p>The tree is binary, but it is kept in {@link io.computronium.storage.tree.Page pages} of four
 * levels, and a key that is alone in its subtree lies in the page above it. A binary node of its
 * own for everything would mean five times the rows and reads, and a deletion would have to look at
 * the sibling to see whether it moves up. A page that changes hashes the paths that change, nothing
 * else.
 *
 * <p>A page is named by the height that made it and its path. So nothing is ever overwritten, pages
 * of a new height go to the end of the column, and a link tells whether its page is on disk yet.
 */
@NullMarked
package io.computronium.storage.tree;

import org.jspecify.annotations.NullMarked;
