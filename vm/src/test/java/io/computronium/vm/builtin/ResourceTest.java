package io.computronium.vm.builtin;

import static io.computronium.vm.TestWorld.account;
import static io.computronium.vm.TestWorld.buffer;
import static io.computronium.vm.TestWorld.call;
import static io.computronium.vm.TestWorld.instance;
import static io.computronium.vm.TestWorld.none;
import static io.computronium.vm.TestWorld.principal;
import static io.computronium.vm.TestWorld.some;
import static io.computronium.vm.TestWorld.system;
import static io.computronium.vm.TestWorld.text;
import static io.computronium.vm.TestWorld.uint;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.primitives.bft.SignBytes;
import io.computronium.vm.TestWorld;
import io.computronium.vm.TestWorld.Outcome;
import io.computronium.vm.builtin.VaultTerms.Weighting;
import io.computronium.vm.contract.Contract;
import io.computronium.vm.contract.Fault;
import io.computronium.vm.contract.Method;
import io.computronium.vm.contract.Shape;
import io.computronium.vm.value.Value;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Companies: resources, invoices, purchases, meters; every error, and what attackers gain. */
class ResourceTest {

    private static final Fault DISABLED = fault("DISABLED");
    private static final Fault NAME_USED = fault("NAME_USED");
    private static final Fault ALREADY_PAID = fault("ALREADY_PAID");
    private static final Fault PRICE_CHANGED = fault("PRICE_CHANGED");
    private static final Fault METER_EMPTY = fault("METER_EMPTY");
    private static final Fault NOT_MONOTONE = fault("NOT_MONOTONE");
    private static final Fault COSIGN_NEEDED = fault("COSIGN_NEEDED");

    /** A company without a vault. */
    private static final Principal SHOP = instance("alice", "shop");

    private final Firm firm = Firm.of("bob", "carol");
    private final TestWorld world = firm.world;

    ResourceTest() {
        world.call("alice", system("resource"), "create", text("shop")).value();
    }

    @AfterEach
    void invariantsHold() {
        world.checkInvariants();
    }

    private static Fault fault(String name) {
        return Firm.fault(Resource.DECLARATION, name);
    }

    private static void expect(Outcome outcome, Fault fault) {
        outcome.expect(Resource.DECLARATION, fault);
    }

    private Outcome add(Principal company, String name, Offering.Measure unit, long price) {
        return world.call(
                "alice",
                company,
                "add-resource",
                Value.Utf8.of(name),
                Value.Utf8.of(""),
                Offering.Measure.SHAPE.toValue(unit),
                uint(price),
                none());
    }

    private Offering resource(Principal company, long id) {
        return world.read(Shape.optional(Offering.SHAPE), company, "get-resource", uint(id))
                .orElseThrow();
    }

    private Invoice invoice(long id) {
        return world.read(Shape.optional(Invoice.SHAPE), Firm.COMPANY, "get-invoice", uint(id))
                .orElseThrow();
    }

    private Meter meter(long id) {
        return world.read(Shape.optional(Meter.SHAPE), Firm.COMPANY, "get-meter", uint(id))
                .orElseThrow();
    }

    private long issue(String user, long quantity, long due) {
        return invoice("alice", 1, user, quantity, due).value(Shape.UINT);
    }

    private Outcome invoice(String sender, long resource, String user, long quantity, long due) {
        return world.call(
                sender,
                Firm.COMPANY,
                "invoice",
                uint(resource),
                principal(user),
                uint(quantity),
                uint(due),
                some(buffer(Bytes.ofHex("0102"))));
    }

    private Outcome onInvoice(String sender, String method, long id) {
        return world.call(sender, Firm.COMPANY, method, uint(id));
    }

    private Outcome buy(Principal company, String name, long quantity, long max) {
        return world.call(
                "bob",
                company,
                "pay-by-name",
                Value.Utf8.of(name),
                uint(quantity),
                uint(max),
                none());
    }

    // Companies

