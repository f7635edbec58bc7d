/**
 * Whether the simulation finds bugs: plants them, one at a time, and counts the seeds until an
 * invariant breaks. A {@link io.computronium.consensus.mutation.Patch} changes a method of a class
 * file; {@link io.computronium.consensus.mutation.PatchedClasses} loads the simulation and all it
 * runs with one such change, beside the sound ones. No class knows that it may be changed.
 */
@NullMarked
package io.computronium.consensus.mutation;

import org.jspecify.annotations.NullMarked;
