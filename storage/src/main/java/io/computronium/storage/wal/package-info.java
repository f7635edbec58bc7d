/**
 * The log of everything that consensus was told, in the order in which it was told, so that a
 * restart can tell it again and get to where it was (rules W1 to W6 of {@code docs/consensus.md}).
 *
 * <p>The one question that matters on opening is whether something that was forced is missing,
 * because then the node may have said what it does not remember. A torn tail is not that. The two
 * are told apart by the marks between batches: see {@code Recovery}.
 */
@NullMarked
package io.computronium.storage.wal;

import org.jspecify.annotations.NullMarked;