    @Test
    void aRevenueShareCompanyIsFourContractsOrNone() {
        var other = Firm.world("bob");
        other.call("alice", system("resource"), "create", text("acme-auction")).value();
        Outcome taken = Firm.create(other, Firm.options(Weighting.TIME, 2_500, 10_000));
        taken.expect(Auction.DECLARATION, Fault.Common.EXISTS);
        for (Principal part : new Principal[] {Firm.COMPANY, Firm.TOKEN, Firm.VAULT}) {
            Outcome missing = other.call("bob", part, "get-terms");
            assertTrue(missing.toString().contains("UNKNOWN_CONTRACT"), missing::toString);
        }
    }

    @Test
    void aRevenueShareCompanyHasSensibleDefaults() {
        Principal company = instance("alice", "defaults");
        world.call(
                        "alice",
                        system("resource"),
                        "create-revenue-share",
                        text("defaults"),
                        uint(1_000),
                        uint(10),
                        uint(5),
                        none(),
                        none(),
                        none(),
                        none(),
                        none(),
                        none(),
                        none(),
                        none())
                .value();
        Principal vault = instance("alice", "defaults-vault");
        VaultTerms terms =
                world.read(Shape.optional(VaultTerms.SHAPE), vault, "get-terms").orElseThrow();
        assertEquals(company, terms.company());
        assertEquals(604_800, terms.week());
        assertEquals(2_500, terms.holderBp());
        assertEquals(10_000, terms.auctionBp());
        assertEquals(Weighting.TIME, terms.weighting());
        Token.Terms token =
                world.read(
                                Shape.optional(Token.Terms.SHAPE),
                                instance("alice", "defaults-token"),
                                "get-token")
                        .orElseThrow();
        assertEquals("defaults", token.symbol());
        assertEquals(Optional.of(instance("alice", "defaults-auction")), token.minter());
        AuctionTerms auction =
                world.read(
                                Shape.optional(AuctionTerms.SHAPE),
                                instance("alice", "defaults-auction"),
                                "get-terms")
                        .orElseThrow();
        assertEquals(86_400, auction.day());
        assertEquals(1, auction.tick());
        assertEquals(1_024, auction.maxBids());
    }

    @Test
    void theNameLeavesRoomForThoseOfTheParts() {
        Value[] options = Firm.options(Weighting.TIME, 2_500, 10_000);
        for (int length : new int[] {32, 33, 40}) {
            Value[] arguments = new Value[options.length + 1];
            arguments[0] = text("a".repeat(length));
            System.arraycopy(options, 0, arguments, 1, options.length);
            Outcome outcome =
                    world.call("bob", system("resource"), "create-revenue-share", arguments);
            if (length == 32) {
                outcome.value();
            } else {
                expect(outcome, Fault.Common.INVALID_PARAMS);
            }
        }
    }

    @Test
    void onlyTheOwnerRunsTheCompany() {
        long invoice = issue("carol", 5, 1_000);
        expect(
                world.call(
                        "bob",
                        Firm.COMPANY,
                        "add-resource",
                        Value.Utf8.of("x"),
                        Value.Utf8.of(""),
                        uint(0),
                        uint(1),
                        none()),
                Fault.Common.UNAUTHORIZED);
        expect(onInvoice("bob", "toggle", 1), Fault.Common.UNAUTHORIZED);
        expect(
                world.call("bob", Firm.COMPANY, "set-price", uint(1), uint(1), uint(200_000)),
                Fault.Common.UNAUTHORIZED);
        expect(invoice("bob", 1, "carol", 5, 1_000), Fault.Common.UNAUTHORIZED);
        expect(onInvoice("bob", "void", invoice), Fault.Common.UNAUTHORIZED);
        expect(setPayTo("bob", SHOP, "alice", "bob"), Fault.Common.UNAUTHORIZED);
    }

    /** The attack: a contract that the owner calls uses the owner's rights. */
    @Test
    void noContractBetweenUsesTheOwnersRights() {
        long invoice = issue("carol", 5, 1_000);
        long meter = openMeter("bob", 1, 1_000, none());
        expect(firm.trick("alice", "void", Firm.COMPANY, invoice), Fault.Common.UNAUTHORIZED);
        expect(firm.trick("alice", "toggle", Firm.COMPANY, 1), Fault.Common.UNAUTHORIZED);
        expect(firm.trick("alice", "close-meter", Firm.COMPANY, meter), Fault.Common.TOO_EARLY);
    }

    // Resources

