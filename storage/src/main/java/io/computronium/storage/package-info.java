/**
 * What the node keeps on disk, and how a power cut leaves it.
 *
 * <p>There are four things, each in a folder of its own. The <em>block log</em> ({@code
 * storage.block}) is the truth: blocks and the certificates that make them final, each durable
 * before anything is built on it. The <em>state</em> ({@code storage.state}) is a materialised view
 * of the log: values, the state tree and indexes, written in groups of heights, each group one
 * atomic batch that names its height; whatever is lost of it is computed again. The <em>consensus
 * log</em> ({@code storage.wal}) and the <em>signer state</em> ({@code storage.signer}) are what
 * keeps a restarted validator from contradicting itself.
 *
 * <p>The first two stand on {@link io.computronium.storage.KeyValueStore}: typed {@link
 * io.computronium.storage.Column columns}, all named in one {@link io.computronium.storage.Schema}
 * per database, over RocksDB ({@code storage.rocksdb}) or in memory ({@code storage.memory}), where
 * the twin also knows how to lose what was not forced. The last two stand on {@link
 * io.computronium.storage.disk.Disk}, which has such a twin as well.
 *
 * <p>A failing disk is never worked around. {@link io.computronium.storage.StorageFailureException}
 * stops the node.
 */
@NullMarked
package io.computronium.storage;

import org.jspecify.annotations.NullMarked;
