package io.computronium.vm.builtin;

import static io.computronium.vm.contract.Fault.Common.INSUFFICIENT;
import static io.computronium.vm.contract.Fault.Common.INVALID_PARAMS;
import static io.computronium.vm.contract.Fault.Common.TOO_EARLY;
import static io.computronium.vm.contract.Fault.Common.UNAUTHORIZED;

import io.computronium.primitives.Principal;
import io.computronium.primitives.Uint128;
import io.computronium.primitives.tx.Asset;
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
import io.computronium.vm.contract.Variable;
import io.computronium.vm.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The vault of a company: what comes in during a week is divided between the company and the
 * holders of its shares when the week is over.
 *
 * <p>Of payments the holders get {@code holder-bp}, of what auctions brought in the company gets
 * {@code auction-bp}. The holders' part is a pool that each claims from by weight: by default the
 * sum over the blocks of the week of the balance after each block, so that shares bought in its
 * last block weigh next to nothing; or, as a snapshot, the balance after its last block alone. What
 * the company, its auction and the vault itself hold counts for nobody. Who holds shares when
 * counts, not who claims first: weights are of the past, and a week is claimed once by each holder.
 *
 * <p>Weeks close in their order, on the next touch after they end, at a cost that does not depend
 * on the number of holders. A pool that nobody has a weight in waits for the next week that
 * somebody has one in; so does what rounding leaves, and what is not claimed for a year.
 */
final class Vault {

    static final String NAME = "vault";

    /** Where the money of an inflow comes from. */
    enum Source {
        PAYMENT,
        AUCTION;

        static final Shape<Source> SHAPE = Shape.choice(List.of(values()));
    }

    /**
     * What the vault owes, and the sums that prove that nothing is lost.
     *
     * @param due to the company
     * @param carry for the holders of the next week that has any
     * @param next the first week that is not closed
     * @param received all that ever came in
     * @param withdrawn all that the company ever took
     */
    record Totals(long due, long carry, long next, long received, long withdrawn) {
        static final RecordShape<Totals> SHAPE =
                RecordShape.of(
                        in -> new Totals(in.next(), in.next(), in.next(), in.next(), in.next()),
                        RecordShape.field("due", Shape.UINT, Totals::due),
                        RecordShape.field("carry", Shape.UINT, Totals::carry),
                        RecordShape.field("next", Shape.UINT, Totals::next),
                        RecordShape.field("received", Shape.UINT, Totals::received),
                        RecordShape.field("withdrawn", Shape.UINT, Totals::withdrawn));

        Totals receive(long amount) {
            return new Totals(due, carry, next, Math.addExact(received, amount), withdrawn);
        }

        Totals withdraw(long amount) {
            return new Totals(due - amount, carry, next, received, withdrawn + amount);
        }

        Totals carry(long amount) {
            return new Totals(due, carry + amount, next, received, withdrawn);
        }

        Totals close(long toCompany, long newCarry) {
            return new Totals(due + toCompany, newCarry, next + 1, received, withdrawn);
        }
    }

    /** Whose share of which week. */
    record ClaimKey(long week, Principal holder) {
        static final RecordShape<ClaimKey> SHAPE =
                RecordShape.of(
                        in -> new ClaimKey(in.next(), in.next()),
                        RecordShape.field("week", Shape.UINT, ClaimKey::week),
                        RecordShape.field("holder", Shape.PRINCIPAL, ClaimKey::holder));
    }

    /** The built-in contracts whose money is the company's revenue. */
    private static final List<String> PAYMENT_SOURCES = List.of("resource", "escrow", "market");

    /** The most weeks that one touch closes. */
    private static final long CATCH_UP = 16;

    private static final int MAX_CLAIMS = 16;

    /** Weeks after which an unclaimed share is swept. */
    private static final long CLAIM_WEEKS = 52;

    private static final Variable<VaultTerms> TERMS =
            new Variable<>(
                    1, "terms", VaultTerms.SHAPE, "What was settled when the vault was made");
    private static final Variable<Totals> TOTALS =
            new Variable<>(2, "totals", Totals.SHAPE, "What is owed, received and withdrawn");
    static final MapSlot<Long, VaultWeek> WEEKS =
            new MapSlot<>(3, "week", Shape.UINT, VaultWeek.SHAPE, "A week, counted from 0");
    private static final MapSlot<ClaimKey, Long> CLAIMS =
            new MapSlot<>(
                    4, "claim", ClaimKey.SHAPE, Shape.UINT, "What a holder claimed of a week");

