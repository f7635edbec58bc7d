package io.computronium.vm.builtin;

import io.computronium.vm.contract.Amounts;

/**
 * Sums whose parts fade, by half in every {@link #HALF_LIFE}, and straight within one.
 *
 * <p>What is added at a height is written up to what it would have to be at the start of that
 * half-life, and what is read is written down again, so that time passes by halving alone. Halving
 * in two steps is halving in one: a sum fades the same however often it is touched. (Fading step by
 * step from touch to touch rounds the curve up each time, and a thousand touches leave 0.607
 * instead of 0.5.)
 *
 * <p>Source: G. Cormode et al., Forward Decay: A Practical Time Decay Model for Streaming Systems,
 * ICDE 2009.
 */
final class ForwardDecay {

    /** In blocks. */
    static final long HALF_LIFE = 604_800;

    /** After so many halvings of 63 bits nothing is left. */
    private static final long MAX_HALVINGS = 63;

    private ForwardDecay() {}

    /** How many half-lives are over at {@code height}: what a stored sum is of. */
    static long halfLives(long height) {
        return height / HALF_LIFE;
    }

    /** What {@code value} at {@code height} adds to a sum of the half-life of {@code height}. */
    static long lift(long value, long height) {
        return Amounts.mulDiv(value, HALF_LIFE + height % HALF_LIFE, HALF_LIFE);
    }

    /**
     * A sum of one half-life as one of a later.
     *
     * @param from at most {@code to}
     */
    static long advance(long sum, long from, long to) {
        return sum >> Math.min(to - from, MAX_HALVINGS);
    }

    /** What a sum of the half-life of {@code height} is worth at {@code height}. */
    static long read(long sum, long height) {
        return Amounts.mulDiv(sum, HALF_LIFE, HALF_LIFE + height % HALF_LIFE);
    }
}
