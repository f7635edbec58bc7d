/**
 * The {@code cptm} command.
 *
 * <p>{@link io.computronium.cli.Cptm} is the process: it hands streams, environment and the wish to
 * stop to {@code command}, where the tree of commands is. Below that, {@code wallet} spends, {@code
 * keystore} keeps keys, {@code rpc} asks nodes, {@code home} knows a node's folder and {@code
 * devnet} a folder of several; {@code shell} is what all of them get and give.
 */
@NullMarked
package io.computronium.cli;

import org.jspecify.annotations.NullMarked;
