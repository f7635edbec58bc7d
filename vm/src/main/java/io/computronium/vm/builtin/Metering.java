package io.computronium.vm.builtin;

import static io.computronium.vm.contract.Fault.Common.INVALID_PARAMS;
import static io.computronium.vm.contract.Fault.Common.TOO_EARLY;
import static io.computronium.vm.contract.Fault.Common.TOO_LATE;
import static io.computronium.vm.contract.Fault.Common.WRONG_STATE;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.Signature;
import io.computronium.primitives.bft.SignBytes;
import io.computronium.primitives.tx.Asset;
import io.computronium.vm.contract.EventType;
import io.computronium.vm.contract.Fault;
import io.computronium.vm.contract.Frame;
import io.computronium.vm.contract.MapSlot;
import io.computronium.vm.contract.Method;
import io.computronium.vm.contract.Parameter;
import io.computronium.vm.contract.Shape;
import io.computronium.vm.contract.StateView;
import io.computronium.vm.contract.Unit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Pay per use: the part of {@link Resource} that draws from deposits.
 *
 * <p>A user deposits what the use may cost at most, and the service fee on it. The company draws
 * what was used until the meter expires; then anyone closes it, and what is left goes back. A user
 * who does not trust the company's counting names a cosigner, whose signature each draw then needs,
 * or makes small deposits.
 */
final class Metering {

    /** The longest that a deposit can be bound, in blocks: a year. */
    private static final long MAX_TERM = 365 * Periods.SECURITY_DAY;

    private static final byte PAYMENT_KIND = 1;

    static final MapSlot<Long, Meter> METERS =
            new MapSlot<>(8, "meter", Shape.UINT, Meter.SHAPE, "A deposit that is drawn from");

    private static final Parameter<Long> DEPOSIT =
            Parameter.coins("deposit", "the most that can be drawn, without the service fee");
    private static final Parameter<Long> EXPIRY =
            Parameter.blocks("expiry", "the last height of draws, at most a year ahead");
    private static final Parameter<Optional<PublicKey>> COSIGNER =
            Parameter.of(
                    "cosigner",
                    Shape.optional(KeyShape.ACCOUNT_KEY),
                    "key whose signature each draw needs");
    private static final Parameter<Long> METER = Parameter.number("meter", "its number");
    private static final Parameter<Long> QUANTITY =
            Parameter.number("quantity", "all that was used since the beginning");
    private static final Parameter<Optional<Signature>> SIGNATURE =
            Parameter.of(
                    "signature",
                    Shape.optional(KeyShape.SIGNATURE),
                    "the cosigner's, of meter and quantity");

    static final Fault METER_EMPTY =
            new Fault.Own(14, "METER_EMPTY", "the deposit does not cover it; open another meter");
    static final Fault NOT_MONOTONE =
            new Fault.Own(
                    15, "NOT_MONOTONE", "the quantity is that since the beginning, and rises");
    static final Fault COSIGN_NEEDED =
            new Fault.Own(16, "COSIGN_NEEDED", "the meter's cosigner must sign this quantity");

    static final EventType OPENED =
            EventType.of(
                    "meter-opened",
                    "A deposit was made",
                    EventType.key("meter", Shape.UINT),
                    EventType.key("resource", Shape.UINT),
                    EventType.key("user", Shape.PRINCIPAL),
                    EventType.amount("deposit", Unit.COIN),
                    EventType.amount("expiry", Unit.BLOCKS));
    static final EventType DRAWN =
            EventType.of(
                    "meter-drawn",
                    "The company drew for what was used",
                    EventType.key("meter", Shape.UINT),
                    EventType.key("resource", Shape.UINT),
                    EventType.key("user", Shape.PRINCIPAL),
                    EventType.field("quantity", Shape.UINT),
                    EventType.amount("amount", Unit.COIN),
                    EventType.amount("fee", Unit.COIN));
    static final EventType CLOSED =
            EventType.of(
                    "meter-closed",
                    "What was left of a deposit went back",
                    EventType.key("meter", Shape.UINT),
                    EventType.key("user", Shape.PRINCIPAL),
                    EventType.amount("refund", Unit.COIN));

    private Metering() {}

    static List<Method<?>> methods() {
        return List.of(
                Method.publicly("open-meter", "Deposits for use that is not known in advance")
                        .takes(Resource.RESOURCE, DEPOSIT, EXPIRY, COSIGNER)
                        .gas(1_500)
                        .command(
                                Resource.NAME,
                                "open-meter",
                                "acme --resource-id 1 --deposit 1cptm --expiry 4000 --from bob")
                        .returns(Shape.UINT, Metering::open),
                Method.directly("draw", "Draws for what was used; the owner's right")
                        .takes(METER, QUANTITY, SIGNATURE)
                        .gas(2_000)
                        .command(Resource.NAME, "draw", "acme --meter 1 --quantity 10 --from alice")
                        .returns(Shape.UINT, Metering::draw),
                Method.publicly(
                                "close-meter",
                                "Gives back what is left: its owner, or after expiry")
                        .takes(METER)
                        .gas(1_000)
                        .command(Resource.NAME, "close-meter", "acme --meter 1 --from alice")
                        .returns(Shape.UINT, Metering::close));
    }

