/**
 * The block log, which is the truth that everything else follows from.
 *
 * <p>A block comes in as a candidate and is forced to disk before a precommit for it is signed
 * (W7): else a loss of power after two thirds have locked on it leaves a lock on bytes that nobody
 * has. When its certificate is there, a few small rows make it the block of its height (W3). Bodies
 * are large and lie in blob files, apart from the rows that point to them.
 */
@NullMarked
package io.computronium.storage.block;

import org.jspecify.annotations.NullMarked;
