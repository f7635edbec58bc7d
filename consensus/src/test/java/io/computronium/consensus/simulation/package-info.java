/**
 * A few cores, virtual time, one seed. Everything that is random comes from the seed and everything
 * that happens goes through one queue, so that a seed is a run: it fails again as it failed before.
 *
 * <p>{@link io.computronium.consensus.simulation.World} is the queue, the network and the judge;
 * {@link io.computronium.consensus.simulation.Validator} stands in for the driver, with what
 * survives a crash kept apart from what does not; {@link
 * io.computronium.consensus.simulation.Equivocator} is the validator that says one thing to some
 * and another to the rest.
 */
@NullMarked
package io.computronium.consensus.simulation;

import org.jspecify.annotations.NullMarked;