    @Test
    void aNameIsUsedOnce() {
        expect(add(Firm.COMPANY, "call", Offering.Measure.CALL, 5), NAME_USED);
        expect(add(Firm.COMPANY, "", Offering.Measure.CALL, 5), Fault.Common.INVALID_PARAMS);
        expect(add(Firm.COMPANY, "free", Offering.Measure.CALL, 0), Fault.Common.INVALID_PARAMS);
        assertEquals(
                2, add(Firm.COMPANY, "x".repeat(50), Offering.Measure.CALL, 5).value(Shape.UINT));
        Outcome tooLong = add(Firm.COMPANY, "x".repeat(51), Offering.Measure.CALL, 5);
        assertTrue(tooLong.toString().contains("WRONG_ARGUMENT"), tooLong::toString);
    }

    @Test
    void whatIsDisabledIsNotSold() {
        long before = issue("bob", 5, 1_000);
        assertEquals(false, onInvoice("alice", "toggle", 1).value(Shape.BOOL));
        expect(firm.buy("bob", 5), DISABLED);
        expect(invoice("alice", 1, "bob", 5, 1_000), DISABLED);
        expect(open("bob", 1, 5, 1_000, none()), DISABLED);
        onInvoice("bob", "pay", before).value();
        assertEquals(true, onInvoice("alice", "toggle", 1).value(Shape.BOOL));
        firm.buy("bob", 5).value();
        expect(onInvoice("alice", "toggle", 9), Fault.Common.NOT_FOUND);
    }

    /** The attack: the price rises between the quote and the purchase. */
    @Test
    void aPriceRisesWithADaysNotice() {
        long from = world.nextHeight() + 86_400;
        expect(setPrice(1, 7, from - 1), Fault.Common.TOO_EARLY);
        expect(setPrice(1, 0, from + 9), Fault.Common.INVALID_PARAMS);
        from = world.nextHeight() + 86_400;
        setPrice(1, 7, from).value();
        world.skipTo(from - 1);
        firm.buy("bob", 1_000).value();
        expect(firm.buy("bob", 1_000), PRICE_CHANGED);
        assertEquals(7_000, quote("call", 1_000));
        setPrice(1, 9, from + 100_000).value();
        assertEquals(7_000, quote("call", 1_000), "what holds goes on until the next");
    }

    private long quote(String name, long quantity) {
        return world.read(Shape.UINT, Firm.COMPANY, "quote", Value.Utf8.of(name), uint(quantity));
    }

    private Outcome setPrice(long resource, long price, long from) {
        return world.call(
                "alice", Firm.COMPANY, "set-price", uint(resource), uint(price), uint(from));
    }

    // Who is paid

    @Test
    void whoIsPaidHandsThatOn() {
        add(SHOP, "call", Offering.Measure.CALL, 1).value();
        expect(setPayTo("alice", SHOP, "bob", "carol"), Fault.Common.WRONG_STATE);
        setPayTo("alice", SHOP, "alice", "bob").value();
        setPayTo("bob", SHOP, "bob", "carol").value();
        expect(setPayTo("bob", SHOP, "carol", "bob"), Fault.Common.UNAUTHORIZED);
        long before = world.balance("carol");
        buy(SHOP, "call", 1_000, 1_010).value();
        assertEquals(before + 1_000, world.balance("carol"));
        expect(
                world.call("alice", SHOP, "set-pay-to", principal("carol"), principal(SHOP)),
                Fault.Common.INVALID_PARAMS);
    }

    /** The attack: having sold shares, the owner leads payments past the vault. */
    @Test
    void nobodyLeadsPaymentsPastTheVault() {
        expect(setPayTo("alice", Firm.COMPANY, "alice", "bob"), Fault.Common.WRONG_STATE);
        firm.buy("bob", 1_000).value();
        assertEquals(1_000, firm.week(0).payments());
    }

    private Outcome setPayTo(String sender, Principal company, String from, String to) {
        return world.call(sender, company, "set-pay-to", principal(from), principal(to));
    }

    // Invoices

