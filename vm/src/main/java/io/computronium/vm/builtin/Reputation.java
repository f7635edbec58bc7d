package io.computronium.vm.builtin;

import static io.computronium.primitives.tx.Asset.COIN;
import static io.computronium.vm.contract.Fault.Common.EXISTS;
import static io.computronium.vm.contract.Fault.Common.INSUFFICIENT;
import static io.computronium.vm.contract.Fault.Common.INVALID_PARAMS;
import static io.computronium.vm.contract.Fault.Common.NOT_FOUND;
import static io.computronium.vm.contract.Fault.Common.TOO_EARLY;
import static io.computronium.vm.contract.Fault.Common.UNAUTHORIZED;
import static io.computronium.vm.contract.Fault.Common.WRONG_STATE;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.vm.builtin.Rating.Reference;
import io.computronium.vm.contract.Amounts;
import io.computronium.vm.contract.Contract;
import io.computronium.vm.contract.EventType;
import io.computronium.vm.contract.Fault;
import io.computronium.vm.contract.Frame;
import io.computronium.vm.contract.MapSlot;
import io.computronium.vm.contract.Method;
import io.computronium.vm.contract.Parameter;
import io.computronium.vm.contract.RecordShape;
import io.computronium.vm.contract.Shape;
import io.computronium.vm.contract.StateView;
import io.computronium.vm.contract.Unit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far an agent can be trusted, as a score of 0 to 10,000 from three things that cost money to
 * fake: what those who paid it say, what it has at stake, and how its jobs ended.
 *
 * <p>A rating refers to a payment between the two, and weighs what of that payment's service fee
 * was burnt, halved for each earlier rating of the same pair. So to fake a weight of W grains, W
 * grains have to be burnt for good; money that goes round in a circle gives nothing. Collusion is
 * priced in this way, not prevented, and a new identity starts where every new one does.
 *
 * <p>The stake is in danger: {@code slash}, which only the contract that judges disputes may call,
 * gives half of what it takes to the victim and burns the rest.
 */
final class Reputation {

    /** Blocks from asking for a stake back to getting it: as long as stake of validators. */
    static final long UNSTAKING_DELAY = 1_814_400;

    static final long BEST_RATING = 100;

    /** What a rating weighs is halved at most so often. */
    static final long MAX_PAIR_HALVINGS = 20;

    private static final List<String> PAID_THROUGH = List.of("resource", "escrow", "pay");

    private Reputation() {}

    // State

    /** Who rated whom. */
    record Pair(Principal rater, Principal ratee) {
        static final RecordShape<Pair> SHAPE =
                RecordShape.of(
                        in -> new Pair(in.next(), in.next()),
                        RecordShape.field("rater", Shape.PRINCIPAL, Pair::rater),
                        RecordShape.field("ratee", Shape.PRINCIPAL, Pair::ratee));
    }

    static final MapSlot<Principal, Standing> STANDING =
            new MapSlot<>(
                    1,
                    "standing",
                    Shape.PRINCIPAL,
                    Standing.SHAPE,
                    "Stake, sums of ratings and job outcomes of an agent");

    static final MapSlot<Reference, Rating> RATING =
            new MapSlot<>(2, "rating", Reference.SHAPE, Rating.SHAPE, "The rating of a payment");

    static final MapSlot<Pair, Long> PAIR_COUNT =
            new MapSlot<>(
                    3,
                    "pair-count",
                    Pair.SHAPE,
                    Shape.UINT,
                    "How often the one has rated the other");

    // Errors

    static final Fault NO_PAID_REF =
            new Fault.Own(
                    10,
                    "NO_PAID_REF",
                    "there is no such payment of yours; give the contract that it went through"
                            + " (a company, escrow or pay) and its id there");
    static final Fault REF_USED =
            new Fault.Own(11, "REF_USED", "this payment has been rated already");
    static final Fault SELF = new Fault.Own(12, "SELF", "nobody rates itself");
    static final Fault UNSTAKING =
            new Fault.Own(
                    13,
                    "UNSTAKING",
                    "stake is on its way back already; withdraw it when it has matured");

