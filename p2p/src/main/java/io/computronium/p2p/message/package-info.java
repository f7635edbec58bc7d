/**
 * What nodes say to one another, as records.
 *
 * <p>The messages come in four families, each a sealed interface, by who answers for them in a
 * node: {@link io.computronium.p2p.message.ConsensusGossip} is for the consensus driver, {@link
 * io.computronium.p2p.message.BlockGossip} carries the block of a live proposal, {@link
 * io.computronium.p2p.message.BlockSync} brings a node up to date, and {@link
 * io.computronium.p2p.message.TransactionBatch} is for the mempool. The family also says how urgent
 * a message is.
 *
 * <p>A record refuses, with {@code MalformedDataException}, what can never be right. What takes a
 * chain to judge (the length of a bit set, a signature, a root) is left to the receiver.
 */
@NullMarked
package io.computronium.p2p.message;

import org.jspecify.annotations.NullMarked;
