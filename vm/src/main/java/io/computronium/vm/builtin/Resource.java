package io.computronium.vm.builtin;

import static io.computronium.vm.contract.Fault.Common.INVALID_PARAMS;
import static io.computronium.vm.contract.Fault.Common.NOT_FOUND;
import static io.computronium.vm.contract.Fault.Common.TOO_EARLY;
import static io.computronium.vm.contract.Fault.Common.TOO_LATE;
import static io.computronium.vm.contract.Fault.Common.UNAUTHORIZED;
import static io.computronium.vm.contract.Fault.Common.WRONG_STATE;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.primitives.tx.Asset;
import io.computronium.vm.contract.Contract;
import io.computronium.vm.contract.EventType;
import io.computronium.vm.contract.Fault;
import io.computronium.vm.contract.Frame;
import io.computronium.vm.contract.MapSlot;
import io.computronium.vm.contract.Method;
import io.computronium.vm.contract.Parameter;
import io.computronium.vm.contract.Shape;
import io.computronium.vm.contract.StateView;
import io.computronium.vm.contract.Unit;
import io.computronium.vm.contract.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A company that sells resources: calls of a service, seconds of a processor, tokens of a model. It
 * issues invoices that users pay, users buy by name, and usage that is not known in advance is
 * drawn from a deposit ({@link Metering}). Whoever pays also pays the network's service fee; the
 * price itself reaches the company whole.
 *
 * <p>A company made by {@link RevenueShare} has a vault. What it earns goes there, and nobody can
 * lead it elsewhere.
 *
 * <p>A price rises with a day's notice, and a purchase names the most that it may cost. An invoice
 * that is paid is the receipt.
 */
final class Resource {

    static final String NAME = "resource";

    // State

    static final Variable<Company> COMPANY =
            new Variable<>(1, "company", Company.SHAPE, "Who the company is, what it has earned");
    static final MapSlot<Long, Offering> RESOURCES =
            new MapSlot<>(2, "resource", Shape.UINT, Offering.SHAPE, "What the company sells");
    private static final MapSlot<String, Long> NAMES =
            new MapSlot<>(3, "resource-id", Offering.NAME, Shape.UINT, "Which resource has a name");
    private static final MapSlot<Principal, Company.User> USERS =
            new MapSlot<>(4, "user", Shape.PRINCIPAL, Company.User.SHAPE, "Who has paid");
    private static final MapSlot<Long, Principal> USERS_BY_INDEX =
            new MapSlot<>(5, "user-at", Shape.UINT, Shape.PRINCIPAL, "Users, counted from 1");
    private static final MapSlot<Long, Invoice> INVOICES =
            new MapSlot<>(6, "invoice", Shape.UINT, Invoice.SHAPE, "Owed, or paid: then a receipt");
    private static final MapSlot<Company.Purchase, Long> RECENT =
            new MapSlot<>(
                    7,
                    "recent-invoice",
                    Company.Purchase.SHAPE,
                    Shape.UINT,
                    "The latest invoice of a user for a resource");

    // Parameters

    private static final Parameter<String> RESOURCE_NAME =
            Parameter.of("resource", Offering.NAME, "its name, up to 50 characters");
    private static final Parameter<String> DESCRIPTION =
            Parameter.of("description", Offering.DESCRIPTION, "up to 255 characters");
    private static final Parameter<Offering.Measure> UNIT =
            Parameter.of(
                    "unit",
                    Offering.Measure.SHAPE,
                    "0: a call, 1: a CPU second, 2: a GPU second, 3: 1,000 tokens, 4: a megabyte");
    private static final Parameter<Long> PRICE =
            Parameter.coins("price", "of one unit; of 3,600 where they are seconds");
    private static final Parameter<Optional<Bytes>> URL =
            Parameter.of("url", Offering.URL, "SHA-256 of the address where it is served");
    static final Parameter<Long> RESOURCE = Parameter.number("resource-id", "of a resource");
    private static final Parameter<Long> FROM_HEIGHT =
            Parameter.blocks("from-height", "first height at which it holds, a day ahead");
    private static final Parameter<Principal> OLD = Parameter.principal("old", "who is paid now");
    private static final Parameter<Principal> NEW =
            Parameter.principal("new", "who is paid from now on");
    private static final Parameter<Principal> USER = Parameter.principal("user", "who is to pay");
    private static final Parameter<Long> QUANTITY = Parameter.number("quantity", "how many units");
    private static final Parameter<Long> DUE =
            Parameter.blocks("due", "the last height at which it can be paid");
    private static final Parameter<Optional<Bytes>> MEMO =
            Parameter.of("memo", Invoice.MEMO, "up to 34 bytes that both understand");
    private static final Parameter<Long> INVOICE = Parameter.number("invoice", "its number");
    private static final Parameter<Long> MAX_AMOUNT =
            Parameter.coins("max-amount", "the most to pay, the service fee included");