    @Test
    void thePriceReachesTheVaultWholeAndTheFeeComesOnTop() {
        long before = world.balance("bob");
        Outcome bought = firm.buy("bob", 1_001);
        assertEquals(1, bought.value(Shape.UINT));
        assertEquals(before - 1_001 - 11 - bought.receipt().fee(), world.balance("bob"));
        assertEquals(1_001, firm.week(0).payments());
        assertEquals(1_001, firm.company().revenue());
        assertEquals(0, world.balance(Firm.COMPANY));
        assertEquals(
                new Company.User(1, 1_001, 1_001),
                world.read(
                                Shape.optional(Company.User.SHAPE),
                                Firm.COMPANY,
                                "get-user",
                                principal("bob"))
                        .orElseThrow());
        assertEquals(
                Optional.of(account("bob")),
                world.read(Shape.optional(Shape.PRINCIPAL), Firm.COMPANY, "get-user-at", uint(1)));
        assertEquals(
                Optional.of(1L),
                world.read(
                        Shape.optional(Shape.UINT),
                        Firm.COMPANY,
                        "get-recent-invoice",
                        uint(1),
                        principal("bob")));
        assertEquals(1_001, resource(Firm.COMPANY, 1).spent());
    }

    @Test
    void aPurchaseNamesTheMostThatItMayCostWithTheFee() {
        expect(buy(Firm.COMPANY, "call", 1_000, 1_009), PRICE_CHANGED);
        buy(Firm.COMPANY, "call", 1_000, 1_010).value();
        expect(buy(Firm.COMPANY, "none", 1, 1_000), Fault.Common.NOT_FOUND);
        expect(buy(Firm.COMPANY, "call", 0, 1_000), Fault.Common.INVALID_PARAMS);
        expect(buy(Firm.COMPANY, "call", Long.MAX_VALUE, 1_000), Fault.Common.INVALID_PARAMS);
        expect(buy(Firm.COMPANY, "call", Firm.RICH, Long.MAX_VALUE), Fault.Common.INSUFFICIENT);
        assertEquals(1, firm.company().invoices());
    }

    @Test
    void anInvoiceIsPaidOnceByWhomItWasSentTo() {
        long id = issue("bob", 500, 1_000);
        assertEquals(Invoice.State.OPEN, invoice(id).state());
        expect(onInvoice("carol", "pay", id), Fault.Common.UNAUTHORIZED);
        onInvoice("bob", "pay", id).value();
        assertEquals(Invoice.State.PAID, invoice(id).state());
        expect(onInvoice("bob", "pay", id), ALREADY_PAID);
        expect(onInvoice("alice", "void", id), ALREADY_PAID);
        expect(onInvoice("bob", "expire", id), ALREADY_PAID);
        expect(onInvoice("bob", "pay", 99), Fault.Common.NOT_FOUND);
    }

    @Test
    void anInvoiceCanBePaidUntilItIsDue() {
        long due = world.nextHeight() + 10;
        long id = issue("bob", 500, due);
        long late = issue("bob", 500, due);
        expect(onInvoice("bob", "expire", id), Fault.Common.TOO_EARLY);
        world.skipTo(due);
        onInvoice("bob", "pay", id).value();
        expect(onInvoice("bob", "pay", late), Fault.Common.TOO_LATE);
        onInvoice("carol", "expire", late).value();
        assertEquals(Invoice.State.EXPIRED, invoice(late).state());
        expect(onInvoice("bob", "pay", late), Fault.Common.WRONG_STATE);
        expect(invoice("alice", 1, "bob", 5, due), Fault.Common.INVALID_PARAMS);
        expect(invoice("alice", 9, "bob", 5, due + 100), Fault.Common.NOT_FOUND);
        expect(invoice("alice", 1, "bob", 0, due + 100), Fault.Common.INVALID_PARAMS);
    }

    @Test
    void theCompanyTakesAnInvoiceBack() {
        long id = issue("bob", 500, 1_000);
        onInvoice("alice", "void", id).value();
        assertEquals(Invoice.State.VOID, invoice(id).state());
        expect(onInvoice("bob", "pay", id), Fault.Common.WRONG_STATE);
    }

