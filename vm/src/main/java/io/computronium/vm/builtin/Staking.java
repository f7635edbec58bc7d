package io.computronium.vm.builtin;

import static io.computronium.vm.builtin.StakingState.DELEGATIONS;
import static io.computronium.vm.builtin.StakingState.KEYS;
import static io.computronium.vm.builtin.StakingState.MISSED;
import static io.computronium.vm.builtin.StakingState.PARAMETERS;
import static io.computronium.vm.builtin.StakingState.ROSTER;
import static io.computronium.vm.builtin.StakingState.SEATS;
import static io.computronium.vm.builtin.StakingState.VALIDATORS;
import static io.computronium.vm.contract.Fault.Common.EXISTS;
import static io.computronium.vm.contract.Fault.Common.INSUFFICIENT;
import static io.computronium.vm.contract.Fault.Common.INVALID_PARAMS;
import static io.computronium.vm.contract.Fault.Common.LIMIT;
import static io.computronium.vm.contract.Fault.Common.TOO_EARLY;
import static io.computronium.vm.contract.Fault.Common.WRONG_STATE;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.Signature;
import io.computronium.primitives.Uint128;
import io.computronium.primitives.bft.SignBytes;
import io.computronium.primitives.crypto.Ed25519;
import io.computronium.primitives.tx.Asset;
import io.computronium.vm.builtin.StakingState.Backing;
import io.computronium.vm.builtin.StakingState.Delegation;
import io.computronium.vm.builtin.StakingState.Pair;
import io.computronium.vm.builtin.ValidatorState.Commission;
import io.computronium.vm.builtin.ValidatorState.Conduct;
import io.computronium.vm.builtin.ValidatorState.Status;
import io.computronium.vm.contract.Amounts;
import io.computronium.vm.contract.Contract;
import io.computronium.vm.contract.EventType;
import io.computronium.vm.contract.Fault;
import io.computronium.vm.contract.Frame;
import io.computronium.vm.contract.Method;
import io.computronium.vm.contract.Parameter;
import io.computronium.vm.contract.RecordShape;
import io.computronium.vm.contract.Shape;
import io.computronium.vm.contract.Unit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Validators and who stands behind them. An operator registers a consensus key and stakes coins of
 * its own; anyone delegates to it; at the end of each epoch the strongest are elected. What the
 * validators earn goes to delegators by their shares, less the operator's commission; what a
 * validator does wrong costs all of them.
 *
 * <p>Coins at stake are in this contract's account. {@link StakePool} and {@link RewardPool} have
 * the arithmetic; {@link Attendance}, {@link Punishment}, {@link Rewards}, {@link Unbondings} and
 * {@link Election} are what each block does.
 */
public final class Staking {

    /** A change of commission at most every so many blocks. */
    private static final long DAY = 86_400;

    /** By at most one point. */
    private static final long MAX_STEP_BP = 100;

    private static final int PAGE = 16;

    static final Fault SELF_BOND =
            new Fault.Own(10, "SELF_BOND", "the operator's own stake is too small; delegate more");
    static final Fault COMMISSION_STEP =
            new Fault.Own(
                    11, "COMMISSION_STEP", "the commission moves by at most 1 point in a day");
    static final Fault ENTRIES =
            new Fault.Own(12, "ENTRIES", "seven unbondings are open; wait until one has been paid");
    static final Fault JAILED =
            new Fault.Own(14, "JAILED", "the validator is in jail; its operator has to unjail it");
    static final Fault TOMBSTONED =
            new Fault.Own(
                    15, "TOMBSTONED", "the validator contradicted itself and is out for ever");
    static final Fault KEY_USED =
            new Fault.Own(16, "KEY_USED", "this key was registered before; make a new one");
    static final Fault BAD_POSSESSION =
            new Fault.Own(
                    17, "BAD_POSSESSION", "the key did not sign that it belongs to this operator");
    static final Fault DUST =
            new Fault.Own(
                    18, "DUST", "too little to be at stake; take back all of it, or leave more");