    // What goes wrong and what is announced

    static final Fault DISABLED =
            new Fault.Own(10, "DISABLED", "the company does not sell this at present");
    private static final Fault NAME_USED =
            new Fault.Own(11, "NAME_USED", "another resource of the company has this name");
    private static final Fault ALREADY_PAID =
            new Fault.Own(12, "ALREADY_PAID", "the invoice has been paid");
    private static final Fault PRICE_CHANGED =
            new Fault.Own(13, "PRICE_CHANGED", "it costs more than max-amount; look at the price");

    private static final EventType CREATED =
            EventType.of(
                    "company-created",
                    "A company began",
                    EventType.key("owner", Shape.PRINCIPAL),
                    EventType.field("vault", Shape.optional(Shape.PRINCIPAL)));
    private static final EventType ADDED =
            EventType.of(
                    "resource-added",
                    "Something more is sold",
                    EventType.key("resource", Shape.UINT),
                    EventType.field("name", Offering.NAME),
                    EventType.amount("price", Unit.COIN));
    private static final EventType TOGGLED =
            EventType.of(
                    "resource-toggled",
                    "A resource is sold again, or no more",
                    EventType.key("resource", Shape.UINT),
                    EventType.field("enabled", Shape.BOOL));
    private static final EventType PRICED =
            EventType.of(
                    "price-announced",
                    "A resource will cost something else",
                    EventType.key("resource", Shape.UINT),
                    EventType.amount("price", Unit.COIN),
                    EventType.amount("from-height", Unit.BLOCKS));
    private static final EventType PAY_TO_SET =
            EventType.of(
                    "pay-to-set",
                    "Someone else is paid",
                    EventType.key("old", Shape.PRINCIPAL),
                    EventType.key("new", Shape.PRINCIPAL));
    private static final EventType ISSUED =
            EventType.of(
                    "invoice-issued",
                    "A user owes something",
                    EventType.key("invoice", Shape.UINT),
                    EventType.key("resource", Shape.UINT),
                    EventType.key("user", Shape.PRINCIPAL),
                    EventType.amount("amount", Unit.COIN));
    private static final EventType PAID =
            EventType.of(
                    "invoice-paid",
                    "A user paid",
                    EventType.key("invoice", Shape.UINT),
                    EventType.key("resource", Shape.UINT),
                    EventType.key("user", Shape.PRINCIPAL),
                    EventType.amount("amount", Unit.COIN),
                    EventType.amount("fee", Unit.COIN));
    private static final EventType ENDED =
            EventType.of(
                    "invoice-ended",
                    "An invoice can no longer be paid",
                    EventType.key("invoice", Shape.UINT),
                    EventType.key("user", Shape.PRINCIPAL),
                    EventType.field("expired", Shape.BOOL));

    static final Contract DECLARATION =
            Contract.template(NAME, 13, "A company that sells resources by invoice, name or meter")
                    .variables(COMPANY)
                    .maps(
                            RESOURCES,
                            NAMES,
                            USERS,
                            USERS_BY_INDEX,
                            INVOICES,
                            RECENT,
                            Metering.METERS)
                    .constructors(
                            Method.directly("create", "Begins a company that pays its owner")
                                    .takes(Contract.INSTANCE)
                                    .gas(1_000)
                                    .command("company", "create", "acme --from alice")
                                    .returns(Shape.BOOL, Resource::create),
                            RevenueShare.CONSTRUCTOR)
                    .methods(methods())
                    .faults(
                            DISABLED,
                            NAME_USED,
                            ALREADY_PAID,
                            PRICE_CHANGED,
                            Metering.METER_EMPTY,
                            Metering.NOT_MONOTONE,
                            Metering.COSIGN_NEEDED)
                    .events(
                            CREATED,
                            ADDED,
                            TOGGLED,
                            PRICED,
                            PAY_TO_SET,
                            ISSUED,
                            PAID,
                            ENDED,
                            Metering.OPENED,
                            Metering.DRAWN,
                            Metering.CLOSED)
                    .invariants(
                            new Contract.Invariant(
                                    "revenue",
                                    "paid invoices and draws are the revenue",
                                    Resource::misbooked),
                            new Contract.Invariant(
                                    "deposits",
                                    "draws are within deposits, which are there",
                                    Metering::uncovered))
                    .declare();

