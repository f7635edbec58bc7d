/**
 * The way of a transaction from a socket to the pool.
 *
 * <pre>
 * RPC, p2p ──submit/offer──▶ ring ──▶ "verify" thread ──batches──▶ "mempool" loop ──▶ gossip
 *    (any thread)         (Disruptor)  decode, duplicates,         admit, answer      (batches)
 *                                      signatures
 * </pre>
 *
 * <p>Producers never wait: they claim a slot or are told at once that there is none, and the last
 * quarter of the ring is kept for bodies that a proposal needs. One processor takes what is at
 * hand, up to 256 slots, waiting up to 10 ms for more, decodes it, asks what was seen before, and
 * has all signatures verified in one call. It is one stage and not two because a stage of the
 * Disruptor that depends on another spins while it waits for that, whatever the wait strategy, and
 * four nodes share two cores; decoding costs a twentieth of verifying.
 *
 * <p>Verified batches are mailed to the mempool's loop, a few at a time, which is what holds the
 * processor, hence the ring, hence the users back when the pool is slow. The pool is not a consumer
 * of the ring because proposals and commits must not queue behind signatures that nobody has looked
 * at.
 *
 * <p>A signature is verified once: what is in the pool, pinned by a proposal, or among the last
 * some ten thousand seen, good or bad, is recognised by its wire hash before any verification.
 */
@NullMarked
package io.computronium.node.pipeline;

import org.jspecify.annotations.NullMarked;
