/**
 * How a chain starts: the genesis document, from which every node derives the same chain identity,
 * parameters, validators and first state.
 *
 * <p>{@link io.computronium.genesis.GenesisDocument} is the record, and one that exists is valid.
 * {@link io.computronium.genesis.GenesisJson} reads and writes the file that people hand around;
 * its hash, though, is over the canonical bytes of {@code io.computronium.genesis.codec}, so that
 * spaces and the order of fields do not matter. {@link io.computronium.genesis.NetworkPreset} has
 * parameters to start from, {@link io.computronium.genesis.Devnet} a whole network.
 */
@NullMarked
package io.computronium.genesis;

import org.jspecify.annotations.NullMarked;