    private Resource() {}

    private static Method<?>[] methods() {
        List<Method<?>> methods = new ArrayList<>();
        methods.add(
                Method.directly("add-resource", "Sells something more; the owner's right")
                        .takes(RESOURCE_NAME, DESCRIPTION, UNIT, PRICE, URL)
                        .gas(1_000)
                        .command(
                                NAME,
                                "add",
                                "acme --resource gpu --description 'GPU time' --unit 2"
                                        + " --price 0.01cptm --from alice")
                        .returns(Shape.UINT, Resource::add));
        methods.add(
                Method.directly("toggle", "Sells a resource no more, or again")
                        .takes(RESOURCE)
                        .gas(500)
                        .command(NAME, "toggle", "acme --resource-id 1 --from alice")
                        .returns(Shape.BOOL, Resource::toggle));
        methods.add(
                Method.directly("set-price", "Announces a price, a day or more ahead")
                        .takes(RESOURCE, PRICE, FROM_HEIGHT)
                        .gas(500)
                        .command(
                                NAME,
                                "set-price",
                                "acme --resource-id 1 --price 0.02cptm --from-height 100000"
                                        + " --from alice")
                        .returns(Shape.BOOL, Resource::setPrice));
        methods.add(
                Method.directly("set-pay-to", "Has someone else paid; the owner's or payee's right")
                        .takes(OLD, NEW)
                        .gas(500)
                        .command("company", "set-pay-to", "acme --old alice --new bob --from alice")
                        .returns(Shape.BOOL, Resource::setPayTo));
        methods.add(
                Method.directly("invoice", "Asks a user to pay for a quantity of a resource")
                        .takes(RESOURCE, USER, QUANTITY, DUE, MEMO)
                        .gas(1_000)
                        .command(
                                "invoice",
                                "issue",
                                "acme --resource-id 1 --user bob --quantity 10 --due 1000"
                                        + " --from alice")
                        .returns(Shape.UINT, Resource::issue));
        methods.add(
                Method.directly("void", "Takes an open invoice back")
                        .takes(INVOICE)
                        .gas(500)
                        .command("invoice", "void", "acme --invoice 1 --from alice")
                        .returns(Shape.BOOL, Resource::voidInvoice));
        methods.add(
                Method.publicly("expire", "Marks an open invoice whose time is over")
                        .takes(INVOICE)
                        .gas(500)
                        .command("invoice", "expire", "acme --invoice 1 --from bob")
                        .returns(Shape.BOOL, Resource::expire));
        methods.add(
                Method.publicly("pay", "Pays an invoice that one was sent, and the service fee")
                        .takes(INVOICE)
                        .gas(1_500)
                        .command("invoice", "pay", "acme --invoice 1 --from bob")
                        .returns(Shape.BOOL, Resource::payInvoice));
        methods.add(
                Method.publicly("pay-by-name", "Buys a quantity of a resource; answers the invoice")
                        .takes(RESOURCE_NAME, QUANTITY, MAX_AMOUNT, MEMO)
                        .gas(2_000)
                        .command(
                                NAME,
                                "pay",
                                "acme --resource gpu --quantity 1 --max-amount 0.02cptm --from bob")
                        .returns(Shape.UINT, Resource::payByName));
        methods.addAll(Metering.methods());
        methods.add(
                Method.readOnly("quote", "What a quantity costs now, without the service fee")
                        .takes(RESOURCE_NAME, QUANTITY)
                        .gas(500)
                        .command(NAME, "quote", "acme --resource gpu --quantity 10")
                        .returns(Shape.UINT, Resource::quote));
        methods.add(Payment.getter(Resource::payment));
        return methods.toArray(Method<?>[]::new);
    }

    private static boolean create(Frame frame) {
        begin(frame, Optional.empty());
        return true;
    }

    /** Begins the company of a constructor's frame. */
    static void begin(Frame frame, Optional<Principal> vault) {
        frame.put(COMPANY, Company.of(frame.sender(), vault));
        frame.emit(CREATED, frame.sender(), vault);
    }

    /** The company, if its owner calls. */
    static Company requireOwner(Frame frame) {
        Company company = frame.read(COMPANY);
        frame.require(frame.sender().equals(company.owner()), UNAUTHORIZED);
        return company;
    }