    // Events

    static final EventType STAKED =
            EventType.of(
                    "staked",
                    "An agent put coins at stake",
                    EventType.key("agent", Shape.PRINCIPAL),
                    EventType.amount("amount", Unit.COIN),
                    EventType.amount("stake", Unit.COIN));
    static final EventType UNSTAKE_BEGUN =
            EventType.of(
                    "unstake-begun",
                    "An agent asked for stake back",
                    EventType.key("agent", Shape.PRINCIPAL),
                    EventType.amount("amount", Unit.COIN),
                    EventType.amount("matures-at", Unit.BLOCKS));
    static final EventType WITHDRAWN =
            EventType.of(
                    "stake-withdrawn",
                    "An agent got stake back",
                    EventType.key("agent", Shape.PRINCIPAL),
                    EventType.amount("amount", Unit.COIN));
    static final EventType RATED =
            EventType.of(
                    "rated",
                    "A payer rated whom it paid",
                    EventType.key("ratee", Shape.PRINCIPAL),
                    EventType.key("rater", Shape.PRINCIPAL),
                    EventType.key("contract", Shape.PRINCIPAL),
                    EventType.key("payment", Shape.bytes(Payment.ID_SIZE)),
                    EventType.field("rating", Shape.UINT),
                    EventType.amount("weight", Unit.COIN));
    static final EventType REVOKED =
            EventType.of(
                    "rating-revoked",
                    "A payer took its rating back",
                    EventType.key("ratee", Shape.PRINCIPAL),
                    EventType.key("rater", Shape.PRINCIPAL),
                    EventType.key("contract", Shape.PRINCIPAL),
                    EventType.key("payment", Shape.bytes(Payment.ID_SIZE)));
    static final EventType RESPONDED =
            EventType.of(
                    "rating-answered",
                    "The rated one answered",
                    EventType.key("ratee", Shape.PRINCIPAL),
                    EventType.key("rater", Shape.PRINCIPAL),
                    EventType.key("contract", Shape.PRINCIPAL),
                    EventType.key("payment", Shape.bytes(Payment.ID_SIZE)),
                    EventType.field("response", Shape.bytes(32)));
    static final EventType OUTCOME =
            EventType.of(
                    "outcome-recorded",
                    "A job of an agent ended",
                    EventType.key("agent", Shape.PRINCIPAL),
                    EventType.field("good", Shape.BOOL));
    static final EventType SLASHED =
            EventType.of(
                    "slashed",
                    "An agent lost stake over a job",
                    EventType.key("agent", Shape.PRINCIPAL),
                    EventType.key("victim", Shape.PRINCIPAL),
                    EventType.key("payment", Shape.bytes(Payment.ID_SIZE)),
                    EventType.amount("to-victim", Unit.COIN),
                    EventType.amount("burnt", Unit.COIN));

    // Parameters

    private static final Parameter<Long> AMOUNT = Parameter.coins("amount", "how much, over 0");
    private static final Parameter<Principal> CONTRACT =
            Parameter.principal(
                    "contract", "through which the payment went: a company, escrow or pay");
    private static final Parameter<Principal> PAYER = Parameter.principal("payer", "who rated");
    private static final Parameter<Bytes> PAYMENT =
            Parameter.hash("payment", "the payment's id there");
    private static final Parameter<Long> SCORE_OF_PAYMENT =
            Parameter.number("rating", "0 (useless) to 100 (perfect)");
    private static final Parameter<List<String>> TAGS =
            Parameter.of("tags", Rating.TAGS_SHAPE, "up to 4 words of at most 32 characters");
    private static final Parameter<Optional<Bytes>> DETAILS =
            Parameter.of(
                    "details", Rating.HASH_SHAPE, "the hash of a longer text, if there is one");
    private static final Parameter<Bytes> RESPONSE =
            Parameter.hash("response", "the hash of the answer");
    private static final Parameter<Principal> AGENT =
            Parameter.principal("agent", "whose standing it is");
    private static final Parameter<Boolean> GOOD =
            Parameter.of("good", Shape.BOOL, "whether the job was paid");
    private static final Parameter<Long> FRACTION =
            Parameter.basisPoints("fraction", "of the stake, at most 10000");
    private static final Parameter<Principal> VICTIM =
            Parameter.principal("victim", "who is made good");
    private static final Parameter<Long> LOSS =
            Parameter.coins("loss", "the most that the victim gets");
    private static final Parameter<Long> MIN_SCORE =
            Parameter.basisPoints("min-score", "0 to 10000");
    private static final Parameter<Long> MIN_STAKE = Parameter.coins("min-stake", "0 or more");