    static final EventType REGISTERED =
            EventType.of(
                    "registered",
                    "an operator stands for election",
                    EventType.key("operator", Shape.PRINCIPAL),
                    EventType.key("key", Seat.KEY),
                    EventType.field("commission-bp", Shape.UINT));
    static final EventType COMMISSION_SET =
            EventType.of(
                    "commission-set",
                    "an operator's commission changes with the next epoch",
                    EventType.key("operator", Shape.PRINCIPAL),
                    EventType.field("commission-bp", Shape.UINT));
    static final EventType KEY_ROTATED =
            EventType.of(
                    "key-rotated",
                    "an operator's validator signs with another key from the next epoch on",
                    EventType.key("operator", Shape.PRINCIPAL),
                    EventType.key("key", Seat.KEY));
    static final EventType RETIRED =
            EventType.of(
                    "retired",
                    "an operator stands for election no more",
                    EventType.key("operator", Shape.PRINCIPAL));
    static final EventType UNJAILED =
            EventType.of(
                    "unjailed",
                    "an operator stands for election again",
                    EventType.key("operator", Shape.PRINCIPAL));
    static final EventType DELEGATED =
            EventType.of(
                    "delegated",
                    "coins were put at stake",
                    EventType.key("delegator", Shape.PRINCIPAL),
                    EventType.key("validator", Shape.PRINCIPAL),
                    EventType.amount("amount", Unit.COIN));
    static final EventType UNDELEGATED =
            EventType.of(
                    "undelegated",
                    "coins are on their way back",
                    EventType.key("delegator", Shape.PRINCIPAL),
                    EventType.key("validator", Shape.PRINCIPAL),
                    EventType.amount("amount", Unit.COIN),
                    EventType.field("matures-at", Shape.UINT));
    static final EventType CLAIMED =
            EventType.of(
                    "claimed",
                    "rewards were paid",
                    EventType.key("delegator", Shape.PRINCIPAL),
                    EventType.key("validator", Shape.PRINCIPAL),
                    EventType.amount("amount", Unit.COIN));
    static final EventType WITHDRAWN =
            EventType.of(
                    "withdrawn",
                    "coins that were at stake are back",
                    EventType.key("delegator", Shape.PRINCIPAL),
                    EventType.key("validator", Shape.PRINCIPAL),
                    EventType.amount("amount", Unit.COIN),
                    EventType.amount("slashed", Unit.COIN));
    static final EventType JAILED_EVENT =
            EventType.of(
                    "jailed",
                    "a validator missed too many blocks",
                    EventType.key("operator", Shape.PRINCIPAL),
                    EventType.field("until", Shape.UINT));
    static final EventType SLASHED =
            EventType.of(
                    "slashed",
                    "a part of the stake behind a validator was burnt",
                    EventType.key("operator", Shape.PRINCIPAL),
                    EventType.field("fraction-bp", Shape.UINT),
                    EventType.amount("burned", Unit.COIN));
    static final EventType TOMBSTONED_EVENT =
            EventType.of(
                    "tombstoned",
                    "a validator contradicted itself",
                    EventType.key("operator", Shape.PRINCIPAL),
                    EventType.field("height", Shape.UINT));
    static final EventType ELECTED =
            EventType.of(
                    "elected",
                    "the validators of the next epoch",
                    EventType.field("epoch", Shape.UINT),
                    EventType.field(
                            "operators", Shape.list(Shape.PRINCIPAL, StakingParameters.MAX_SEATS)));

    private static final Parameter<PublicKey> KEY =
            Parameter.of("key", Seat.KEY, "the validator's consensus key");
    private static final Parameter<Bytes> POSSESSION =
            Parameter.of(
                    "possession",
                    Shape.bytes(Signature.SIZE),
                    "signature of the key over the operator's address");
    private static final Parameter<Long> COMMISSION =
            Parameter.basisPoints("commission", "part of the rewards that the operator keeps");
    private static final Parameter<Long> MAX_COMMISSION =
            Parameter.basisPoints("max-commission", "the commission will never be more");
    private static final Parameter<Long> SELF_STAKE =
            Parameter.coins("self-bond", "what the operator puts at stake itself");
    private static final Parameter<Principal> VALIDATOR =
            Parameter.principal("validator", "the validator's operator");
    private static final Parameter<Principal> DELEGATOR =
            Parameter.principal("delegator", "whose stake it is");
    private static final Parameter<Long> AMOUNT = Parameter.coins("amount", "how much");
    private static final Parameter<Long> CURSOR =
            Parameter.number("cursor", "how many validators to leave out, from the first");

