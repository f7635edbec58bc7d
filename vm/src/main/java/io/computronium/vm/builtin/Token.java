package io.computronium.vm.builtin;

import static io.computronium.vm.contract.Fault.Common.EXISTS;
import static io.computronium.vm.contract.Fault.Common.INSUFFICIENT;
import static io.computronium.vm.contract.Fault.Common.INVALID_PARAMS;
import static io.computronium.vm.contract.Fault.Common.TOO_LATE;
import static io.computronium.vm.contract.Fault.Common.WRONG_STATE;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.primitives.tx.Asset;
import io.computronium.vm.contract.Contract;
import io.computronium.vm.contract.EventType;
import io.computronium.vm.contract.Fault;
import io.computronium.vm.contract.Frame;
import io.computronium.vm.contract.HistorySlot;
import io.computronium.vm.contract.MapSlot;
import io.computronium.vm.contract.Method;
import io.computronium.vm.contract.Parameter;
import io.computronium.vm.contract.RecordShape;
import io.computronium.vm.contract.Shape;
import io.computronium.vm.contract.Unit;
import io.computronium.vm.contract.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A fungible token: shares of a company, for example. Balances are in the kernel's ledger; here is
 * who may make new units, who may spend whose, and who votes for whom. Nobody can freeze or take
 * back what someone has.
 *
 * <p>A checkpointed token knows every past balance, for dividends and votes. Its holders may let
 * someone else vote with what they have, one level deep: what one is delegated, one cannot pass on.
 * Who delegates keeps the balance, and whoever gets it later decides anew who votes with it. At
 * every height the votes of all sum up to the supply.
 *
 * <p>Allowances name what the owner believes they were (so that a spender who is faster gains
 * nothing, unlike ERC-20's {@code approve}) and a height at which they end. A session's key that
 * may call {@code approve} is not bound by its caps: what a spender takes is not the session's.
 */
final class Token {

    /** The name under which the ledger knows the one token of an instance. */
    private static final String NAME = "token";

    private static final long MAX_DECIMALS = 8;

    /**
     * What does not change.
     *
     * @param maxSupply the most units that there may ever be at once
     * @param minter the one contract that makes new units, if any does
     * @param checkpointed whether past balances are known
     */
    record Terms(
            String title,
            String symbol,
            long decimals,
            Optional<String> uri,
            long maxSupply,
            Optional<Principal> minter,
            boolean checkpointed) {
        static final RecordShape<Terms> SHAPE =
                RecordShape.of(
                        in ->
                                new Terms(
                                        in.next(), in.next(), in.next(), in.next(), in.next(),
                                        in.next(), in.next()),
                        RecordShape.field("title", Fungible.Title.NAME, Terms::title),
                        RecordShape.field("symbol", Fungible.Title.SYMBOL, Terms::symbol),
                        RecordShape.field("decimals", Shape.UINT, Terms::decimals),
                        RecordShape.field("uri", Fungible.Title.URI, Terms::uri),
                        RecordShape.field("max-supply", Shape.UINT, Terms::maxSupply),
                        RecordShape.field("minter", Shape.optional(Shape.PRINCIPAL), Terms::minter),
                        RecordShape.field("checkpointed", Shape.BOOL, Terms::checkpointed));
    }

    /** Who lets whom spend. */
    record Grant(Principal owner, Principal spender) {
        static final RecordShape<Grant> SHAPE =
                RecordShape.of(
                        in -> new Grant(in.next(), in.next()),
                        RecordShape.field("owner", Shape.PRINCIPAL, Grant::owner),
                        RecordShape.field("spender", Shape.PRINCIPAL, Grant::spender));
    }

    /**
     * @param amount what is left, over 0
     * @param expiry the last height at which it can be spent
     */
    record Allowance(long amount, long expiry) {
        static final RecordShape<Allowance> SHAPE =
                RecordShape.of(
                        in -> new Allowance(in.next(), in.next()),
                        RecordShape.field("amount", Shape.UINT, Allowance::amount),
                        RecordShape.field("expiry", Shape.UINT, Allowance::expiry));
    }

    // State

    static final Variable<Terms> TERMS =
            new Variable<>(1, "token", Terms.SHAPE, "What the token is");
    private static final MapSlot<Grant, Allowance> ALLOWANCES =
            new MapSlot<>(
                    2, "allowance", Grant.SHAPE, Allowance.SHAPE, "What someone may spend of whom");
    static final HistorySlot<Principal, Principal> DELEGATES =
            HistorySlot.of(
                    3,
                    "delegate",
                    Shape.PRINCIPAL,
                    Shape.PRINCIPAL,
                    "Who votes with what someone has, if it was ever said; may be oneself");
    static final HistorySlot<Principal, Long> DELEGATED =
            HistorySlot.of(
                    4,
                    "delegated",
                    Shape.PRINCIPAL,
                    Shape.UINT,
                    "What someone votes with that others have");

    private static final Fungible FACE =
            new Fungible(Unit.TOKEN, frame -> asset(frame.self()), Token::title);

    // Parameters

    private static final Parameter<String> TITLE =
            Parameter.of("title", Fungible.Title.NAME, "the token's name for people");
    private static final Parameter<String> SYMBOL =
            Parameter.of("symbol", Fungible.Title.SYMBOL, "its ticker");
    private static final Parameter<Long> DECIMALS =
            Parameter.number("decimals", "how many digits are behind the point, at most 8");
    private static final Parameter<Optional<String>> URI =
            Parameter.of("uri", Fungible.Title.URI, "where more is said about it");
    private static final Parameter<Long> MAX_SUPPLY =
            Parameter.tokens("max-supply", "the most units that there may be at once");
    private static final Parameter<Long> INITIAL =
            Parameter.tokens("initial", "what the creator begins with");
    private static final Parameter<Optional<Principal>> MINTER =
            Parameter.of(
                    "minter",
                    Shape.optional(Shape.PRINCIPAL),
                    "the contract that makes new units; none: nobody ever does");
    private static final Parameter<Boolean> CHECKPOINTED =
            Parameter.of("checkpointed", Shape.BOOL, "whether past balances are kept");
    private static final Parameter<Long> AMOUNT = Parameter.tokens("amount", "how much");
    private static final Parameter<Principal> RECIPIENT =
            Parameter.principal("recipient", "who receives it");
    private static final Parameter<Principal> OWNER =
            Parameter.principal("owner", "whose tokens they are");
    private static final Parameter<Principal> SPENDER =
            Parameter.principal("spender", "who may spend them");
    private static final Parameter<Long> EXPECTED =
            Parameter.tokens("expected", "what the allowance is believed to be now");
    private static final Parameter<Long> EXPIRY =
            Parameter.blocks("expiry", "the last height at which it can be spent");
    private static final Parameter<Optional<Bytes>> MEMO =
            Parameter.of("memo", Fungible.MEMO, "goes along, at most 34 bytes");
    private static final Parameter<Principal> TO =
            Parameter.principal("to", "who votes from now on; oneself ends it");
    private static final Parameter<Principal> WHO = Parameter.principal("who", "whose");
    private static final Parameter<Long> HEIGHT =
            Parameter.blocks("height", "after which block; it must be over");

    // What goes wrong and what is announced

    private static final Fault NOT_MINTER =
            new Fault.Own(10, "NOT_MINTER", "only the token's minter makes new units");
    private static final Fault TOO_MANY =
            new Fault.Own(11, "MAX_SUPPLY", "there would be more than the token's maximum");
    private static final Fault ALLOWANCE =
            new Fault.Own(
                    12,
                    "ALLOWANCE",
                    "the allowance is not what was expected, or does not cover it; look it up");

    private static final EventType CREATED =
            EventType.of(
                    "created",
                    "A token began",
                    EventType.key("creator", Shape.PRINCIPAL),
                    EventType.field("symbol", Fungible.Title.SYMBOL),
                    EventType.amount("max-supply", Unit.TOKEN));
    private static final EventType MINTED =
            EventType.of(
                    "minted",
                    "New units came to be",
                    EventType.key("recipient", Shape.PRINCIPAL),
                    EventType.amount("amount", Unit.TOKEN));
    private static final EventType BURNT =
            EventType.of(
                    "burnt",
                    "Units were destroyed",
                    EventType.key("sender", Shape.PRINCIPAL),
                    EventType.amount("amount", Unit.TOKEN));
    private static final EventType APPROVAL =
            EventType.of(
                    "approval",
                    "An owner lets someone spend",
                    EventType.key("owner", Shape.PRINCIPAL),
                    EventType.key("spender", Shape.PRINCIPAL),
                    EventType.amount("amount", Unit.TOKEN),
                    EventType.amount("expiry", Unit.BLOCKS));
    private static final EventType DELEGATION =
            EventType.of(
                    "delegated",
                    "Someone else votes with what a holder has",
                    EventType.key("holder", Shape.PRINCIPAL),
                    EventType.key("from", Shape.PRINCIPAL),
                    EventType.key("to", Shape.PRINCIPAL),
                    EventType.amount("amount", Unit.TOKEN));

    static final Contract DECLARATION =
            Contract.template("token", 14, "A fungible token (SIP-010), with checkpoints and votes")
                    .variables(TERMS)
                    .maps(ALLOWANCES)
                    .histories(DELEGATES, DELEGATED)
                    .onBalance(Token::follow)
                    .constructors(
                            Method.directly("create", "Begins a token")
                                    .takes(
                                            Contract.INSTANCE,
                                            TITLE,
                                            SYMBOL,
                                            DECIMALS,
                                            URI,
                                            MAX_SUPPLY,
                                            INITIAL,
                                            MINTER,
                                            CHECKPOINTED)
                                    .gas(2_000)
                                    .command(
                                            "token",
                                            "create",
                                            "gold --title Gold --symbol GLD --decimals 2"
                                                    + " --max-supply 1000 --initial 1000"
                                                    + " --checkpointed --from alice")
                                    .returns(Shape.BOOL, Token::create))
                    .methods(methods())
                    .faults(
                            NOT_MINTER,
                            TOO_MANY,
                            ALLOWANCE,
                            Fungible.NOT_ENOUGH,
                            Fungible.SENDER_IS_RECIPIENT,
                            Fungible.NOT_POSITIVE,
                            Fungible.NOT_SENDER)
                    .events(CREATED, FACE.transferred(), MINTED, BURNT, APPROVAL, DELEGATION)
                    .invariants(
                            new Contract.Invariant(
                                    "supply",
                                    "balances sum up to the supply, which is within its maximum",
                                    TokenInvariants::supply),
                            new Contract.Invariant(
                                    "checkpoints",
                                    "past balances, summed over blocks and holders, are the past"
                                            + " supply summed over blocks",
                                    TokenInvariants::checkpoints),
                            new Contract.Invariant(
                                    "votes",
                                    "what someone is delegated is what those have who delegate",
                                    TokenInvariants::votes))
                    .declare();

    private Token() {}

    private static Method<?>[] methods() {
        List<Method<?>> methods = new ArrayList<>(FACE.methods());
        methods.add(
                Method.publicly("mint", "Makes new units; the minter's right")
                        .takes(AMOUNT, RECIPIENT)
                        .gas(500)
                        .returns(Shape.BOOL, Token::mint));
        methods.add(
                Method.publicly("burn", "Destroys units of the caller")
                        .takes(AMOUNT)
                        .gas(500)
                        .command("token", "burn", "gold --amount 10 --from alice")
                        .returns(Shape.BOOL, Token::burn));
        methods.add(
                Method.directly("approve", "Lets someone spend some of one's tokens for a while")
                        .takes(SPENDER, EXPECTED, AMOUNT, EXPIRY)
                        .gas(500)
                        .command(
                                "token",
                                "approve",
                                "gold --spender bob --expected 0 --amount 10 --expiry 1000"
                                        + " --from alice")
                        .returns(Shape.BOOL, Token::approve));
        methods.add(
                Method.publicly("transfer-from", "Spends what the owner lets the caller spend")
                        .takes(OWNER, RECIPIENT, AMOUNT, MEMO)
                        .gas(700)
                        .command(
                                "token",
                                "transfer-from",
                                "gold --owner alice --recipient carol --amount 5 --from bob")
                        .returns(Shape.BOOL, Token::transferFrom));
        methods.add(
                Method.directly("delegate", "Lets someone else vote with what one has")
                        .takes(TO)
                        .gas(700)
                        .command("token", "delegate", "gold --to bob --from alice")
                        .returns(Shape.BOOL, Token::delegate));
        methods.add(
                Method.readOnly("get-votes", "What someone votes with now")
                        .takes(WHO)
                        .gas(300)
                        .command("token", "votes", "gold --who bob")
                        .returns(Shape.UINT, Token::votes));
        methods.add(
                Method.readOnly("get-votes-at", "What someone voted with after an earlier block")
                        .takes(WHO, HEIGHT)
                        .gas(300)
                        .returns(Shape.UINT, Token::votesAt));
        methods.add(
                Method.readOnly("get-balance-at", "What someone had after an earlier block")
                        .takes(WHO, HEIGHT)
                        .gas(300)
                        .returns(
                                Shape.UINT,
                                frame -> {
                                    requirePast(frame);
                                    return frame.balanceAt(
                                            asset(frame.self()), frame.get(WHO), frame.get(HEIGHT));
                                }));
        methods.add(
                Method.readOnly("get-supply-at", "All that there was after an earlier block")
                        .takes(HEIGHT)
                        .gas(300)
                        .returns(Shape.UINT, Token::supplyAt));
        return methods.toArray(Method<?>[]::new);
    }

    /** The token of an instance, as the ledger and post-conditions know it. */
    static Asset.Token asset(Principal instance) {
        return new Asset.Token(instance, NAME);
    }

    /** What {@code contract} says of itself, if it is an instance of this template. */
    static Optional<Terms> terms(Frame frame, Principal contract) {
        return frame.builtIn(contract).filter(DECLARATION.name()::equals).isPresent()
                ? Shape.optional(Terms.SHAPE).fromValue(frame.callAsSelf(contract, "get-token"))
                : Optional.empty();
    }

    private static Fungible.Title title(Frame frame) {
        Terms terms = frame.read(TERMS);
        return new Fungible.Title(terms.title, terms.symbol, terms.decimals, terms.uri);
    }

    private static boolean create(Frame frame) {
        var terms =
                new Terms(
                        frame.get(TITLE),
                        frame.get(SYMBOL),
                        frame.get(DECIMALS),
                        frame.get(URI),
                        frame.get(MAX_SUPPLY),
                        frame.get(MINTER),
                        frame.get(CHECKPOINTED));
        long initial = frame.get(INITIAL);
        frame.require(!terms.title.isEmpty() && !terms.symbol.isEmpty(), INVALID_PARAMS);
        frame.require(terms.decimals <= MAX_DECIMALS, INVALID_PARAMS);
        frame.require(terms.maxSupply > 0 && initial <= terms.maxSupply, INVALID_PARAMS);
        // Without a minter there is never more than at the start.
        frame.require(
                terms.minter.isPresent() ? terms.minter.get().isContract() : initial > 0,
                INVALID_PARAMS);
        frame.put(TERMS, terms);
        frame.define(NAME, terms.checkpointed);
        frame.emit(CREATED, frame.sender(), terms.symbol, terms.maxSupply);
        if (initial > 0) {
            mint(frame, frame.sender(), initial);
        }
        return true;
    }

    private static boolean mint(Frame frame) {
        Terms terms = frame.read(TERMS);
        frame.require(terms.minter.equals(Optional.of(frame.caller())), NOT_MINTER);
        long amount = frame.get(AMOUNT);
        frame.require(amount <= terms.maxSupply - frame.supply(asset(frame.self())), TOO_MANY);
        mint(frame, frame.get(RECIPIENT), amount);
        return true;
    }

    private static void mint(Frame frame, Principal to, long amount) {
        frame.mint(asset(frame.self()), to, amount);
        frame.emit(MINTED, to, amount);
    }

    private static boolean burn(Frame frame) {
        frame.burn(asset(frame.self()), frame.sender(), frame.get(AMOUNT));
        frame.emit(BURNT, frame.sender(), frame.get(AMOUNT));
        return true;
    }

    private static boolean approve(Frame frame) {
        var grant = new Grant(frame.sender(), frame.get(SPENDER));
        long amount = frame.get(AMOUNT);
        long expiry = frame.get(EXPIRY);
        frame.require(!grant.owner.equals(grant.spender), INVALID_PARAMS);
        frame.require(amount == 0 || expiry >= frame.height(), INVALID_PARAMS);
        long now =
                frame.find(ALLOWANCES, grant)
                        .filter(old -> old.expiry >= frame.height())
                        .map(Allowance::amount)
                        .orElse(0L);
        frame.require(now == frame.get(EXPECTED), ALLOWANCE);
        put(frame, grant, new Allowance(amount, expiry));
        frame.emit(APPROVAL, grant.owner, grant.spender, amount, expiry);
        return true;
    }

    private static boolean transferFrom(Frame frame) {
        // Not the sender: else every contract that a spender calls could spend for it.
        var grant = new Grant(frame.get(OWNER), frame.caller());
        Principal to = frame.get(RECIPIENT);
        long amount = frame.get(AMOUNT);
        frame.require(amount > 0 && !to.equals(grant.owner), INVALID_PARAMS);
        Allowance allowance =
                frame.find(ALLOWANCES, grant).orElseThrow(() -> frame.failure(ALLOWANCE));
        frame.require(frame.height() <= allowance.expiry, TOO_LATE);
        frame.require(amount <= allowance.amount, ALLOWANCE);
        frame.require(frame.balance(asset(frame.self()), grant.owner) >= amount, INSUFFICIENT);
        put(frame, grant, new Allowance(allowance.amount - amount, allowance.expiry));
        FACE.move(frame, grant.owner, to, amount, frame.get(MEMO));
        return true;
    }

    private static void put(Frame frame, Grant grant, Allowance allowance) {
        if (allowance.amount == 0) {
            frame.delete(ALLOWANCES, grant);
        } else {
            frame.put(ALLOWANCES, grant, allowance);
        }
    }

    // Votes

    private static boolean delegate(Frame frame) {
        frame.require(frame.read(TERMS).checkpointed, WRONG_STATE);
        Principal holder = frame.sender();
        Principal to = frame.get(TO);
        Principal before = frame.find(DELEGATES, holder).orElse(holder);
        frame.require(!to.equals(before), EXISTS);
        long balance = frame.balance(asset(frame.self()), holder);
        if (!before.equals(holder)) {
            addDelegated(frame, before, -balance);
        }
        if (!to.equals(holder)) {
            addDelegated(frame, to, balance);
        }
        frame.put(DELEGATES, holder, to);
        frame.emit(DELEGATION, holder, before, to, balance);
        return true;
    }

    /** When a balance changes, so does what its delegate votes with. */
    private static void follow(Frame frame, Asset.Token token, Principal holder, long delta) {
        frame.find(DELEGATES, holder)
                .filter(delegate -> !delegate.equals(holder))
                .ifPresent(delegate -> addDelegated(frame, delegate, delta));
    }

    private static void addDelegated(Frame frame, Principal delegate, long delta) {
        if (delta != 0) {
            long before = frame.find(DELEGATED, delegate).orElse(0L);
            frame.put(DELEGATED, delegate, Math.addExact(before, delta));
        }
    }

    private static long votes(Frame frame) {
        Principal who = frame.get(WHO);
        frame.require(frame.read(TERMS).checkpointed, WRONG_STATE);
        boolean own = frame.find(DELEGATES, who).map(who::equals).orElse(true);
        long balance = own ? frame.balance(asset(frame.self()), who) : 0;
        return Math.addExact(balance, frame.find(DELEGATED, who).orElse(0L));
    }

    private static long votesAt(Frame frame) {
        requirePast(frame);
        Principal who = frame.get(WHO);
        long height = frame.get(HEIGHT);
        boolean own = frame.findAt(DELEGATES, who, height).map(who::equals).orElse(true);
        long balance = own ? frame.balanceAt(asset(frame.self()), who, height) : 0;
        return Math.addExact(balance, frame.findAt(DELEGATED, who, height).orElse(0L));
    }

    private static long supplyAt(Frame frame) {
        requirePast(frame);
        Asset.Token token = asset(frame.self());
        long height = frame.get(HEIGHT);
        return frame.cumulativeSupply(token, height + 1)
                .minus(frame.cumulativeSupply(token, height))
                .low();
    }

    private static void requirePast(Frame frame) {
        frame.require(frame.read(TERMS).checkpointed, WRONG_STATE);
        frame.requirePast(frame.get(HEIGHT));
    }
}