    private static long open(Frame frame) {
        long resource = frame.get(Resource.RESOURCE);
        Offering offering = Resource.requireEnabled(frame, resource);
        long deposit = frame.get(DEPOSIT);
        long expiry = frame.get(EXPIRY);
        frame.require(deposit > 0, INVALID_PARAMS);
        frame.require(
                expiry > frame.height() && expiry - frame.height() <= MAX_TERM, INVALID_PARAMS);
        long reserve = ServiceFee.on(frame, deposit);
        frame.collect(Asset.COIN, Math.addExact(deposit, reserve));
        Company company = frame.read(Resource.COMPANY).addMeter();
        long id = company.meters();
        frame.put(
                METERS,
                id,
                new Meter(
                        resource,
                        frame.sender(),
                        offering.priceAt(frame.height()),
                        offering.per(),
                        deposit,
                        reserve,
                        0,
                        0,
                        0,
                        0,
                        expiry,
                        frame.get(COSIGNER),
                        Optional.empty()));
        frame.put(Resource.COMPANY, company);
        frame.emit(OPENED, id, resource, frame.sender(), deposit, expiry);
        return id;
    }

    private static long draw(Frame frame) {
        Resource.requireOwner(frame);
        long id = frame.get(METER);
        long quantity = frame.get(QUANTITY);
        Meter meter = requireOpen(frame, id);
        frame.require(frame.height() <= meter.expiry(), TOO_LATE);
        frame.require(quantity > meter.quantity(), NOT_MONOTONE);
        long total = meter.amount(quantity);
        frame.require(total <= meter.deposit(), METER_EMPTY);
        frame.require(isCosigned(frame, meter, id, quantity), COSIGN_NEEDED);
        long amount = total - meter.drawn();
        // By the total, as the price itself; never over what was put aside, should the rate rise.
        long feeOnTotal = Math.min(ServiceFee.on(frame, total), meter.reserve());
        long fee = Math.max(0, feeOnTotal - meter.fees());
        long burnt = ServiceFee.pay(frame, fee);
        frame.put(METERS, id, meter.draw(quantity, fee, burnt));
        if (amount > 0) {
            long used = quantity - meter.quantity();
            Resource.earn(frame, meter.resource(), meter.user(), used, amount);
        }
        frame.emit(DRAWN, id, meter.resource(), meter.user(), quantity, amount, fee);
        return amount;
    }

    private static boolean isCosigned(Frame frame, Meter meter, long id, long quantity) {
        if (meter.cosigner().isEmpty()) {
            return true;
        }
        Optional<Signature> signature = frame.get(SIGNATURE);
        if (signature.isEmpty()) {
            return false;
        }
        byte[] message = SignBytes.meterDraw(frame.chain(), frame.self(), id, quantity);
        return frame.verifies(meter.cosigner().get(), Bytes.owned(message), signature.get());
    }

    private static long close(Frame frame) {
        long id = frame.get(METER);
        Meter meter = requireOpen(frame, id);
        Principal owner = frame.read(Resource.COMPANY).owner();
        // The caller, too: a contract that the owner calls must not end what it can still draw.
        boolean byOwner = frame.sender().equals(owner) && frame.caller().equals(owner);
        frame.require(byOwner || frame.height() > meter.expiry(), TOO_EARLY);
        long refund = meter.rest();
        frame.put(METERS, id, meter.close(frame.height()));
        frame.pay(Asset.COIN, meter.user(), refund);
        frame.emit(CLOSED, id, meter.user(), refund);
        return refund;
    }

    private static Meter requireOpen(Frame frame, long id) {
        Meter meter = frame.read(METERS, id);
        frame.require(meter.isOpen(), WRONG_STATE);
        return meter;
    }

    static Optional<Payment> payment(Frame frame, Principal payer, Principal payee, Bytes id) {
        var number = Payment.number(PAYMENT_KIND, id);
        if (number.isEmpty()) {
            return Optional.empty();
        }
        return frame.find(METERS, number.getAsLong())
                .filter(meter -> meter.user().equals(payer) && meter.drawn() > 0)
                .flatMap(meter ->
                        meter.closedAt().map(at -> new Payment(payer, payee, meter.burnt(), at)));
    }

    /** All that was ever drawn. */
    static long drawn(StateView state) {
        return state.all(METERS).values().stream().mapToLong(Meter::drawn).sum();
    }

    static @Nullable String uncovered(StateView state) {
        long owed = 0;
        for (Meter meter : state.all(METERS).values()) {
            if (meter.drawn() > meter.deposit() || meter.fees() > meter.reserve()) {
                return "drawn too much: " + meter;
            }
            owed += meter.rest();
        }
        long has = state.balance(Asset.COIN, state.self());
        return has >= owed ? null : "has " + has + ", owes " + owed;
    }
}