    /** One line of the list of validators. */
    record Listed(
            Principal operator,
            PublicKey key,
            long tokens,
            long commissionBp,
            Status status,
            boolean seated) {
        static final RecordShape<Listed> SHAPE =
                RecordShape.of(
                        in ->
                                new Listed(
                                        in.next(), in.next(), in.next(), in.next(), in.next(),
                                        in.next()),
                        RecordShape.field("operator", Shape.PRINCIPAL, Listed::operator),
                        RecordShape.field("key", Seat.KEY, Listed::key),
                        RecordShape.field("tokens", Shape.UINT, Listed::tokens),
                        RecordShape.field("commission-bp", Shape.UINT, Listed::commissionBp),
                        RecordShape.field(
                                "status", Shape.choice(List.of(Status.values())), Listed::status),
                        RecordShape.field("seated", Shape.BOOL, Listed::seated));
    }

    static final Contract DECLARATION =
            Contract.singleton(
                            "staking",
                            37,
                            "Validators, the stake behind them, rewards, penalties, elections")
                    .variables(
                            PARAMETERS,
                            StakingState.EPOCH_LENGTH,
                            SEATS,
                            StakingState.LAST_SEATS,
                            ROSTER,
                            StakingState.SNAPSHOT,
                            StakingState.CARRY,
                            StakingState.QUEUE)
                    .maps(
                            VALIDATORS,
                            DELEGATIONS,
                            StakingState.UNBONDINGS,
                            StakingState.OPEN_UNBONDINGS,
                            MISSED,
                            KEYS,
                            StakingState.SIGNERS)
                    .methods(
                            Method.directly("register", "stands for election as a validator")
                                    .takes(KEY, POSSESSION, COMMISSION, MAX_COMMISSION, SELF_STAKE)
                                    .gas(10_000)
                                    .command(
                                            "validator",
                                            "register",
                                            "--key "
                                                    + "5e".repeat(32)
                                                    + " --possession "
                                                    + "00".repeat(64)
                                                    + " --commission 5%"
                                                    + " --max-commission 20%"
                                                    + " --self-bond 10000cptm --from alice")
                                    .returns(Shape.BOOL, Staking::register),
                            Method.directly("set-commission", "changes the operator's commission")
                                    .takes(COMMISSION)
                                    .gas(1_000)
                                    .command(
                                            "validator",
                                            "set-commission",
                                            "--commission 6% --from operator-1")
                                    .returns(Shape.BOOL, Staking::setCommission),
                            Method.directly(
                                            "rotate-key",
                                            "lets the validator sign with another key from the"
                                                    + " next epoch on")
                                    .takes(KEY, POSSESSION)
                                    .gas(2_000)
                                    .command(
                                            "validator",
                                            "rotate-key",
                                            "--key "
                                                    + "6e".repeat(32)
                                                    + " --possession "
                                                    + "00".repeat(64)
                                                    + " --from operator-1")
                                    .returns(Shape.BOOL, Staking::rotateKey),
                            Method.directly("unjail", "stands for election again after jail")
                                    .gas(2_000)
                                    .command("validator", "unjail", "--from operator-1")
                                    .returns(Shape.BOOL, Staking::unjail),
                            Method.directly("retire", "stands for election no more")
                                    .gas(5_000)
                                    .command("validator", "retire", "--from operator-1")
                                    .returns(Shape.BOOL, Staking::retire),
                            Method.directly("delegate", "puts coins at stake with a validator")
                                    .takes(VALIDATOR, AMOUNT)
                                    .gas(4_000)
                                    .command(
                                            "stake",
                                            "delegate",
                                            "--validator operator-1 --amount 100cptm --from alice")
                                    .returns(Shape.UINT128, Staking::delegate),
                            Method.directly(
                                            "undelegate",
                                            "takes coins back; they are paid after the unbonding"
                                                    + " time, answers the height")
                                    .takes(VALIDATOR, AMOUNT)
                                    .gas(4_000)
                                    .command(
                                            "stake",
                                            "undelegate",
                                            "--validator operator-1 --amount 10cptm --from alice")
                                    .returns(Shape.UINT, Staking::undelegate),
                            Method.directly(
                                            "withdraw",
                                            "pays what has matured without waiting for the block"
                                                    + " to do it")
                                    .takes(VALIDATOR)
                                    .gas(4_000)
                                    .command(
                                            "stake",
                                            "withdraw",
                                            "--validator operator-1 --from alice")
                                    .returns(Shape.UINT, Staking::withdraw),
                            Method.directly(
                                            "claim",
                                            "pays rewards, and to an operator its commission")
                                    .takes(VALIDATOR)
                                    .gas(3_000)
                                    .command(
                                            "stake", "claim", "--validator operator-1 --from alice")
                                    .returns(Shape.UINT, Staking::claim),
                            Method.readOnly("get-stake", "what a delegator's shares are worth")
                                    .takes(DELEGATOR, VALIDATOR)
                                    .gas(500)
                                    .command(
                                            "stake",
                                            "show",
                                            "--delegator alice --validator operator-1")
                                    .returns(Shape.UINT, Staking::stake),
                            Method.readOnly("get-rewards", "what claim would pay a delegator")
                                    .takes(DELEGATOR, VALIDATOR)
                                    .gas(500)
                                    .command(
                                            "stake",
                                            "rewards",
                                            "--delegator alice --validator operator-1")
                                    .returns(Shape.UINT, Staking::rewards),
                            Method.readOnly("list-validators", "those who stand for election")
                                    .takes(CURSOR)
                                    .gas(5_000)
                                    .command("validator", "list", "--cursor 0")
                                    .returns(Shape.list(Listed.SHAPE, PAGE), Staking::list))
                    .faults(
                            SELF_BOND,
                            COMMISSION_STEP,
                            ENTRIES,
                            JAILED,
                            TOMBSTONED,
                            KEY_USED,
                            BAD_POSSESSION,
                            DUST)
                    .events(
                            REGISTERED,
                            COMMISSION_SET,
                            KEY_ROTATED,
                            RETIRED,
                            UNJAILED,
                            DELEGATED,
                            UNDELEGATED,
                            CLAIMED,
                            WITHDRAWN,
                            JAILED_EVENT,
                            SLASHED,
                            TOMBSTONED_EVENT,
                            ELECTED)
                    .invariants(StakingInvariants.ALL)
                    .declare();