    /** What a rating refers to. */
    @Test
    void paymentsAreRemembered() {
        long id = firm.buy("bob", 10_000).value(Shape.UINT);
        Payment payment = payment("bob", Payment.id(id)).orElseThrow();
        assertEquals(account("bob"), payment.payer());
        assertEquals(account("alice"), payment.payee());
        assertEquals(30, payment.burnt());
        assertEquals(Optional.empty(), payment("carol", Payment.id(id)));
        assertEquals(Optional.empty(), payment("bob", Payment.id(id + 1)));
        assertEquals(Optional.empty(), payment("bob", Payment.id((byte) 2, id)));
        long open = issue("bob", 500, 1_000);
        assertEquals(Optional.empty(), payment("bob", Payment.id(open)));
        long meter = openMeter("bob", 1, 10_000, none());
        draw(meter, 10_000).value();
        assertEquals(Optional.empty(), payment("bob", Payment.id((byte) 1, meter)), "still open");
        onInvoice("alice", "close-meter", meter).value();
        assertEquals(30, payment("bob", Payment.id((byte) 1, meter)).orElseThrow().burnt());
    }

    private Optional<Payment> payment(String payer, Bytes id) {
        return world.read(
                Shape.optional(Payment.SHAPE),
                Firm.COMPANY,
                "get-payment",
                principal(payer),
                buffer(id));
    }

    // Meters

    private Outcome open(String user, long resource, long deposit, long expiry, Value cosigner) {
        return world.call(
                user,
                Firm.COMPANY,
                "open-meter",
                uint(resource),
                uint(deposit),
                uint(expiry),
                cosigner);
    }

    private long openMeter(String user, long resource, long deposit, Value cosigner) {
        return open(user, resource, deposit, world.nextHeight() + 1_000, cosigner)
                .value(Shape.UINT);
    }

    private Outcome draw(long meter, long quantity) {
        return draw(meter, quantity, none());
    }

    private Outcome draw(long meter, long quantity, Value signature) {
        return world.call("alice", Firm.COMPANY, "draw", uint(meter), uint(quantity), signature);
    }

    private long gpu() {
        return add(Firm.COMPANY, "gpu", Offering.Measure.GPU_SECOND, 1_000_000).value(Shape.UINT);
    }

    /** The design's vector: a GPU hour of a million grains, drawn every 10 seconds. */
    @Test
    void drawsOfAnHourAreItsPrice() {
        long meter = openMeter("bob", gpu(), 1_000_000, none());
        for (int seconds = 10; seconds <= 30; seconds += 10) {
            assertEquals(2_778, draw(meter, seconds).value(Shape.UINT), seconds + " s");
        }
        long drawn = 3 * 2_778;
        for (int seconds = 40; seconds <= 3_600; seconds += 10) {
            drawn += draw(meter, seconds).value(Shape.UINT);
        }
        assertEquals(1_000_000, drawn);
        assertEquals(1_000_000, firm.week(0).payments());
        assertEquals(10_000, meter(meter).fees(), "the fee rounds once, too");
        expect(draw(meter, 3_601), METER_EMPTY);
    }

    @Test
    void closingGivesBackWhatWasNotDrawn() {
        long meter = openMeter("bob", gpu(), 1_000_000, none());
        assertEquals(1_010_000, world.balance(Firm.COMPANY));
        draw(meter, 10).value();
        long before = world.balance("bob");
        assertEquals(
                1_000_000 - 2_778 + 10_000 - 28,
                onInvoice("alice", "close-meter", meter).value(Shape.UINT));
        assertEquals(before + 997_222 + 9_972, world.balance("bob"));
        assertEquals(0, world.balance(Firm.COMPANY));
        expect(onInvoice("alice", "close-meter", meter), Fault.Common.WRONG_STATE);
        expect(draw(meter, 20), Fault.Common.WRONG_STATE);
    }

    @Test
    void aMeterIsDrawnFromUntilItExpiresAndThenClosedByAnyone() {
        long meter = openMeter("bob", 1, 100, none());
        long expiry = meter(meter).expiry();
        expect(onInvoice("bob", "close-meter", meter), Fault.Common.TOO_EARLY);
        world.skipTo(expiry);
        draw(meter, 10).value();
        expect(draw(meter, 20), Fault.Common.TOO_LATE);
        onInvoice("carol", "close-meter", meter).value();
    }

    @Test
    void quantitiesOnlyRise() {
        long meter = openMeter("bob", 1, 100, none());
        draw(meter, 10).value();
        expect(draw(meter, 10), NOT_MONOTONE);
        expect(draw(meter, 9), NOT_MONOTONE);
        expect(draw(meter, 101), METER_EMPTY);
        expect(draw(meter, Long.MAX_VALUE), METER_EMPTY);
        expect(draw(99, 1), Fault.Common.NOT_FOUND);
        expect(
                world.call("bob", Firm.COMPANY, "draw", uint(meter), uint(20), none()),
                Fault.Common.UNAUTHORIZED);
    }