    private static final Fault OPEN_WEEK =
            new Fault.Own(10, "OPEN_WEEK", "the week is not closed yet: wait for its end");
    private static final Fault CLAIMED =
            new Fault.Own(11, "CLAIMED", "this holder has claimed this week already");
    private static final Fault SWEPT =
            new Fault.Own(12, "SWEPT", "what was left of this week went to a later one");

    private static final Parameter<Principal> COMPANY =
            Parameter.principal("company", "contract that the vault is for");
    private static final Parameter<Principal> TOKEN =
            Parameter.principal("token", "contract of the shares, checkpointed");
    private static final Parameter<Principal> AUCTION =
            Parameter.principal("auction", "contract that sells the shares");
    private static final Parameter<Periods> PERIODS =
            Parameter.of("periods", Periods.SHAPE, "0: weeks of the calendar, 1: of 1,008 blocks");
    private static final Parameter<VaultTerms.Weighting> WEIGHTING =
            Parameter.of(
                    "weighting",
                    VaultTerms.Weighting.SHAPE,
                    "0: by time, 1: by the week's last block");
    private static final Parameter<Long> HOLDER_BP =
            Parameter.basisPoints("holder-bp", "of payments, what the holders get");
    private static final Parameter<Long> AUCTION_BP =
            Parameter.basisPoints("auction-bp", "of auctions, what the company gets");
    private static final Parameter<Source> KIND =
            Parameter.of("kind", Source.SHAPE, "0: a payment, 1: of an auction");
    private static final Parameter<Long> AMOUNT = Parameter.coins("amount", "how much");
    private static final Parameter<Long> WEEK = Parameter.number("week", "counted from 0");
    private static final Parameter<Principal> HOLDER = Parameter.principal("holder", "of shares");
    private static final Parameter<Optional<List<Long>>> CLAIMED_WEEKS =
            Parameter.of(
                    "weeks",
                    Shape.optional(Shape.list(Shape.UINT, MAX_CLAIMS)),
                    "up to 16, all different; none: the last one that ended");

    private static final EventType CREATED =
            EventType.of(
                    "created",
                    "a vault was made",
                    EventType.key("company", Shape.PRINCIPAL),
                    EventType.key("token", Shape.PRINCIPAL));
    private static final EventType INFLOW =
            EventType.of(
                    "inflow",
                    "money came in",
                    EventType.key("week", Shape.UINT),
                    EventType.key("from", Shape.PRINCIPAL),
                    EventType.field("kind", Source.SHAPE),
                    EventType.amount("amount", Unit.COIN));
    private static final EventType WEEK_CLOSED =
            EventType.of(
                    "week-closed",
                    "a week was divided",
                    EventType.key("week", Shape.UINT),
                    EventType.amount("pool", Unit.COIN),
                    EventType.amount("company", Unit.COIN),
                    EventType.field("total-weight", Shape.UINT128));
    private static final EventType CLAIM_PAID =
            EventType.of(
                    "claimed",
                    "a holder took a share of a week",
                    EventType.key("week", Shape.UINT),
                    EventType.key("holder", Shape.PRINCIPAL),
                    EventType.amount("amount", Unit.COIN));
    private static final EventType WITHDRAWN =
            EventType.of(
                    "withdrawn",
                    "the company took of its part",
                    EventType.key("owner", Shape.PRINCIPAL),
                    EventType.amount("amount", Unit.COIN));
    private static final EventType WEEK_SWEPT =
            EventType.of(
                    "swept",
                    "what was left of a week was carried on",
                    EventType.key("week", Shape.UINT),
                    EventType.amount("amount", Unit.COIN));

