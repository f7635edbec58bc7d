/**
 * Many Ed25519 signatures at once, several times as fast as one by one, with the same verdicts.
 *
 * <h2>What is asked</h2>
 *
 * <p>A signature (R, S) of a message under the key A is good if both points are encoded canonically
 * and on the curve, A is not of small order, S is below L, and, with k = SHA-512(R ‖ A ‖ M),
 *
 * <pre>  8·(R + k·A - S·B) = 0</pre>
 *
 * (RFC 8032, 5.1.7; the rule is {@link io.computronium.primitives.crypto.Ed25519}'s). All but the
 * equation is looked up in the bytes. The factor 8 is what makes batches possible: points have a
 * part in the subgroup of prime order L and a part of order 8 or less, and a multiple of 8 does not
 * see the latter. Without it, whether a batch passes would depend on coefficients modulo 8, and
 * single and batch could not agree (Chalkias, Garillot, Nikolaenko, "Taming the many EdDSAs",
 * 2020).
 *
 * <h2>The equation of a batch</h2>
 *
 * <p>With random coefficients z_i (Bellare, Garay, Rabin, "Fast batch verification", 1998;
 * Bernstein, Duif, Lange, Schwabe, Yang, "High-speed high-security signatures", 2011)
 *
 * <pre>  8·(Σ z_i·R_i + Σ (z_i·k_i mod L)·A_i - (Σ z_i·S_i mod L)·B) = 0</pre>
 *
 * holds if all are good, always: the terms of each cancel, and reducing a scalar modulo L changes a
 * point by a part that the 8 removes. If one is bad, its term is some non-zero D of order L, and of
 * the 2^128 values of its coefficient at most one makes the sum vanish: they are the odd numbers
 * between -2^128 and 2^128, all different modulo L. So a bad batch passes with a chance of 2^-128,
 * and at most nine sums are asked of 256 signatures. {@link
 * io.computronium.primitives.crypto.batch.Coefficients} says where the coefficients come from.
 *
 * <p>A batch that fails is halved: one half is summed, and the other half's sum is the difference.
 * While one of both holds, the other is halved on. Where neither holds, or few are left, each
 * signature is asked its own equation, without coefficients and one in each lane ({@link
 * io.computronium.primitives.crypto.batch.LaneCheck}). So one bad signature costs as much again as
 * its batch, and a batch of nothing else four times what a good one costs. Batches of no more
 * signatures than there are lanes are asked in lanes at once; a single one is left to BouncyCastle,
 * which is faster then.
 *
 * <h2>The sum</h2>
 *
 * <p>Scalars are written in digits of four bits that are odd ({@link
 * io.computronium.primitives.crypto.batch.Digits}), and each point gets a table of its eight odd
 * multiples. In Straus's method ("Addition chains of vectors", 1964) one walks along the digits
 * from the highest, doubling a sum and adding an entry for each point. Here the order is turned
 * around: each of the 64 digits has an accumulator, a point is added to all of them while its table
 * is at hand, and in the end one walk along the accumulators, 252 doublings, joins them. The
 * accumulators lie in the lanes of vectors, 8 by 8, so one addition serves eight digits of the same
 * point, and as a table lies limb by limb with its entries side by side, looking up eight digits is
 * one permutation for each of its twenty limbs. This is why a batch may have any size, and nothing
 * is ever copied from lane to lane.
 *
 * <p>Pippenger's buckets and the heap of Bos and Coster (compared in Bernstein, Lange et al.,
 * above) add fewer points where there are thousands, but have no such regular use of lanes; at 256
 * signatures buckets would save, by count, about a fifth of the additions, and scatter all of them
 * over memory.
 *
 * <p>Decoding a point costs a power of 2^252 - 3, and is done for as many points as there are
 * lanes. Tables of keys that signed before are remembered ({@link
 * io.computronium.primitives.crypto.batch.KeyTables}), within a bound.
 *
 * <h2>Bounds</h2>
 *
 * <p>Elements modulo p = 2^255 - 19 are five signed limbs in radix 2^51. Let R be the bound of a
 * limb after a carry. {@link io.computronium.primitives.crypto.batch.Curve} is written so that a
 * product never gets more than 2R times R: of four values E, F, G, H of which EF, GH, FG, EH are
 * needed, it is enough to carry F and H.
 *
 * <p>In {@link io.computronium.primitives.crypto.batch.VectorField}, R = 2^50 + 2^9:
 *
 * <ul>
 *   <li>For the split of a product x·y to be exact, 1.5·2^103 + xy must stay within 2^103 and
 *       2^104, so |xy| below 2^102 - 2^50. It is at most 2R² = 2^101 + 2^61 + 2^19. In a doubling F
 *       is made of a sum within 4R, but carried before it is used.
 *   <li>So a low part is within 2^50, a high part within 2^50 + 2^10 + 1. Column t of a product has
 *       at most five of each, and takes 19 times column t + 5: the largest, t = 0, has one low
 *       part, and of column 5 four low and five high ones, so it is within 172·2^50 + 2^17 &lt;
 *       2^58: no sum of {@code long}s overflows, and the constants in their bits may wrap, for they
 *       are subtracted modulo 2^64.
 *   <li>What is cut off with rounding leaves a limb within 2^50; a carry is within 172·2^50/2^51 +
 *       1 &lt; 87, and that of the highest column, four high and five low parts and 19 of one high
 *       part, so 28·2^50, within 15; times 19 that is 285. So results are within 2^50 + 2^9 = R.
 *   <li>A carry by rounding of limbs within 4R gives carries of at most 3, so limbs within 2^50 +
 *       57.
 *   <li>All limbs are integers below 2^53, so sums and differences of doubles are exact.
 * </ul>
 *
 * <p>In {@link io.computronium.primitives.crypto.batch.ScalarField}, R = 2^51 + 2^16:
 *
 * <ul>
 *   <li>It does not carry sums, so factors are up to 2R and, F of a doubling, 4R: |ab| at most 8R²
 *       &lt; 2^106. High parts are rounded down and within 2^55; five of them, and five low parts
 *       within 0 and 2^51, are within 2^57.5; a column with 19 of another, within 2^61.8.
 *   <li>A carry is then within 2^10.8, and 19 of the highest column's, within 2^15.1: limbs of
 *       results are between -2^16 and 2^51 + 2^16.
 * </ul>
 *
 * <p>{@link io.computronium.primitives.crypto.batch.Scalars} states its bounds at each step. The
 * tests run every operation with limbs at its bounds.
 *
 * <p>Nothing here is secret, so nothing takes constant time. Points: Hisil, Wong, Carter, Dawson,
 * "Twisted Edwards Curves Revisited", 2008; products in floating point: Bernstein, "Floating-point
 * arithmetic and message authentication", 2004; digits: Joye, Tunstall, "Exponent recoding and
 * regular exponentiation algorithms", 2009.
 */
@NullMarked
package io.computronium.primitives.crypto.batch;

import org.jspecify.annotations.NullMarked;