    /** The attack: the company counts more than was used. */
    @Test
    void aCosignerCountsToo() {
        byte[] key = TestWorld.key("carol").publicKey().toArray();
        long meter = openMeter("bob", 1, 100, some(buffer(Bytes.owned(key))));
        long other = openMeter("bob", 1, 100, some(buffer(Bytes.owned(key))));
        expect(draw(meter, 10), COSIGN_NEEDED);
        expect(draw(meter, 10, signature("bob", meter, 10)), COSIGN_NEEDED);
        expect(draw(meter, 11, signature("carol", meter, 10)), COSIGN_NEEDED);
        expect(draw(other, 10, signature("carol", meter, 10)), COSIGN_NEEDED);
        draw(meter, 10, signature("carol", meter, 10)).value();
        expect(draw(meter, 10, signature("carol", meter, 10)), NOT_MONOTONE);
    }

    private Value signature(String signer, long meter, long quantity) {
        byte[] message = SignBytes.meterDraw(TestWorld.chain(), Firm.COMPANY, meter, quantity);
        byte[] signature = TestWorld.key(signer).sign(message).toArray();
        return some(buffer(Bytes.owned(signature)));
    }

    @Test
    void aMetersPriceIsThatOfItsOpening() {
        long meter = open("bob", 1, 100, world.nextHeight() + 200_000, none()).value(Shape.UINT);
        setPrice(1, 50, world.nextHeight() + 86_400).value();
        world.skip(100_000);
        assertEquals(10, draw(meter, 10).value(Shape.UINT));
    }

    @Test
    void depositsAndTermsAreBounded() {
        long now = world.nextHeight();
        expect(open("bob", 1, 0, now + 10, none()), Fault.Common.INVALID_PARAMS);
        expect(open("bob", 1, 10, now, none()), Fault.Common.INVALID_PARAMS);
        expect(open("bob", 1, 10, now + 40_000_000, none()), Fault.Common.INVALID_PARAMS);
        expect(open("bob", 1, Firm.RICH, now + 10, none()), Fault.Common.INSUFFICIENT);
        expect(open("bob", 9, 10, now + 10, none()), Fault.Common.NOT_FOUND);
        expect(
                open("bob", 1, 10, now + 10, some(buffer(Bytes.copyOf(new byte[32])))),
                Fault.Common.INVALID_PARAMS);
    }

    @Test
    void anErrorTakesBackTheOtherCallsOfItsTransaction() {
        var good =
                call(
                        Firm.COMPANY,
                        "pay-by-name",
                        Value.Utf8.of("call"),
                        uint(100),
                        uint(101),
                        none());
        var bad = call(Firm.COMPANY, "pay", uint(99));
        long before = world.balance("bob");
        Outcome outcome = world.run("bob", good, good, bad);
        expect(outcome, Fault.Common.NOT_FOUND);
        assertEquals(before - outcome.receipt().fee(), world.balance("bob"));
        assertEquals(0, firm.company().revenue());
        assertEquals(0, outcome.receipt().events().size());
    }

    /** Numbers beyond 63 bits answer an error, wherever they are put. */
    @Test
    void hugeNumbersAreRefused() {
        Value huge = new Value.UInt(-1, -1);
        for (Contract contract :
                new Contract[] {Resource.DECLARATION, Vault.DECLARATION, Auction.DECLARATION}) {
            for (var method : contract.methods()) {
                refuseHuge(contract, method, huge);
            }
        }
    }

    private void refuseHuge(Contract contract, Method<?> method, Value huge) {
        Principal target =
                switch (contract.name()) {
                    case Resource.NAME -> Firm.COMPANY;
                    case Vault.NAME -> Firm.VAULT;
                    default -> Firm.AUCTION;
                };
        if (method.parameters().size() != 1
                || !method.parameters().getFirst().shape().equals(Shape.UINT)) {
            return;
        }
        Outcome outcome = world.call("alice", target, method.name(), huge);
        outcome.expect(contract, Fault.Common.INVALID_PARAMS);
    }
}
