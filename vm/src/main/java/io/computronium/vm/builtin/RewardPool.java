package io.computronium.vm.builtin;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Uint128;
import io.computronium.vm.contract.RecordShape;
import io.computronium.vm.contract.Shape;
import java.math.BigInteger;

/**
 * Rewards that are shared out by shares, without a loop over those who hold them: a sum per share
 * that only grows. Whoever holds shares keeps the sum as of its last payment and the fraction of a
 * grain that it was not paid, so that claiming often or seldom pays the same.
 *
 * @param perShare sum of all rewards per share, times {@link #SCALE}; under 2^256
 * @param carry what the last division left, times {@link #SCALE}
 * @param pot grains that are not paid yet
 */
record RewardPool(BigInteger perShare, Uint128 carry, long pot) {

    /** 10^18. */
    static final long SCALE = 1_000_000_000_000_000_000L;

    static final RewardPool EMPTY = new RewardPool(BigInteger.ZERO, Uint128.ZERO, 0);

    private static final int SUM_BYTES = 32;
    private static final BigInteger WIDE_SCALE = BigInteger.valueOf(SCALE);

    /** A natural number as 32 bytes, big-endian. */
    static final Shape<BigInteger> SUM =
            Shape.bytes(SUM_BYTES)
                    .map(bytes -> new BigInteger(1, bytes.toArray()), RewardPool::wide);

    static final RecordShape<RewardPool> SHAPE =
            RecordShape.of(
                    in -> new RewardPool(in.next(), in.next(), in.next()),
                    RecordShape.field("per-share", SUM, RewardPool::perShare),
                    RecordShape.field("carry", Shape.UINT128, RewardPool::carry),
                    RecordShape.field("pot", Shape.UINT, RewardPool::pot));

    /**
     * What someone has earned.
     *
     * @param paid grains
     * @param fraction of a grain that stays, times {@link #SCALE}
     */
    record Earned(long paid, long fraction) {}

    /**
     * With a reward of {@code grains} for all.
     *
     * @param shares over 0
     */
    RewardPool add(long grains, Uint128 shares) {
        BigInteger[] parts =
                BigInteger.valueOf(grains)
                        .multiply(WIDE_SCALE)
                        .add(carry.toBigInteger())
                        .divideAndRemainder(shares.toBigInteger());
        return new RewardPool(
                perShare.add(parts[0]), Uint128.of(parts[1]), Math.addExact(pot, grains));
    }

    /** What {@code shares} have earned since the sum was {@code from}. */
    Earned earned(Uint128 shares, BigInteger from, long fraction) {
        BigInteger[] parts =
                shares.toBigInteger()
                        .multiply(perShare.subtract(from))
                        .add(BigInteger.valueOf(fraction))
                        .divideAndRemainder(WIDE_SCALE);
        return new Earned(parts[0].longValueExact(), parts[1].longValueExact());
    }

    RewardPool pay(long grains) {
        return new RewardPool(perShare, carry, Math.subtractExact(pot, grains));
    }

    /** Nobody holds shares any more: what is left goes elsewhere. */
    RewardPool emptied() {
        return new RewardPool(perShare, Uint128.ZERO, 0);
    }

    private static Bytes wide(BigInteger value) {
        if (value.bitLength() > SUM_BYTES * Byte.SIZE) {
            throw new ArithmeticException("over 256 bits");
        }
        byte[] digits = value.toByteArray();
        byte[] padded = new byte[SUM_BYTES];
        int used = Math.min(digits.length, SUM_BYTES);
        System.arraycopy(digits, digits.length - used, padded, SUM_BYTES - used, used);
        return Bytes.owned(padded);
    }
}
