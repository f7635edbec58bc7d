package io.computronium.vm.builtin;

import static io.computronium.vm.contract.Fault.Common.INSUFFICIENT;
import static io.computronium.vm.contract.Fault.Common.UNAUTHORIZED;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.primitives.Principal;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.Signature;
import io.computronium.primitives.bft.SignBytes;
import io.computronium.primitives.codec.PaymentCodec;
import io.computronium.primitives.tx.PaymentAuthorisation;
import io.computronium.primitives.tx.PaymentAuthorisation.Scheme;
import io.computronium.vm.contract.AssetShape;
import io.computronium.vm.contract.Contract;
import io.computronium.vm.contract.EventType;
import io.computronium.vm.contract.Fault;
import io.computronium.vm.contract.Frame;
import io.computronium.vm.contract.MapSlot;
import io.computronium.vm.contract.Method;
import io.computronium.vm.contract.Parameter;
import io.computronium.vm.contract.RecordShape;
import io.computronium.vm.contract.Shape;
import io.computronium.vm.contract.Unit;
import io.computronium.vm.contract.Variable;
import io.computronium.vm.value.Value;
import java.util.List;
import java.util.Optional;

/**
 * Payments that were signed off chain (x402: schemes {@code exact} and {@code upto}). A payer signs
 * an authorisation and hands it to a seller, who or whose facilitator settles it here and pays the
 * transaction's fee. Payee, asset and the most that is paid are in what is signed. What is {@code
 * exact} anyone may settle, since nobody gains by it. What is {@code upto} only the payee may: a
 * stranger who sees it pass could spoil it by settling nothing, or all of it to the payer's loss. A
 * facilitator then pays the fee as the transaction's payer, or holds a session of the payee.
 *
 * <p>Each nonce of a payer settles once. Of many who settle the same authorisation one succeeds;
 * the others learn {@code NONCE_USED}, and {@code get-used-nonce} gives the transaction that did it
 * and the payment id that it was for: that, bound to a request, is how a seller repeats a lost
 * answer without giving a resource away twice (x402 pull request 2801). The payment id is the word
 * of whoever settled; what the payer agreed to is the resource hash.
 *
 * <p>Payments here carry no service fee, so nothing of them is burnt.
 */
final class Pay {

    private static final long DAY = 86_400;

    private static final String EXAMPLE_KEY =
            "8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c";

    /** The days in which settled nonces are kept after they could not be used any more. */
    private static final long KEPT_DAYS = 1;

    /** How much of what is over each settlement clears away; more than it adds. */
    private static final int PRUNED_AT_ONCE = 4;

    private static final Shape<Bytes> NONCE_SHAPE = Shape.bytes(PaymentAuthorisation.NONCE_SIZE);
    private static final Shape<Bytes> PAYMENT_ID_SHAPE = Shape.buffer(32);

    private static final RecordShape<PaymentAuthorisation> AUTHORISATION_SHAPE =
            RecordShape.of(
                    in ->
                            new PaymentAuthorisation(
                                    in.next(), in.next(), in.next(), in.next(), in.next(),
                                    in.next(), in.next(), in.next(), in.next()),
                    RecordShape.field(
                            "scheme",
                            Shape.choice(List.of(Scheme.values())),
                            PaymentAuthorisation::scheme),
                    RecordShape.field("from", Shape.PRINCIPAL, PaymentAuthorisation::from),
                    RecordShape.field("to", Shape.PRINCIPAL, PaymentAuthorisation::to),
                    RecordShape.field("max", Shape.UINT, PaymentAuthorisation::maxAmount),
                    RecordShape.field("token", AssetShape.ASSET, PaymentAuthorisation::asset),
                    RecordShape.field("valid-after", Shape.UINT, PaymentAuthorisation::validAfter),
                    RecordShape.field(
                            "valid-before", Shape.UINT, PaymentAuthorisation::validBefore),
                    RecordShape.field("nonce", NONCE_SHAPE, PaymentAuthorisation::nonce),
                    RecordShape.field(
                            "resource-hash",
                            Shape.bytes(PaymentAuthorisation.RESOURCE_HASH_SIZE),
                            PaymentAuthorisation::resourceHash));