    // Resources

    private static long add(Frame frame) {
        Company company = requireOwner(frame).addResource();
        String name = frame.get(RESOURCE_NAME);
        long price = frame.get(PRICE);
        Offering.Measure unit = frame.get(UNIT);
        frame.require(!name.isEmpty() && price > 0, INVALID_PARAMS);
        frame.require(frame.find(NAMES, name).isEmpty(), NAME_USED);
        long id = company.resources();
        frame.put(
                RESOURCES,
                id,
                new Offering(
                        name,
                        frame.get(DESCRIPTION),
                        unit,
                        price,
                        unit.per(),
                        Optional.empty(),
                        true,
                        frame.get(URL),
                        0,
                        0));
        frame.put(NAMES, name, id);
        frame.put(COMPANY, company);
        frame.emit(ADDED, id, name, price);
        return id;
    }

    private static boolean toggle(Frame frame) {
        requireOwner(frame);
        long id = frame.get(RESOURCE);
        Offering resource = frame.read(RESOURCES, id).toggle();
        frame.put(RESOURCES, id, resource);
        frame.emit(TOGGLED, id, resource.enabled());
        return resource.enabled();
    }

    private static boolean setPrice(Frame frame) {
        requireOwner(frame);
        long id = frame.get(RESOURCE);
        Offering resource = frame.read(RESOURCES, id);
        var announced = new Offering.Announced(frame.get(PRICE), frame.get(FROM_HEIGHT));
        frame.require(announced.price() > 0, INVALID_PARAMS);
        frame.require(announced.from() >= frame.height() + Periods.SECURITY_DAY, TOO_EARLY);
        frame.put(RESOURCES, id, resource.announce(frame.height(), announced));
        frame.emit(PRICED, id, announced.price(), announced.from());
        return true;
    }

    private static boolean setPayTo(Frame frame) {
        Company company = frame.read(COMPANY);
        Principal sender = frame.sender();
        Principal next = frame.get(NEW);
        frame.require(
                sender.equals(company.owner()) || sender.equals(company.payTo()), UNAUTHORIZED);
        frame.require(company.vault().isEmpty(), WRONG_STATE);
        frame.require(company.payTo().equals(frame.get(OLD)), WRONG_STATE);
        frame.require(!next.equals(frame.self()), INVALID_PARAMS);
        frame.put(COMPANY, company.payTo(next));
        frame.emit(PAY_TO_SET, company.payTo(), next);
        return true;
    }

    // Invoices

    private static long issue(Frame frame) {
        Company company = requireOwner(frame);
        frame.require(frame.get(DUE) >= frame.height(), INVALID_PARAMS);
        return issue(frame, company, frame.get(RESOURCE), frame.get(USER), frame.get(DUE));
    }

    private static long issue(
            Frame frame, Company company, long resource, Principal user, long due) {
        Offering offering = requireEnabled(frame, resource);
        long quantity = frame.get(QUANTITY);
        frame.require(quantity > 0, INVALID_PARAMS);
        long amount = offering.amountAt(frame.height(), quantity);
        Company next = company.addInvoice();
        long id = next.invoices();
        frame.put(
                INVOICES, id, Invoice.open(resource, user, quantity, amount, due, frame.get(MEMO)));
        frame.put(RECENT, new Company.Purchase(resource, user), id);
        frame.put(COMPANY, next);
        frame.emit(ISSUED, id, resource, user, amount);
        return id;
    }

    static Offering requireEnabled(Frame frame, long resource) {
        Offering offering = frame.read(RESOURCES, resource);
        frame.require(offering.enabled(), DISABLED);
        return offering;
    }

    private static boolean voidInvoice(Frame frame) {
        requireOwner(frame);
        end(frame, requireOpen(frame, frame.get(INVOICE)), Invoice.State.VOID);
        return true;
    }

    private static boolean expire(Frame frame) {
        Invoice invoice = requireOpen(frame, frame.get(INVOICE));
        frame.require(frame.height() > invoice.due(), TOO_EARLY);
        end(frame, invoice, Invoice.State.EXPIRED);
        return true;
    }

    private static void end(Frame frame, Invoice invoice, Invoice.State how) {
        long id = frame.get(INVOICE);
        frame.put(INVOICES, id, invoice.end(how));
        frame.emit(ENDED, id, invoice.user(), how == Invoice.State.EXPIRED);
    }

