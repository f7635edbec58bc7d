/**
 * Cores, virtual time, one seed. Everything that is random comes from the seed and everything that
 * happens goes through one queue, so that a seed is a run: it fails again as it failed before.
 * {@code docs/simulation.md} explains it.
 *
 * <p>{@link io.computronium.consensus.simulation.World} is time and chance, {@link
 * io.computronium.consensus.simulation.Network} what is between the validators. A {@link
 * io.computronium.consensus.simulation.Validator} is a machine with its disks, a {@link
 * io.computronium.consensus.simulation.Driver} one life of it: the core under test, with the log
 * and the signer's file of production. A {@link io.computronium.consensus.simulation.Liar} says
 * what harms, and the {@link io.computronium.consensus.simulation.Judge} checks the invariants of
 * {@code docs/consensus.md} at every step.
 */
@NullMarked
package io.computronium.consensus.simulation;

import org.jspecify.annotations.NullMarked;