    private Staking() {}

    // Operators

    private static boolean register(Frame call) {
        StakingParameters parameters = call.read(PARAMETERS);
        Optional<ValidatorState> before = call.find(VALIDATORS, call.sender());
        Status status = before.map(ValidatorState::status).orElse(Status.RETIRED);
        call.require(status != Status.TOMBSTONED, TOMBSTONED);
        call.require(status == Status.RETIRED, EXISTS);
        long jailedUntil = before.map(known -> known.conduct().jailedUntil()).orElse(0L);
        call.require(call.height() >= jailedUntil, JAILED);
        var commission = new Commission(call.get(COMMISSION), call.get(MAX_COMMISSION), 0);
        call.require(
                commission.bp() <= commission.maxBp() && commission.maxBp() <= Amounts.WHOLE_BP,
                INVALID_PARAMS);
        long selfBond = call.get(SELF_STAKE);
        call.require(selfBond >= parameters.minSelfBond(), SELF_BOND);
        PublicKey key = takeKey(call);
        joinRoster(call, selfBond);
        ValidatorState validator =
                before.map(known -> known.with(key).with(commission).with(Conduct.GOOD))
                        .orElseGet(() -> ValidatorState.fresh(key, commission));
        call.emit(REGISTERED, call.sender(), key, commission.bp());
        addStake(call, call.sender(), validator, selfBond);
        return true;
    }

    /** The key of the arguments, which becomes the sender's for ever. */
    private static PublicKey takeKey(Frame call) {
        PublicKey key = call.get(KEY);
        call.require(call.find(KEYS, key).isEmpty(), KEY_USED);
        byte[] message = SignBytes.keyPossession(call.chain(), call.sender().toBytes(), key);
        call.require(
                Ed25519.isValidNodeKey(key)
                        && call.verifies(
                                key,
                                Bytes.owned(message),
                                Signature.of(call.get(POSSESSION).toArray())),
                BAD_POSSESSION);
        call.put(KEYS, key, call.sender());
        return key;
    }

