package io.computronium.vm.builtin;

import io.computronium.vm.contract.Amounts;
import io.computronium.vm.contract.RecordShape;
import io.computronium.vm.contract.Shape;
import java.math.BigInteger;

/**
 * What {@link Reputation} knows of an agent, and the score that follows from it.
 *
 * @param stake in grains
 * @param unstaking grains on their way back, which can still be slashed
 * @param maturesAt the height from which they can be withdrawn
 * @param weights of the ratings, as a sum of the half-life {@code halfLife}
 * @param weightedRatings each weight times its rating, likewise
 * @param done jobs that were paid
 * @param failed jobs whose work was rejected
 */
record Standing(
        long stake,
        long unstaking,
        long maturesAt,
        long weights,
        long weightedRatings,
        long halfLife,
        long done,
        long failed) {

    /** The weight of the opinion that everyone starts with, 5,000 bp, in grains of burnt fee. */
    static final long PRIOR_WEIGHT = 100_000_000;

    private static final long PRIOR_BP = 5_000;

    /** The stake that earns half of what stake can earn, in grains. */
    static final long HALFWAY_STAKE = 1_000 * 100_000_000L;

    static final Standing NONE = new Standing(0, 0, 0, 0, 0, 0, 0, 0);

    static final RecordShape<Standing> SHAPE =
            RecordShape.of(
                    in ->
                            new Standing(
                                    in.next(), in.next(), in.next(), in.next(), in.next(),
                                    in.next(), in.next(), in.next()),
                    RecordShape.field("stake", Shape.UINT, Standing::stake),
                    RecordShape.field("unstaking", Shape.UINT, Standing::unstaking),
                    RecordShape.field("matures-at", Shape.UINT, Standing::maturesAt),
                    RecordShape.field("weights", Shape.UINT, Standing::weights),
                    RecordShape.field("weighted-ratings", Shape.UINT, Standing::weightedRatings),
                    RecordShape.field("half-life", Shape.UINT, Standing::halfLife),
                    RecordShape.field("done", Shape.UINT, Standing::done),
                    RecordShape.field("failed", Shape.UINT, Standing::failed));

    Standing withStakes(long newStake, long newUnstaking, long newMaturesAt) {
        return new Standing(
                newStake,
                newUnstaking,
                newMaturesAt,
                weights,
                weightedRatings,
                halfLife,
                done,
                failed);
    }

    Standing withOutcome(boolean good) {
        return new Standing(
                stake,
                unstaking,
                maturesAt,
                weights,
                weightedRatings,
                halfLife,
                good ? Math.addExact(done, 1) : done,
                good ? failed : Math.addExact(failed, 1));
    }

    /** The same, the sums being of the half-life of {@code height}. */
    Standing at(long height) {
        long now = ForwardDecay.halfLives(height);
        return withSums(
                ForwardDecay.advance(weights, halfLife, now),
                ForwardDecay.advance(weightedRatings, halfLife, now),
                now);
    }

    /** What a rating adds or, with {@code sign} -1, takes back. */
    Standing plus(Rating rating, long height, int sign) {
        Standing now = at(height);
        long then = ForwardDecay.halfLives(rating.height());
        long weight = ForwardDecay.lift(rating.weight(), rating.height());
        long weighted =
                ForwardDecay.lift(
                        Math.multiplyExact(rating.weight(), rating.rating()), rating.height());
        return now.withSums(
                Math.addExact(now.weights, sign * ForwardDecay.advance(weight, then, now.halfLife)),
                Math.addExact(
                        now.weightedRatings,
                        sign * ForwardDecay.advance(weighted, then, now.halfLife)),
                now.halfLife);
    }

    private Standing withSums(long newWeights, long newWeightedRatings, long newHalfLife) {
        return new Standing(
                stake,
                unstaking,
                maturesAt,
                newWeights,
                newWeightedRatings,
                newHalfLife,
                done,
                failed);
    }

    /** In basis points. */
    long score(long height) {
        Standing now = at(height);
        long opinion =
                opinion(
                        ForwardDecay.read(now.weights, height),
                        ForwardDecay.read(now.weightedRatings, height));
        long staked = Amounts.mulDiv(Amounts.WHOLE_BP, stake, Math.addExact(stake, HALFWAY_STAKE));
        long completed =
                Amounts.mulDiv(
                        Amounts.WHOLE_BP,
                        Math.addExact(done, 1),
                        Math.addExact(Math.addExact(done, failed), 2));
        return (5 * opinion + 2 * staked + 3 * completed) / 10;
    }

    /** The mean rating in basis points, drawn towards the one that everyone starts with. */
    private static long opinion(long weights, long weightedRatings) {
        return BigInteger.valueOf(PRIOR_WEIGHT * PRIOR_BP)
                .add(
                        BigInteger.valueOf(weightedRatings)
                                .multiply(
                                        BigInteger.valueOf(
                                                Amounts.WHOLE_BP / Reputation.BEST_RATING)))
                .divide(BigInteger.valueOf(Math.addExact(PRIOR_WEIGHT, weights)))
                .longValueExact();
    }
}
