/**
 * The BFT state machine: {@link io.computronium.consensus.Input}s in, {@link
 * io.computronium.consensus.Effect}s out, and nothing else.
 *
 * <p>{@link io.computronium.consensus.BftCore} is Algorithm 1 of "The latest gossip on BFT
 * consensus" (Tendermint, arXiv 1807.04938) with the deviations D1 to D11 of {@code
 * docs/consensus.md}; line numbers of the paper stand beside the rules as L22, L28, L36. It has no
 * clock, thread, socket, file, logger or random source, and it checks no signature: time is part of
 * every input, and whoever feeds the core has verified what is signed. The same inputs in the same
 * order therefore give the same effects, which is what the write-ahead log and the simulator live
 * on.
 *
 * <p>Questions to the outside are effects ({@code JudgeBlock}, {@code BuildBlock}, {@code
 * CastVote}), and their answers are later inputs; nothing blocks. An answer may stay out for good:
 * the timers get the core past that.
 *
 * <p>{@link io.computronium.consensus.GridPacing} decides when a block is due, {@link
 * io.computronium.consensus.ProposerOrder} whose turn it is, {@link
 * io.computronium.primitives.bft.Epochs} where epochs begin. All of them are functions of committed
 * data.
 */
@NullMarked
package io.computronium.consensus;

import org.jspecify.annotations.NullMarked;
