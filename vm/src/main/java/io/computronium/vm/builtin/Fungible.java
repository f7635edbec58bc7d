package io.computronium.vm.builtin;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.primitives.tx.Asset;
import io.computronium.primitives.tx.Call;
import io.computronium.vm.contract.EventType;
import io.computronium.vm.contract.Fault;
import io.computronium.vm.contract.Frame;
import io.computronium.vm.contract.Method;
import io.computronium.vm.contract.Parameter;
import io.computronium.vm.contract.Shape;
import io.computronium.vm.contract.Unit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The face of everything fungible, as SIP-010 prescribes it: the native coin and every token have
 * it, so that a contract that takes {@code <ft-trait>} takes them all.
 */
public final class Fungible {

    public static final Fault NOT_ENOUGH =
            new Fault.Standard(1, "NOT_ENOUGH", "the balance does not cover it");
    public static final Fault SENDER_IS_RECIPIENT =
            new Fault.Standard(2, "SENDER_IS_RECIPIENT", "sender and recipient are the same");
    static final Fault NOT_POSITIVE =
            new Fault.Standard(3, "NOT_POSITIVE", "the amount must be over 0");
    static final Fault NOT_SENDER =
            new Fault.Standard(4, "NOT_SENDER", "only the account itself moves what it has");

    static final Shape<Optional<Bytes>> MEMO =
            Shape.optional(Shape.buffer(Call.Transfer.MAX_MEMO_BYTES));

    private static final Parameter<Principal> SENDER =
            Parameter.principal("sender", "whose it is: the account that calls");
    private static final Parameter<Principal> RECIPIENT =
            Parameter.principal("recipient", "who receives it");
    private static final Parameter<Optional<Bytes>> WITH_MEMO =
            Parameter.of("memo", MEMO, "goes along for the recipient, at most 34 bytes");
    private static final Parameter<Principal> WHO = Parameter.principal("who", "whose balance");

    /**
     * What people read about a fungible asset.
     *
     * @param decimals how many digits of an amount are behind the point
     */
    record Title(String name, String symbol, long decimals, Optional<String> uri) {
        static final Shape<String> NAME = Shape.ascii(32);
        static final Shape<String> SYMBOL = Shape.ascii(32);
        static final Shape<Optional<String>> URI = Shape.optional(Shape.utf8(256));
    }

    private final Parameter<Long> amount;
    private final EventType transferred;
    private final Function<Frame, Asset> asset;
    private final Function<Frame, Title> title;

    Fungible(Unit unit, Function<Frame, Asset> asset, Function<Frame, Title> title) {
        this.amount = new Parameter<>("amount", Shape.UINT, unit, "how much");
        this.transferred =
                EventType.of(
                        "transfer",
                        "Something moved",
                        EventType.key("sender", Shape.PRINCIPAL),
                        EventType.key("recipient", Shape.PRINCIPAL),
                        EventType.amount("amount", unit),
                        EventType.field("memo", MEMO));
        this.asset = asset;
        this.title = title;
    }

    /** Announced by every transfer: keys sender and recipient. */
    public EventType transferred() {
        return transferred;
    }

    /** The functions of SIP-010. */
    List<Method<?>> methods() {
        return List.of(
                Method.publicly("transfer", "Moves some of what the caller has to someone else")
                        .takes(amount, SENDER, RECIPIENT, WITH_MEMO)
                        .gas(500)
                        .returns(Shape.BOOL, this::transfer),
                Method.readOnly("get-name", "For people")
                        .returns(Shape.response(Title.NAME), frame -> title.apply(frame).name()),
                Method.readOnly("get-symbol", "A ticker")
                        .returns(
                                Shape.response(Title.SYMBOL), frame -> title.apply(frame).symbol()),
                Method.readOnly("get-decimals", "How many digits are behind the point")
                        .returns(
                                Shape.response(Shape.UINT), frame -> title.apply(frame).decimals()),
                Method.readOnly("get-balance", "What someone has")
                        .takes(WHO)
                        .returns(
                                Shape.response(Shape.UINT),
                                frame -> frame.balance(asset.apply(frame), frame.get(WHO))),
                Method.readOnly("get-total-supply", "All that there is")
                        .returns(
                                Shape.response(Shape.UINT),
                                frame -> frame.supply(asset.apply(frame))),
                Method.readOnly("get-token-uri", "Where more is said about it")
                        .returns(Shape.response(Title.URI), frame -> title.apply(frame).uri()));
    }

    private boolean transfer(Frame frame) {
        Principal from = frame.get(SENDER);
        frame.require(from.equals(frame.sender()), NOT_SENDER);
        long much = frame.get(amount);
        frame.require(much > 0, NOT_POSITIVE);
        Principal to = frame.get(RECIPIENT);
        frame.require(!from.equals(to), SENDER_IS_RECIPIENT);
        frame.require(frame.balance(asset.apply(frame), from) >= much, NOT_ENOUGH);
        move(frame, from, to, much, frame.get(WITH_MEMO));
        return true;
    }

    /** Moves and announces it. */
    void move(Frame frame, Principal from, Principal to, long much, Optional<Bytes> memo) {
        frame.move(asset.apply(frame), from, to, much);
        frame.emit(transferred, from, to, much, memo);
    }
}