    // Stake

    private static Standing standing(Frame call, Principal agent) {
        return call.find(STANDING, agent).orElse(Standing.NONE);
    }

    private static long stake(Frame call) {
        long amount = call.get(AMOUNT);
        Principal agent = call.sender();
        Standing before = standing(call, agent);
        call.collect(COIN, amount);
        long stake = Math.addExact(before.stake(), amount);
        call.put(STANDING, agent, before.withStakes(stake, before.unstaking(), before.maturesAt()));
        call.emit(STAKED, agent, amount, stake);
        return stake;
    }

    private static long unstake(Frame call) {
        long amount = call.get(AMOUNT);
        Principal agent = call.sender();
        Standing before = standing(call, agent);
        call.require(amount > 0, INVALID_PARAMS);
        call.require(before.unstaking() == 0, UNSTAKING);
        call.require(amount <= before.stake(), INSUFFICIENT);
        long maturesAt = Math.addExact(call.height(), UNSTAKING_DELAY);
        call.put(STANDING, agent, before.withStakes(before.stake() - amount, amount, maturesAt));
        call.emit(UNSTAKE_BEGUN, agent, amount, maturesAt);
        return maturesAt;
    }

    private static long withdraw(Frame call) {
        Principal agent = call.sender();
        Standing before = standing(call, agent);
        call.require(before.unstaking() > 0, NOT_FOUND);
        call.require(call.height() >= before.maturesAt(), TOO_EARLY);
        call.put(STANDING, agent, before.withStakes(before.stake(), 0, 0));
        call.pay(COIN, agent, before.unstaking());
        call.emit(WITHDRAWN, agent, before.unstaking());
        return before.unstaking();
    }

    private static long slash(Frame call) {
        requireJudge(call);
        long fraction = call.get(FRACTION);
        call.require(fraction <= Amounts.WHOLE_BP, INVALID_PARAMS);
        Principal agent = call.get(AGENT);
        Standing before = standing(call, agent);
        long ofStake = Amounts.part(before.stake(), fraction);
        long ofUnstaking = Amounts.part(before.unstaking(), fraction);
        long taken = ofStake + ofUnstaking;
        if (taken == 0) {
            return 0;
        }
        long toVictim = Math.min(taken / 2, call.get(LOSS));
        call.put(
                STANDING,
                agent,
                before.withStakes(
                        before.stake() - ofStake,
                        before.unstaking() - ofUnstaking,
                        before.maturesAt()));
        call.pay(COIN, call.get(VICTIM), toVictim);
        call.burn(COIN, call.self(), taken - toVictim);
        call.emit(SLASHED, agent, call.get(VICTIM), call.get(PAYMENT), toVictim, taken - toVictim);
        return taken;
    }

    private static boolean recordOutcome(Frame call) {
        requireJudge(call);
        Principal agent = call.get(AGENT);
        call.put(STANDING, agent, standing(call, agent).withOutcome(call.get(GOOD)));
        call.emit(OUTCOME, agent, call.get(GOOD));
        return true;
    }

    /** Who knows how jobs end. */
    private static void requireJudge(Frame call) {
        call.require(call.caller().equals(call.system("escrow")), UNAUTHORIZED);
    }

    // Ratings