    static final Contract DECLARATION =
            Contract.template(NAME, 15, "Divides a company's income with its shareholders, weekly")
                    .variables(TERMS, TOTALS)
                    .maps(WEEKS, CLAIMS)
                    .constructors(
                            Method.directly("create", "Make a vault; the sender owns it")
                                    .takes(
                                            Contract.INSTANCE,
                                            COMPANY,
                                            TOKEN,
                                            AUCTION,
                                            PERIODS,
                                            WEIGHTING,
                                            HOLDER_BP,
                                            AUCTION_BP)
                                    .gas(2_000)
                                    .returns(Shape.BOOL, Vault::create))
                    .methods(
                            Method.publicly(
                                            "inflow",
                                            "Pay in, as a contract that the company earns through")
                                    .takes(KIND, AMOUNT)
                                    .gas(1_500)
                                    .returns(Shape.BOOL, Vault::inflow),
                            Method.publicly("close", "Close weeks that ended, up to this one")
                                    .takes(WEEK)
                                    .gas(2_000)
                                    .command("vault", "close", "acme-vault --week 0 --from bob")
                                    .returns(Shape.BOOL, Vault::close),
                            Method.publicly("claim", "Take your share of weeks that ended")
                                    .takes(CLAIMED_WEEKS)
                                    .gas(2_000)
                                    .command("vault", "claim", "acme-vault --from bob")
                                    .returns(Shape.UINT, Vault::claim),
                            Method.directly("withdraw", "Take of the company's part, as its owner")
                                    .takes(AMOUNT)
                                    .gas(1_000)
                                    .command(
                                            "vault",
                                            "withdraw",
                                            "acme-vault --amount 1cptm --from alice")
                                    .returns(Shape.BOOL, Vault::withdraw),
                            Method.publicly(
                                            "sweep",
                                            "Carry on what is left of a week that all have claimed"
                                                    + " or that is 52 weeks old")
                                    .takes(WEEK)
                                    .gas(1_000)
                                    .command("vault", "sweep", "acme-vault --week 0 --from bob")
                                    .returns(Shape.UINT, Vault::sweep),
                            Method.readOnly(
                                            "get-share",
                                            "What a holder can claim of a closed week; 0 if it has")
                                    .takes(WEEK, HOLDER)
                                    .gas(2_000)
                                    .command("vault", "share", "acme-vault --week 0 --holder bob")
                                    .returns(Shape.UINT, Vault::share))
                    .faults(OPEN_WEEK, CLAIMED, SWEPT)
                    .events(CREATED, INFLOW, WEEK_CLOSED, CLAIM_PAID, WITHDRAWN, WEEK_SWEPT)
                    .invariants(
                            new Contract.Invariant(
                                    "solvent", "the vault has what it owes", Vault::insolvency),
                            new Contract.Invariant(
                                    "conserved", "what came in is somewhere", Vault::loss),
                            new Contract.Invariant(
                                    "claims", "claims are within their pool", Vault::overclaim))
                    .declare();

    private Vault() {}

    /** What was settled for the vault at {@code principal}, if it is one. */
    static Optional<VaultTerms> terms(Frame frame, Principal principal) {
        return frame.builtIn(principal).filter(NAME::equals).isPresent()
                ? Shape.optional(VaultTerms.SHAPE)
                        .fromValue(frame.callAsSelf(principal, "get-terms"))
                : Optional.empty();
    }

    /** Hands the calling contract's own money to the vault at {@code principal}. */
    static void payIn(Frame frame, Principal principal, Source kind, long amount) {
        frame.callAsSelf(principal, "inflow", Source.SHAPE.toValue(kind), Value.UInt.of(amount));
    }

    private static boolean create(Frame frame) {
        var terms =
                new VaultTerms(
                        frame.get(COMPANY),
                        frame.sender(),
                        frame.get(TOKEN),
                        frame.get(AUCTION),
                        frame.height(),
                        frame.get(PERIODS).week(),
                        frame.get(WEIGHTING),
                        frame.get(HOLDER_BP),
                        frame.get(AUCTION_BP));
        frame.require(terms.holderBp() <= Amounts.WHOLE_BP, INVALID_PARAMS);
        frame.require(terms.auctionBp() <= Amounts.WHOLE_BP, INVALID_PARAMS);
        frame.require(
                Token.terms(frame, terms.token()).filter(Token.Terms::checkpointed).isPresent(),
                INVALID_PARAMS);
        frame.require(
                List.of(terms.company(), terms.auction(), frame.self()).stream().distinct().count()
                        == 3,
                INVALID_PARAMS);
        frame.put(TERMS, terms);
        frame.put(TOTALS, new Totals(0, 0, 0, 0, 0));
        frame.emit(CREATED, terms.company(), terms.token());
        return true;
    }

    private static boolean inflow(Frame frame) {
        VaultTerms terms = frame.read(TERMS);
        Source kind = frame.get(KIND);
        long amount = frame.get(AMOUNT);
        Principal from = frame.caller();
        frame.require(from.equals(frame.sender()), UNAUTHORIZED);
        frame.require(mayPayIn(frame, terms, kind, from), UNAUTHORIZED);
        frame.collect(Asset.COIN, amount);
        Totals totals = closeEnded(frame, terms).receive(amount);
        long k = terms.weekAt(frame.height());
        frame.put(WEEKS, k, frame.find(WEEKS, k).orElse(VaultWeek.EMPTY).receive(kind, amount));
        frame.put(TOTALS, totals);
        frame.emit(INFLOW, k, from, kind, amount);
        return true;
    }