    private static Invoice requireOpen(Frame frame, long id) {
        Invoice invoice = frame.read(INVOICES, id);
        frame.require(invoice.state() != Invoice.State.PAID, ALREADY_PAID);
        frame.require(invoice.state() == Invoice.State.OPEN, WRONG_STATE);
        return invoice;
    }

    private static boolean payInvoice(Frame frame) {
        long id = frame.get(INVOICE);
        Invoice invoice = requireOpen(frame, id);
        frame.require(frame.sender().equals(invoice.user()), UNAUTHORIZED);
        frame.require(frame.height() <= invoice.due(), TOO_LATE);
        pay(frame, id, invoice, ServiceFee.on(frame, invoice.amount()));
        return true;
    }

    private static long payByName(Frame frame) {
        long resource =
                frame.find(NAMES, frame.get(RESOURCE_NAME))
                        .orElseThrow(() -> frame.failure(NOT_FOUND));
        Company company = frame.read(COMPANY);
        long id = issue(frame, company, resource, frame.sender(), frame.height());
        Invoice invoice = frame.read(INVOICES, id);
        long fee = ServiceFee.on(frame, invoice.amount());
        frame.require(Math.addExact(invoice.amount(), fee) <= frame.get(MAX_AMOUNT), PRICE_CHANGED);
        pay(frame, id, invoice, fee);
        return id;
    }

    private static void pay(Frame frame, long id, Invoice invoice, long fee) {
        frame.collect(Asset.COIN, Math.addExact(invoice.amount(), fee));
        long burnt = ServiceFee.pay(frame, fee);
        earn(frame, invoice.resource(), invoice.user(), invoice.quantity(), invoice.amount());
        frame.put(INVOICES, id, invoice.pay(frame.height(), burnt));
        frame.emit(PAID, id, invoice.resource(), invoice.user(), invoice.amount(), fee);
    }

    /** Hands on what this contract has collected for a resource, and books it. */
    static void earn(Frame frame, long resource, Principal user, long quantity, long amount) {
        Company company = frame.read(COMPANY).earn(amount);
        Optional<Company.User> known = frame.find(USERS, user);
        if (known.isEmpty()) {
            company = company.addUser();
            frame.put(USERS_BY_INDEX, company.users(), user);
        }
        Company.User customer = known.orElse(new Company.User(company.users(), 0, 0));
        frame.put(USERS, user, customer.buy(quantity, amount));
        frame.put(RESOURCES, resource, frame.read(RESOURCES, resource).sell(quantity, amount));
        frame.put(COMPANY, company);
        if (company.vault().isPresent()) {
            Vault.payIn(frame, company.vault().get(), Vault.Source.PAYMENT, amount);
        } else {
            frame.pay(Asset.COIN, company.payTo(), amount);
        }
    }

    // Reading

    private static long quote(Frame frame) {
        long id =
                frame.find(NAMES, frame.get(RESOURCE_NAME))
                        .orElseThrow(() -> frame.failure(NOT_FOUND));
        return frame.read(RESOURCES, id).amountAt(frame.height(), frame.get(QUANTITY));
    }

    /** An invoice, or a meter once it is closed: what was rated then cannot grow. */
    private static Optional<Payment> payment(Frame frame, Principal payer, Bytes id) {
        Principal payee = frame.read(COMPANY).owner();
        var invoice = Payment.number((byte) 0, id);
        if (invoice.isPresent()) {
            return frame.find(INVOICES, invoice.getAsLong())
                    .filter(i -> i.user().equals(payer))
                    .flatMap(i -> i.paidAt().map(at -> new Payment(payer, payee, i.burnt(), at)));
        }
        return Metering.payment(frame, payer, payee, id);
    }

    private static @Nullable String misbooked(StateView state) {
        Company company = state.find(COMPANY).orElseThrow();
        long paid = Metering.drawn(state);
        for (Invoice invoice : state.all(INVOICES).values()) {
            paid += invoice.state() == Invoice.State.PAID ? invoice.amount() : 0;
        }
        long sold = 0;
        for (Offering resource : state.all(RESOURCES).values()) {
            sold += resource.spent();
        }
        long spent = 0;
        for (Company.User user : state.all(USERS).values()) {
            spent += user.spent();
        }
        boolean right = paid == company.revenue() && sold == company.revenue() && spent == sold;
        return right
                ? null
                : "paid "
                        + paid
                        + ", of resources "
                        + sold
                        + ", by users "
                        + spent
                        + ", revenue "
                        + company.revenue();
    }
}
