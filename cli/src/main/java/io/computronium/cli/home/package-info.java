/**
 * The home folder of one node, and its configuration.
 *
 * <pre>
 * genesis.json          the document whose hash the chain is named by
 * node.toml             the configuration
 * keys/node.json        who the node is to its peers
 * keys/validator.json   what it votes with
 * data/                 blocks, state, log and signer state, which the node keeps
 * node.log
 * </pre>
 *
 * <p>One table, {@link io.computronium.cli.home.Setting}, says what can be configured. The reader
 * of {@code node.toml}, the environment variables, the flags, the file that {@code node init}
 * writes and {@code config show} all go by it. Flags win over {@code CPTM_*} variables, those over
 * the file, that over the default. A fault never stops at the first: all are listed, each with its
 * key.
 */
@NullMarked
package io.computronium.cli.home;

import org.jspecify.annotations.NullMarked;