    private static boolean mayPayIn(Frame frame, VaultTerms terms, Source kind, Principal from) {
        Optional<String> code = frame.builtIn(from);
        return switch (kind) {
            case PAYMENT -> code.filter(PAYMENT_SOURCES::contains).isPresent();
            case AUCTION -> from.equals(terms.auction()) && code.equals(Optional.of(Auction.NAME));
        };
    }

    private static boolean close(Frame frame) {
        Totals totals = closeEnded(frame, frame.read(TERMS));
        frame.require(frame.get(WEEK) < totals.next, OPEN_WEEK);
        frame.put(TOTALS, totals);
        return true;
    }

    private static long claim(Frame frame) {
        VaultTerms terms = frame.read(TERMS);
        Totals totals = closeEnded(frame, terms);
        long current = terms.weekAt(frame.height());
        long sum = 0;
        for (long k : frame.get(CLAIMED_WEEKS).orElseGet(() -> List.of(current - 1))) {
            frame.require(k >= 0 && k < totals.next, OPEN_WEEK);
            sum += claim(frame, terms, k);
        }
        frame.put(TOTALS, totals);
        frame.pay(Asset.COIN, frame.sender(), sum);
        return sum;
    }

    private static long claim(Frame frame, VaultTerms terms, long k) {
        Optional<VaultWeek> found = frame.find(WEEKS, k);
        if (found.isEmpty()) {
            return 0;
        }
        VaultWeek week = found.get();
        var key = new ClaimKey(k, frame.sender());
        frame.require(frame.find(CLAIMS, key).isEmpty(), CLAIMED);
        frame.require(week.stage() != VaultWeek.Stage.SWEPT, SWEPT);
        Uint128 weight = weight(frame, terms, k, frame.sender());
        if (weight.isZero()) {
            return 0;
        }
        long amount = Amounts.share(week.pool(), weight, week.totalWeight());
        frame.put(WEEKS, k, week.claim(amount, weight));
        frame.put(CLAIMS, key, amount);
        frame.emit(CLAIM_PAID, k, frame.sender(), amount);
        return amount;
    }

    private static boolean withdraw(Frame frame) {
        VaultTerms terms = frame.read(TERMS);
        frame.require(frame.sender().equals(terms.owner()), UNAUTHORIZED);
        long amount = frame.get(AMOUNT);
        frame.require(amount > 0, INVALID_PARAMS);
        Totals totals = closeEnded(frame, terms);
        frame.require(amount <= totals.due, INSUFFICIENT);
        frame.put(TOTALS, totals.withdraw(amount));
        frame.pay(Asset.COIN, terms.owner(), amount);
        frame.emit(WITHDRAWN, terms.owner(), amount);
        return true;
    }

    private static long sweep(Frame frame) {
        VaultTerms terms = frame.read(TERMS);
        Totals totals = closeEnded(frame, terms);
        long k = frame.get(WEEK);
        frame.require(k < totals.next, OPEN_WEEK);
        VaultWeek week = frame.read(WEEKS, k);
        frame.require(week.stage() != VaultWeek.Stage.SWEPT, SWEPT);
        frame.require(
                week.claimedWeight().equals(week.totalWeight())
                        || frame.height() >= terms.endOf(Math.addExact(k, CLAIM_WEEKS)),
                TOO_EARLY);
        long left = week.unclaimed();
        frame.put(WEEKS, k, week.sweep());
        frame.put(TOTALS, totals.carry(left));
        frame.emit(WEEK_SWEPT, k, left);
        return left;
    }

    private static long share(Frame frame) {
        long k = frame.get(WEEK);
        Principal holder = frame.get(HOLDER);
        frame.require(k < frame.read(TOTALS).next, OPEN_WEEK);
        VaultWeek week = frame.find(WEEKS, k).orElse(VaultWeek.EMPTY);
        if (week.unclaimed() == 0 || frame.find(CLAIMS, new ClaimKey(k, holder)).isPresent()) {
            return 0;
        }
        VaultTerms terms = frame.read(TERMS);
        return Amounts.share(week.pool(), weight(frame, terms, k, holder), week.totalWeight());
    }