    /** What a payer uses once. */
    record Nonce(Principal payer, Bytes nonce) {
        static final RecordShape<Nonce> SHAPE =
                RecordShape.of(
                        in -> new Nonce(in.next(), in.next()),
                        RecordShape.field("payer", Shape.PRINCIPAL, Nonce::payer),
                        RecordShape.field("nonce", NONCE_SHAPE, Nonce::nonce));
    }

    /** What came of an authorisation that was not cancelled. */
    record Settlement(Principal payee, long amount, Bytes paymentId) {
        static final RecordShape<Settlement> SHAPE =
                RecordShape.of(
                        in -> new Settlement(in.next(), in.next(), in.next()),
                        RecordShape.field("payee", Shape.PRINCIPAL, Settlement::payee),
                        RecordShape.field("amount", Shape.UINT, Settlement::amount),
                        RecordShape.field("payment-id", PAYMENT_ID_SHAPE, Settlement::paymentId));
    }

    /**
     * @param transaction the id of the one that used the nonce
     * @param settlement none: it was cancelled
     */
    record Used(long height, Bytes transaction, Optional<Settlement> settlement) {
        static final RecordShape<Used> SHAPE =
                RecordShape.of(
                        in -> new Used(in.next(), in.next(), in.next()),
                        RecordShape.field("height", Shape.UINT, Used::height),
                        RecordShape.field("transaction", Shape.bytes(Hash.SIZE), Used::transaction),
                        RecordShape.field(
                                "settlement", Shape.optional(Settlement.SHAPE), Used::settlement));
    }

    /** A place in the list of the nonces whose authorisations end on one day. */
    record Place(long day, long index) {
        static final RecordShape<Place> SHAPE =
                RecordShape.of(
                        in -> new Place(in.next(), in.next()),
                        RecordShape.field("day", Shape.UINT, Place::day),
                        RecordShape.field("index", Shape.UINT, Place::index));
    }

    // State

    static final MapSlot<Nonce, Used> USED =
            new MapSlot<>(
                    1,
                    "used-nonce",
                    Nonce.SHAPE,
                    Used.SHAPE,
                    "What became of an authorisation; settled ones are forgotten a day or two after"
                            + " they end");
    static final MapSlot<Place, Nonce> ENDING =
            new MapSlot<>(
                    2, "ending-nonce", Place.SHAPE, Nonce.SHAPE, "A nonce to forget, by its day");
    static final MapSlot<Long, Long> ENDING_COUNTS =
            new MapSlot<>(
                    3, "ending-count", Shape.UINT, Shape.UINT, "How many nonces end on a day");
    private static final Variable<Long> FIRST_DAY =
            new Variable<>(
                    4, "first-day", Shape.UINT, "The first day of which nonces are not forgotten");

    // Parameters

    private static final Parameter<PaymentAuthorisation> AUTHORISATION =
            Parameter.of(
                    "authorisation",
                    AUTHORISATION_SHAPE,
                    "what was signed; scheme 0 is exact, 1 is upto; no token means the coin");
    private static final Parameter<PublicKey> KEY =
            Parameter.of("key", KeyShape.ACCOUNT_KEY, "the public key that signed");
    private static final Parameter<Optional<Long>> SESSION =
            Parameter.of(
                    "session",
                    Shape.optional(Shape.UINT),
                    "whose key it is; none: the account's own");
    private static final Parameter<Signature> SIGNATURE =
            Parameter.of("signature", KeyShape.SIGNATURE, "over the authorisation's sign bytes");
    private static final Parameter<Long> AMOUNT =
            Parameter.tokens("amount", "what is paid: with exact the authorised amount");
    private static final Parameter<Bytes> PAYMENT_ID =
            Parameter.of("payment-id", PAYMENT_ID_SHAPE, "the seller's own, at most 32 bytes");
    private static final Parameter<Bytes> NONCE =
            Parameter.of("nonce", NONCE_SHAPE, "of the authorisation");

    // What goes wrong and what is announced

