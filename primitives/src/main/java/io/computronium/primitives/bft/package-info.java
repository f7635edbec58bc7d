/**
 * The values that validators exchange and sign: proposals, votes, commit certificates, evidence,
 * and the validator set with the one place that says what a quorum is.
 *
 * <p>Terms are those of Tendermint (arXiv 1807.04938). A block id is the hash of a header. A nil
 * vote is a vote without a block id, never one for 32 zero bytes.
 */
@NullMarked
package io.computronium.primitives.bft;

import org.jspecify.annotations.NullMarked;