    /** Closes weeks that ended, in their order; the caller puts the answer. */
    private static Totals closeEnded(Frame frame, VaultTerms terms) {
        Totals totals = frame.read(TOTALS);
        long end = Math.min(terms.weekAt(frame.height()), totals.next + CATCH_UP);
        while (totals.next < end) {
            totals = closeNext(frame, terms, totals);
        }
        return totals;
    }

    private static Totals closeNext(Frame frame, VaultTerms terms, Totals totals) {
        long k = totals.next;
        Optional<VaultWeek> found = frame.find(WEEKS, k);
        if (found.isEmpty() && totals.carry == 0) {
            return totals.close(0, 0);
        }
        VaultWeek week = found.orElse(VaultWeek.EMPTY);
        long toHolders = Amounts.part(week.payments(), terms.holderBp());
        long toCompany = Amounts.part(week.auctions(), terms.auctionBp());
        long pool = toHolders + (week.auctions() - toCompany) + totals.carry;
        toCompany += week.payments() - toHolders;
        Uint128 weight = totalWeight(frame, terms, k);
        boolean waits = weight.isZero();
        if (waits && found.isEmpty()) {
            return totals.close(0, pool);
        }
        long paidOut = waits ? 0 : pool;
        frame.put(WEEKS, k, week.close(paidOut, weight));
        frame.emit(WEEK_CLOSED, k, paidOut, toCompany, weight);
        return totals.close(toCompany, pool - paidOut);
    }

    /** What counts for {@code holder} in a week that is over. */
    private static Uint128 weight(Frame frame, VaultTerms terms, long k, Principal holder) {
        return outside(terms, frame.self()).contains(holder)
                ? Uint128.ZERO
                : held(frame, terms, k, holder);
    }

    /** Of all shares, less what those hold whose shares count for nobody. */
    private static Uint128 totalWeight(Frame frame, VaultTerms terms, long k) {
        Asset.Token shares = Token.asset(terms.token());
        Uint128 total =
                frame.cumulativeSupply(shares, terms.endOf(k))
                        .minus(frame.cumulativeSupply(shares, terms.weighedFrom(k)));
        for (Principal outside : outside(terms, frame.self())) {
            total = total.minus(held(frame, terms, k, outside));
        }
        return total;
    }

    private static Uint128 held(Frame frame, VaultTerms terms, long k, Principal holder) {
        Asset.Token shares = Token.asset(terms.token());
        return frame.cumulative(shares, holder, terms.endOf(k))
                .minus(frame.cumulative(shares, holder, terms.weighedFrom(k)));
    }

    /** Three contracts, of which none could claim; all different. */
    private static List<Principal> outside(VaultTerms terms, Principal self) {
        return List.of(terms.company(), terms.auction(), self);
    }

    private static @Nullable String insolvency(StateView state) {
        Totals totals = state.find(TOTALS).orElseThrow();
        long owed = totals.due + totals.carry;
        for (VaultWeek week : state.all(WEEKS).values()) {
            owed += open(week) + week.unclaimed();
        }
        long balance = state.balance(Asset.COIN, state.self());
        return balance >= owed ? null : "has " + balance + ", owes " + owed;
    }

    private static @Nullable String loss(StateView state) {
        Totals totals = state.find(TOTALS).orElseThrow();
        long known = totals.due + totals.carry + totals.withdrawn;
        for (VaultWeek week : state.all(WEEKS).values()) {
            known += open(week) + week.unclaimed() + week.claimed();
        }
        return known == totals.received
                ? null
                : "received " + totals.received + ", knows of " + known;
    }

    private static @Nullable String overclaim(StateView state) {
        SortedMap<Long, Long> claimed = new TreeMap<>();
        state.all(CLAIMS)
                .forEach((key, amount) ->
                        claimed.merge(ClaimKey.SHAPE.decode(key).week, amount, Math::addExact));
        for (var entry : state.all(WEEKS).entrySet()) {
            long k = Shape.UINT.decode(entry.getKey());
            VaultWeek week = entry.getValue();
            if (week.claimed() > week.pool()
                    || week.claimed() != claimed.getOrDefault(k, 0L)
                    || week.claimedWeight().compareTo(week.totalWeight()) > 0) {
                return "week " + k + ": claims " + claimed.get(k) + " of " + week;
            }
        }
        return null;
    }

    private static long open(VaultWeek week) {
        return week.stage() == VaultWeek.Stage.OPEN ? week.payments() + week.auctions() : 0;
    }
}