    private static final Fault BAD_SIG =
            new Fault.Own(10, "BAD_SIG", "not a signature of the payer on this chain");
    private static final Fault NOT_YET =
            new Fault.Own(11, "NOT_YET", "the authorisation is not valid yet");
    private static final Fault EXPIRED =
            new Fault.Own(12, "EXPIRED", "the authorisation is over; ask for a new one");
    private static final Fault AMOUNT_MISMATCH =
            new Fault.Own(
                    13, "AMOUNT_MISMATCH", "exact pays what was authorised, upto at most that");
    private static final Fault NONCE_USED =
            new Fault.Own(
                    14, "NONCE_USED", "settled or cancelled before; get-used-nonce says by what");
    private static final Fault RECIPIENT =
            new Fault.Own(15, "RECIPIENT", "the payee cannot be the payer or this contract");

    private static final EventType SETTLED =
            EventType.of(
                    "settled",
                    "A payment was made",
                    EventType.key("payer", Shape.PRINCIPAL),
                    EventType.key("payee", Shape.PRINCIPAL),
                    EventType.key("resource-hash", Shape.bytes(32)),
                    EventType.key("nonce", NONCE_SHAPE),
                    EventType.field("token", AssetShape.ASSET),
                    EventType.amount("amount", Unit.TOKEN),
                    EventType.field("payment-id", PAYMENT_ID_SHAPE));
    private static final EventType CANCELLED =
            EventType.of(
                    "cancelled",
                    "A payer took a nonce back",
                    EventType.key("payer", Shape.PRINCIPAL),
                    EventType.key("nonce", NONCE_SHAPE));

    static final Contract DECLARATION =
            Contract.singleton("pay", 11, "Payments that were authorised off chain (x402)")
                    .variables(FIRST_DAY)
                    .maps(USED, ENDING, ENDING_COUNTS)
                    .methods(
                            Method.publicly(
                                            "settle",
                                            "Pays what a payer authorised; anyone may, with upto"
                                                    + " the payee alone")
                                    .takes(
                                            AUTHORISATION,
                                            KEY,
                                            SESSION,
                                            SIGNATURE,
                                            AMOUNT,
                                            PAYMENT_ID)
                                    .gas(4_000)
                                    .command(
                                            "pay",
                                            "settle",
                                            "payment.json --key "
                                                    + EXAMPLE_KEY
                                                    + " --signature "
                                                    + "00".repeat(64)
                                                    + " --amount 5 --payment-id 01 --from carol")
                                    .returns(Shape.BOOL, Pay::settle),
                            Method.directly("cancel", "Makes a nonce of one's own useless")
                                    .takes(NONCE)
                                    .gas(500)
                                    .command(
                                            "pay",
                                            "cancel",
                                            "--nonce " + "07".repeat(32) + " --from alice")
                                    .returns(Shape.BOOL, Pay::cancel),
                            Payment.getter(Pay::payment))
                    .faults(BAD_SIG, NOT_YET, EXPIRED, AMOUNT_MISMATCH, NONCE_USED, RECIPIENT)
                    .events(SETTLED, CANCELLED)
                    .invariants(
                            new Contract.Invariant(
                                    "forgetting",
                                    "every settled nonce will be forgotten, once",
                                    PayInvariants::forgetting))
                    .declare();

    private Pay() {}

    private static boolean settle(Frame frame) {
        PaymentAuthorisation authorisation = frame.get(AUTHORISATION);
        long amount = frame.get(AMOUNT);
        Principal payee = authorisation.to();
        var nonce = new Nonce(authorisation.from(), authorisation.nonce());
        frame.require(amount(authorisation, amount), AMOUNT_MISMATCH);
        frame.require(
                authorisation.scheme() == Scheme.EXACT || frame.caller().equals(payee),
                UNAUTHORIZED);
        frame.require(!payee.equals(nonce.payer) && !payee.equals(frame.self()), RECIPIENT);
        frame.require(frame.height() > authorisation.validAfter(), NOT_YET);
        frame.require(frame.height() < authorisation.validBefore(), EXPIRED);
        frame.require(frame.find(USED, nonce).isEmpty(), NONCE_USED);
        requireSigned(frame, authorisation);
        requireAuthority(frame, authorisation, amount);
        if (amount > 0) {
            frame.require(
                    frame.balance(authorisation.asset(), nonce.payer) >= amount, INSUFFICIENT);
            frame.move(authorisation.asset(), nonce.payer, payee, amount);
        }
        Bytes paymentId = frame.get(PAYMENT_ID);
        use(frame, nonce, Optional.of(new Settlement(payee, amount, paymentId)));
        forget(frame);
        remember(frame, authorisation.validBefore() / DAY, nonce);
        frame.emit(
                SETTLED,
                nonce.payer,
                payee,
                authorisation.resourceHash(),
                nonce.nonce,
                authorisation.asset(),
                amount,
                paymentId);
        return true;
    }

