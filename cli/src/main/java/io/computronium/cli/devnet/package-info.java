/**
 * A whole network on one machine, for trying things out; its coins have no value.
 *
 * <p>{@link io.computronium.cli.devnet.DevnetFolder} is a folder of ordinary node homes, so that
 * each of the nodes can also be started, inspected and broken by the commands for single nodes.
 * {@link io.computronium.cli.devnet.Devnet} runs them: all in this process, or each in a child of
 * its own. Either way the nodes share nothing but this supervisor, and it talks to them as
 * everybody does, by JSON-RPC.
 */
@NullMarked
package io.computronium.cli.devnet;

import org.jspecify.annotations.NullMarked;