    private static long rate(Frame call) {
        Principal rater = call.sender();
        var reference = reference(call, rater);
        long rating = call.get(SCORE_OF_PAYMENT);
        call.require(rating <= BEST_RATING, INVALID_PARAMS);
        boolean known =
                call.builtIn(reference.contract()).filter(PAID_THROUGH::contains).isPresent();
        call.require(known, NO_PAID_REF);
        Payment payment =
                Payment.at(call, reference.contract(), rater, reference.payment())
                        .filter(found -> found.payer().equals(rater))
                        .orElseThrow(() -> call.failure(NO_PAID_REF));
        Principal ratee = payment.payee();
        call.require(!ratee.equals(rater), SELF);
        call.require(call.find(RATING, reference).isEmpty(), REF_USED);

        var pair = new Pair(rater, ratee);
        long earlier = call.find(PAIR_COUNT, pair).orElse(0L);
        long weight = payment.burnt() >> Math.min(earlier, MAX_PAIR_HALVINGS);
        var given =
                new Rating(
                        ratee,
                        rating,
                        weight,
                        call.height(),
                        call.get(TAGS),
                        call.get(DETAILS),
                        Optional.empty(),
                        false);
        call.put(PAIR_COUNT, pair, Math.addExact(earlier, 1));
        call.put(RATING, reference, given);
        call.put(STANDING, ratee, standing(call, ratee).plus(given, call.height(), 1));
        call.emit(RATED, ratee, rater, reference.contract(), reference.payment(), rating, weight);
        return weight;
    }

    /** The payment that the arguments name. */
    private static Reference reference(Frame call, Principal payer) {
        return new Reference(call.get(CONTRACT), payer, call.get(PAYMENT));
    }

    private static boolean revoke(Frame call) {
        var reference = reference(call, call.sender());
        Rating rating = call.read(RATING, reference);
        call.require(!rating.revoked(), WRONG_STATE);
        Standing before = call.read(STANDING, rating.ratee());
        call.put(RATING, reference, rating.asRevoked());
        call.put(STANDING, rating.ratee(), before.plus(rating, call.height(), -1));
        call.emit(
                REVOKED,
                rating.ratee(),
                reference.payer(),
                reference.contract(),
                reference.payment());
        return true;
    }

    private static boolean respond(Frame call) {
        var reference = reference(call, call.get(PAYER));
        Rating rating = call.read(RATING, reference);
        call.require(call.sender().equals(rating.ratee()), UNAUTHORIZED);
        call.require(rating.response().isEmpty(), EXISTS);
        Bytes response = call.get(RESPONSE);
        call.put(RATING, reference, rating.withResponse(response));
        call.emit(
                RESPONDED,
                rating.ratee(),
                reference.payer(),
                reference.contract(),
                reference.payment(),
                response);
        return true;
    }

    // Reading

    private static long score(Frame call) {
        return standing(call, call.get(AGENT)).score(call.height());
    }

    private static boolean meets(Frame call) {
        Standing standing = standing(call, call.get(AGENT));
        return standing.stake() >= call.get(MIN_STAKE)
                && standing.score(call.height()) >= call.get(MIN_SCORE);
    }

    // Invariants

    private static @Nullable String stakesUncovered(StateView state) {
        long liabilities = 0;
        for (Standing standing : state.all(STANDING).values()) {
            liabilities = Math.addExact(liabilities, standing.stake() + standing.unstaking());
        }
        long balance = state.balance(COIN, state.self());
        return balance >= liabilities ? null : balance + " grains for stakes of " + liabilities;
    }

    private static @Nullable String scoreOutOfRange(StateView state) {
        for (var entry : state.all(STANDING).entrySet()) {
            long score = entry.getValue().score(state.height());
            if (score < 0 || score > Amounts.WHOLE_BP) {
                return entry.getKey() + " has a score of " + score;
            }
        }
        return null;
    }

    /** For examples: the id of the first job. */
    private static final String FIRST_ID = Payment.id(1).toHex();