    private static boolean amount(PaymentAuthorisation authorisation, long amount) {
        return switch (authorisation.scheme()) {
            case EXACT -> amount == authorisation.maxAmount();
            case UPTO -> amount <= authorisation.maxAmount();
        };
    }

    private static void requireSigned(Frame frame, PaymentAuthorisation authorisation) {
        byte[] message =
                SignBytes.paymentAuthorisation(frame.chain(), PaymentCodec.idOf(authorisation));
        frame.require(
                frame.verifies(frame.get(KEY), Bytes.owned(message), frame.get(SIGNATURE)),
                BAD_SIG);
    }

    /** Whether the key that signed may pay for the payer; a session is charged. */
    private static void requireAuthority(
            Frame frame, PaymentAuthorisation authorisation, long amount) {
        Principal accounts = frame.system("account");
        Value payer = Shape.PRINCIPAL.toValue(authorisation.from());
        Value key = KeyShape.ACCOUNT_KEY.toValue(frame.get(KEY));
        Optional<Long> session = frame.get(SESSION);
        if (session.isEmpty()) {
            Value owner = frame.callAsSelf(accounts, "is-owner-key", payer, key);
            frame.require(Shape.BOOL.fromValue(owner), BAD_SIG);
            return;
        }
        frame.callAsSelf(
                accounts,
                "charge-session",
                payer,
                Shape.UINT.toValue(session.get()),
                key,
                AssetShape.ASSET.toValue(authorisation.asset()),
                Shape.PRINCIPAL.toValue(authorisation.to()),
                Shape.UINT.toValue(amount));
    }

    private static boolean cancel(Frame frame) {
        var nonce = new Nonce(frame.sender(), frame.get(NONCE));
        frame.require(frame.find(USED, nonce).isEmpty(), NONCE_USED);
        // Kept for ever: when the authorisation ends is not known here.
        use(frame, nonce, Optional.empty());
        frame.emit(CANCELLED, nonce.payer, nonce.nonce);
        return true;
    }

    private static void use(Frame frame, Nonce nonce, Optional<Settlement> settlement) {
        Bytes transaction = Bytes.copyOf(frame.transactionId().toArray());
        frame.put(USED, nonce, new Used(frame.height(), transaction, settlement));
    }

    private static Optional<Payment> payment(Frame frame, Principal payer, Bytes id) {
        return frame.find(USED, new Nonce(payer, id))
                .flatMap(used ->
                        used.settlement.map(
                                paid -> new Payment(payer, paid.payee, 0, used.height)));
    }

    // How nonces are forgotten: filed by the day on which their authorisation ends.

    private static void remember(Frame frame, long day, Nonce nonce) {
        long count = frame.find(ENDING_COUNTS, day).orElse(0L);
        frame.put(ENDING, new Place(day, count), nonce);
        frame.put(ENDING_COUNTS, day, count + 1);
    }

    /** Forgets a few nonces that are long over, so that the list never grows without end. */
    private static void forget(Frame frame) {
        long today = frame.height() / DAY;
        long known = frame.find(FIRST_DAY).orElse(today);
        long first = known;
        for (int i = 0; i < PRUNED_AT_ONCE && first + KEPT_DAYS < today; i++) {
            long count = frame.find(ENDING_COUNTS, first).orElse(0L);
            if (count == 0) {
                first++;
                continue;
            }
            var last = new Place(first, count - 1);
            frame.delete(USED, frame.read(ENDING, last));
            frame.delete(ENDING, last);
            if (count == 1) {
                frame.delete(ENDING_COUNTS, first);
            } else {
                frame.put(ENDING_COUNTS, first, count - 1);
            }
        }
        if (first != known || frame.find(FIRST_DAY).isEmpty()) {
            frame.put(FIRST_DAY, first);
        }
    }
}
