package io.computronium.vm.builtin;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.vm.contract.Amounts;
import io.computronium.vm.contract.RecordShape;
import io.computronium.vm.contract.Shape;
import java.util.List;
import java.util.Optional;

/**
 * A job of {@link Escrow}: what was agreed, how far it has come, and where its money went.
 *
 * @param terms what was agreed
 * @param funded grains that funders paid in
 * @param reviewBy the last height at which the evaluator decides; 0 before work is submitted
 * @param deliverable the hash of the work; none before it is submitted
 * @param result what the end of the job meant in money
 */
record Job(
        Terms terms,
        State state,
        long funded,
        long reviewBy,
        Optional<Bytes> deliverable,
        Result result) {

    static final RecordShape<Job> SHAPE =
            RecordShape.of(
                    in -> new Job(in.next(), in.next(), in.next(), in.next(), in.next(), in.next()),
                    RecordShape.field("terms", Terms.SHAPE, Job::terms),
                    RecordShape.field("state", State.SHAPE, Job::state),
                    RecordShape.field("funded", Shape.UINT, Job::funded),
                    RecordShape.field("review-by", Shape.UINT, Job::reviewBy),
                    RecordShape.field(
                            "deliverable", Shape.optional(Shape.bytes(32)), Job::deliverable),
                    RecordShape.field("result", Result.SHAPE, Job::result));

    /** The states of a job; the last three are for ever. */
    enum State {
        /** The terms may change, until the first coin is in. */
        OPEN,
        /** All coins are in, the provider works. */
        FUNDED,
        /** The work is handed in, the evaluator reviews. */
        SUBMITTED,
        /** The provider has been paid, at least in part. */
        DONE,
        /** The work was rejected, or the job called off. */
        REJECTED,
        /** Nothing was handed in by the deadline. */
        EXPIRED;

        /** As a {@code uint}, in the order above. */
        static final Shape<State> SHAPE = Shape.choice(List.of(values()));

        boolean isFinal() {
            return switch (this) {
                case OPEN, FUNDED, SUBMITTED -> false;
                case DONE, REJECTED, EXPIRED -> true;
            };
        }
    }

    /**
     * What client and provider agree on.
     *
     * @param provider who does the work, if that is settled
     * @param evaluator who says whether it is good
     * @param spec the hash of what is to be done
     * @param amount the most that the work pays, in grains
     * @param serviceFee what funders pay on top of it, as the rate was when the amount was set
     * @param evaluatorBp the evaluator's part of what is paid
     * @param deadline the last height at which work can be handed in
     * @param reviewBlocks how long the evaluator has
     * @param partial whether the evaluator may pay a part
     */
    record Terms(
            Principal client,
            Optional<Principal> provider,
            Principal evaluator,
            Bytes spec,
            long amount,
            long serviceFee,
            long evaluatorBp,
            long deadline,
            long reviewBlocks,
            boolean partial) {

        /**
         * @throws ArithmeticException if {@link #required} leaves 63 bits
         */
        Terms {
            Math.addExact(amount, serviceFee);
        }

        static final RecordShape<Terms> SHAPE =
                RecordShape.of(
                        in ->
                                new Terms(
                                        in.next(), in.next(), in.next(), in.next(), in.next(),
                                        in.next(), in.next(), in.next(), in.next(), in.next()),
                        RecordShape.field("client", Shape.PRINCIPAL, Terms::client),
                        RecordShape.field(
                                "provider", Shape.optional(Shape.PRINCIPAL), Terms::provider),
                        RecordShape.field("evaluator", Shape.PRINCIPAL, Terms::evaluator),
                        RecordShape.field("spec", Shape.bytes(32), Terms::spec),
                        RecordShape.field("amount", Shape.UINT, Terms::amount),
                        RecordShape.field("service-fee", Shape.UINT, Terms::serviceFee),
                        RecordShape.field("evaluator-bp", Shape.UINT, Terms::evaluatorBp),
                        RecordShape.field("deadline", Shape.UINT, Terms::deadline),
                        RecordShape.field("review-blocks", Shape.UINT, Terms::reviewBlocks),
                        RecordShape.field("partial", Shape.BOOL, Terms::partial));

        Terms withProvider(Principal newProvider) {
            return new Terms(
                    client,
                    Optional.of(newProvider),
                    evaluator,
                    spec,
                    amount,
                    serviceFee,
                    evaluatorBp,
                    deadline,
                    reviewBlocks,
                    partial);
        }

        Terms withAmount(long newAmount, long newServiceFee) {
            return new Terms(
                    client,
                    provider,
                    evaluator,
                    spec,
                    newAmount,
                    newServiceFee,
                    evaluatorBp,
                    deadline,
                    reviewBlocks,
                    partial);
        }

        /** What funders have to pay in. */
        long required() {
            return amount + serviceFee;
        }
    }

    /**
     * Where the coins of a job that has ended went: {@code funded = paid + fee + refunded}, as soon
     * as every funder has its part.
     *
     * @param endedAt the height; 0 while the job goes on
     * @param paid to the provider
     * @param fee the evaluator's and the network's
     * @param burnt the part of the network's fee that was burnt
     * @param refunded to funders, so far
     * @param contributionsRefunded what those funders had paid in
     */
    record Result(
            long endedAt,
            long paid,
            long fee,
            long burnt,
            long refunded,
            long contributionsRefunded) {

        static final Result NONE = new Result(0, 0, 0, 0, 0, 0);

        static final RecordShape<Result> SHAPE =
                RecordShape.of(
                        in ->
                                new Result(
                                        in.next(), in.next(), in.next(), in.next(), in.next(),
                                        in.next()),
                        RecordShape.field("ended-at", Shape.UINT, Result::endedAt),
                        RecordShape.field("paid", Shape.UINT, Result::paid),
                        RecordShape.field("fee", Shape.UINT, Result::fee),
                        RecordShape.field("burnt", Shape.UINT, Result::burnt),
                        RecordShape.field("refunded", Shape.UINT, Result::refunded),
                        RecordShape.field(
                                "contributions-refunded",
                                Shape.UINT,
                                Result::contributionsRefunded));
    }

    static Job open(Terms terms) {
        return new Job(terms, State.OPEN, 0, 0, Optional.empty(), Result.NONE);
    }

    Job withTerms(Terms newTerms) {
        return new Job(newTerms, state, funded, reviewBy, deliverable, result);
    }

    /** One contribution more; with the last the job is funded. */
    Job withContribution(long amount) {
        long now = Math.addExact(funded, amount);
        return new Job(
                terms,
                now == terms.required() ? State.FUNDED : State.OPEN,
                now,
                reviewBy,
                deliverable,
                result);
    }

    Job submitted(Bytes work, long height) {
        return new Job(
                terms,
                State.SUBMITTED,
                funded,
                Math.addExact(height, terms.reviewBlocks),
                Optional.of(work),
                result);
    }

    Job ended(State last, Result how) {
        return new Job(terms, last, funded, reviewBy, deliverable, how);
    }

    /**
     * What a funder gets back of a job that has ended: its part of what was not spent. The last one
     * to ask also gets what rounding left.
     */
    long refund(long contribution) {
        long unspent = funded - result.paid - result.fee;
        boolean last = result.contributionsRefunded + contribution == funded;
        return last ? unspent - result.refunded : Amounts.mulDiv(unspent, contribution, funded);
    }

    Job refunded(long contribution, long amount) {
        return ended(
                state,
                new Result(
                        result.endedAt,
                        result.paid,
                        result.fee,
                        result.burnt,
                        Math.addExact(result.refunded, amount),
                        Math.addExact(result.contributionsRefunded, contribution)));
    }
}