    static final Contract DECLARATION =
            Contract.singleton(
                            "reputation",
                            18,
                            "A trust score of 0 to 10000 from ratings by those who paid, stake and"
                                    + " job outcomes")
                    .maps(STANDING, RATING, PAIR_COUNT)
                    .methods(
                            Method.publicly("stake", "Puts coins at stake for your own score")
                                    .takes(AMOUNT)
                                    .gas(500)
                                    .command("rep", "stake", "1000cptm --from alice")
                                    .returns(Shape.UINT, Reputation::stake),
                            Method.directly(
                                            "unstake",
                                            "Asks for stake back, which takes 21 days and stays in"
                                                    + " danger till then")
                                    .takes(AMOUNT)
                                    .gas(500)
                                    .command("rep", "unstake", "500cptm --from alice")
                                    .returns(Shape.UINT, Reputation::unstake),
                            Method.directly("withdraw", "Takes back stake that has matured")
                                    .gas(500)
                                    .command("rep", "withdraw", "--from alice")
                                    .returns(Shape.UINT, Reputation::withdraw),
                            Method.directly("rate", "Rates whom you paid, once a payment")
                                    .takes(CONTRACT, PAYMENT, SCORE_OF_PAYMENT, TAGS, DETAILS)
                                    .gas(2_000)
                                    .command(
                                            "rep",
                                            "rate",
                                            "escrow " + FIRST_ID + " 95 --from alice")
                                    .returns(Shape.UINT, Reputation::rate),
                            Method.directly(
                                            "revoke",
                                            "Takes a rating back; the payment cannot be rated"
                                                    + " again")
                                    .takes(CONTRACT, PAYMENT)
                                    .gas(2_000)
                                    .command(
                                            "rep", "revoke", "escrow " + FIRST_ID + " --from alice")
                                    .returns(Shape.BOOL, Reputation::revoke),
                            Method.directly("respond", "Answers a rating of yourself, once")
                                    .takes(CONTRACT, PAYER, PAYMENT, RESPONSE)
                                    .gas(1_000)
                                    .command(
                                            "rep",
                                            "respond",
                                            "escrow alice "
                                                    + FIRST_ID
                                                    + " "
                                                    + "ab".repeat(32)
                                                    + " --from bob")
                                    .returns(Shape.BOOL, Reputation::respond),
                            Method.publicly(
                                            "slash",
                                            "Takes stake: half to the victim up to its loss, the"
                                                    + " rest burnt; for escrow only")
                                    .takes(AGENT, FRACTION, VICTIM, LOSS, PAYMENT)
                                    .gas(1_000)
                                    .returns(Shape.UINT, Reputation::slash),
                            Method.publicly(
                                            "record-outcome",
                                            "Counts a job that ended; for escrow only")
                                    .takes(AGENT, GOOD)
                                    .gas(500)
                                    .returns(Shape.BOOL, Reputation::recordOutcome),
                            Method.readOnly("score", "The trust score now, 0 to 10000")
                                    .takes(AGENT)
                                    .gas(1_000)
                                    .command("rep", "score", "bob")
                                    .returns(Shape.UINT, Reputation::score),
                            Method.readOnly(
                                            "meets",
                                            "Whether an agent has a score and a stake, as premium"
                                                    + " services ask for")
                                    .takes(AGENT, MIN_SCORE, MIN_STAKE)
                                    .gas(1_000)
                                    .command("rep", "meets", "bob 6000 100cptm")
                                    .returns(Shape.BOOL, Reputation::meets))
                    .faults(NO_PAID_REF, REF_USED, SELF, UNSTAKING)
                    .events(
                            STAKED,
                            UNSTAKE_BEGUN,
                            WITHDRAWN,
                            RATED,
                            REVOKED,
                            RESPONDED,
                            OUTCOME,
                            SLASHED)
                    .invariants(
                            new Contract.Invariant(
                                    "stakes-covered",
                                    "the contract has the coins of all stakes",
                                    Reputation::stakesUncovered),
                            new Contract.Invariant(
                                    "score-in-range",
                                    "every score is 0 to 10000",
                                    Reputation::scoreOutOfRange))
                    .declare();
}