    /** A full roster makes room only for someone with more stake than its weakest. */
    private static void joinRoster(Frame call, long selfBond) {
        List<Principal> roster = new ArrayList<>(call.read(ROSTER));
        if (roster.size() == StakingState.MAX_ROSTER) {
            Backing weakest =
                    roster.stream()
                            .map(operator ->
                                    new Backing(
                                            operator,
                                            call.read(VALIDATORS, operator).stake().tokens()))
                            .min(Comparator.comparingLong(Backing::tokens))
                            .orElseThrow();
            call.require(selfBond > weakest.tokens(), LIMIT);
            roster.remove(weakest.operator());
            setStatus(call, weakest.operator(), Status.RETIRED);
            call.emit(RETIRED, weakest.operator());
        }
        roster.add(call.sender());
        call.put(ROSTER, roster);
    }

    private static boolean setCommission(Frame call) {
        ValidatorState validator = standing(call);
        Commission now = validator.commission();
        long bp = call.get(COMMISSION);
        call.require(bp <= now.maxBp(), INVALID_PARAMS);
        boolean early = now.changedAt() != 0 && call.height() < now.changedAt() + DAY;
        call.require(!early && Math.abs(bp - now.bp()) <= MAX_STEP_BP, COMMISSION_STEP);
        var next = new Commission(bp, now.maxBp(), call.height());
        call.put(VALIDATORS, call.sender(), validator.with(next));
        call.emit(COMMISSION_SET, call.sender(), bp);
        return true;
    }

    private static boolean rotateKey(Frame call) {
        ValidatorState validator = standing(call);
        PublicKey key = takeKey(call);
        call.put(VALIDATORS, call.sender(), validator.with(key));
        call.emit(KEY_ROTATED, call.sender(), key);
        return true;
    }

    private static boolean unjail(Frame call) {
        ValidatorState validator = standing(call);
        call.require(validator.status() == Status.JAILED, WRONG_STATE);
        call.require(call.height() >= validator.conduct().jailedUntil(), TOO_EARLY);
        call.require(hasSelfBond(call, call.sender(), validator), SELF_BOND);
        setStatus(call, call.sender(), Status.CANDIDATE);
        call.emit(UNJAILED, call.sender());
        return true;
    }

    private static boolean retire(Frame call) {
        standing(call);
        leaveRoster(call, call.sender());
        setStatus(call, call.sender(), Status.RETIRED);
        call.emit(RETIRED, call.sender());
        return true;
    }

    /** The sender's validator, which stands for election or is in jail. */
    private static ValidatorState standing(Frame call) {
        ValidatorState validator = call.read(VALIDATORS, call.sender());
        call.require(validator.status() != Status.TOMBSTONED, TOMBSTONED);
        call.require(validator.status() != Status.RETIRED, WRONG_STATE);
        return validator;
    }

    static void leaveRoster(Frame frame, Principal operator) {
        List<Principal> roster = new ArrayList<>(frame.read(ROSTER));
        if (roster.remove(operator)) {
            frame.put(ROSTER, roster);
        }
    }

    private static void setStatus(Frame call, Principal operator, Status status) {
        ValidatorState validator = call.read(VALIDATORS, operator);
        call.put(VALIDATORS, operator, validator.with(validator.conduct().with(status)));
    }

    static boolean hasSelfBond(Frame frame, Principal operator, ValidatorState validator) {
        Uint128 own =
                frame.find(DELEGATIONS, new Pair(operator, operator))
                        .map(Delegation::shares)
                        .orElse(Uint128.ZERO);
        return validator.stake().worth(own) >= frame.read(PARAMETERS).minSelfBond();
    }

    // Delegators

