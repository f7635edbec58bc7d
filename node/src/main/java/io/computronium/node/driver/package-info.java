/**
 * Consensus, driven: the pure core of {@code consensus} with its log, its signer, its clock and its
 * peers.
 *
 * <p>{@link io.computronium.node.driver.ConsensusDriver} owns the thread "consensus". Whatever
 * reaches the core goes through one queue and is appended to the write-ahead log first (W1); before
 * a message of our own leaves, the log is forced and the signer's file written (W2); before a block
 * can be voted for, execution has made it durable as a candidate (W7). Signatures of messages are
 * checked here, so the core deals with authentic ones only.
 */
@NullMarked
package io.computronium.node.driver;

import org.jspecify.annotations.NullMarked;