    private static Uint128 delegate(Frame call) {
        Principal operator = call.get(VALIDATOR);
        ValidatorState validator = call.read(VALIDATORS, operator);
        call.require(validator.status() != Status.TOMBSTONED, TOMBSTONED);
        call.require(validator.status() != Status.RETIRED, WRONG_STATE);
        // In jail an operator may need more stake of its own to get out.
        call.require(validator.status() != Status.JAILED || operator.equals(call.sender()), JAILED);
        return addStake(call, operator, validator, call.get(AMOUNT));
    }

    private static Uint128 addStake(
            Frame call, Principal operator, ValidatorState validator, long amount) {
        call.require(amount >= call.read(PARAMETERS).minDelegation(), DUST);
        Uint128 shares = validator.stake().sharesFor(amount);
        call.require(!shares.isZero(), DUST);
        call.collect(Asset.COIN, amount);
        var pair = new Pair(call.sender(), operator);
        Uint128 held = held(call, pair);
        Shares.change(
                call, pair, validator, held.plus(shares), validator.stake().add(amount, shares));
        call.emit(DELEGATED, call.sender(), operator, amount);
        return shares;
    }

    private static long undelegate(Frame call) {
        var pair = new Pair(call.sender(), call.get(VALIDATOR));
        ValidatorState validator = call.read(VALIDATORS, pair.validator());
        StakePool stake = validator.stake();
        Uint128 held = held(call, pair);
        long worth = stake.worth(held);
        long amount = call.get(AMOUNT);
        call.require(amount > 0, INVALID_PARAMS);
        call.require(amount <= worth, INSUFFICIENT);
        Uint128 shares = amount == worth ? held : stake.sharesWorth(amount);
        call.require(
                amount == worth || worth - amount >= call.read(PARAMETERS).minDelegation(), DUST);
        Shares.change(call, pair, validator, held.minus(shares), stake.remove(shares));
        long maturesAt = Unbondings.open(call, pair, amount);
        call.emit(UNDELEGATED, pair.delegator(), pair.validator(), amount, maturesAt);
        return maturesAt;
    }

    private static long withdraw(Frame call) {
        return Unbondings.withdraw(call, new Pair(call.sender(), call.get(VALIDATOR)));
    }

    private static long claim(Frame call) {
        var pair = new Pair(call.sender(), call.get(VALIDATOR));
        ValidatorState validator = call.read(VALIDATORS, pair.validator());
        long earned = pair.delegator().equals(pair.validator()) ? validator.earned() : 0;
        call.pay(Asset.COIN, pair.delegator(), earned);
        long paid =
                Shares.change(
                        call,
                        pair,
                        validator.withEarned(validator.earned() - earned),
                        held(call, pair),
                        validator.stake());
        if (earned > 0) {
            call.emit(CLAIMED, pair.delegator(), pair.validator(), earned);
        }
        return Math.addExact(paid, earned);
    }

    private static Uint128 held(Frame call, Pair pair) {
        return call.find(DELEGATIONS, pair).map(Delegation::shares).orElse(Uint128.ZERO);
    }

    // Reading

    private static long stake(Frame call) {
        var pair = new Pair(call.get(DELEGATOR), call.get(VALIDATOR));
        return call.read(VALIDATORS, pair.validator()).stake().worth(held(call, pair));
    }

    private static long rewards(Frame call) {
        var pair = new Pair(call.get(DELEGATOR), call.get(VALIDATOR));
        ValidatorState validator = call.read(VALIDATORS, pair.validator());
        return call.find(DELEGATIONS, pair)
                .map(held ->
                        validator
                                .rewards()
                                .earned(held.shares(), held.paidTo(), held.fraction())
                                .paid())
                .orElse(0L);
    }

    private static List<Listed> list(Frame call) {
        List<Principal> roster = call.read(ROSTER);
        List<Principal> seated = call.read(SEATS).stream().map(Seat::operator).toList();
        List<Listed> page = new ArrayList<>(PAGE);
        for (long i = call.get(CURSOR); i < roster.size() && page.size() < PAGE; i++) {
            Principal operator = roster.get((int) i);
            ValidatorState validator = call.read(VALIDATORS, operator);
            page.add(
                    new Listed(
                            operator,
                            validator.key(),
                            validator.stake().tokens(),
                            validator.commission().bp(),
                            validator.status(),
                            seated.contains(operator)));
        }
        return page;
    }
}
