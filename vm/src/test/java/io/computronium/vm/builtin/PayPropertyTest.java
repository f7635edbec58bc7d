package io.computronium.vm.builtin;

import static io.computronium.vm.TestWorld.account;
import static io.computronium.vm.TestWorld.buffer;
import static io.computronium.vm.TestWorld.call;
import static io.computronium.vm.TestWorld.key;
import static io.computronium.vm.TestWorld.none;
import static io.computronium.vm.TestWorld.system;
import static io.computronium.vm.TestWorld.uint;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.primitives.bft.SignBytes;
import io.computronium.primitives.block.ExecutionStatus;
import io.computronium.primitives.codec.PaymentCodec;
import io.computronium.primitives.tx.Asset;
import io.computronium.primitives.tx.PaymentAuthorisation;
import io.computronium.primitives.tx.PaymentAuthorisation.Scheme;
import io.computronium.vm.TestWorld;
import io.computronium.vm.contract.Parameter;
import io.computronium.vm.value.Value;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Random authorisations, settled again and again by anyone, some spoilt, some cancelled, over many
 * days: each pays at most once, and only as it was signed.
 */
class PayPropertyTest {

    private static final Principal SELF = system("pay");
    private static final String[] ACTORS = {"alice", "bob", "carol", "dave"};
    private static final long DAY = 86_400;

    private record Order(String payer, String payee, PaymentAuthorisation signed) {}

    private final long seed = Long.getLong("properties.seed", 20_261_121L);
    private final SplittableRandom random = new SplittableRandom(seed);
    private final TestWorld world = TestWorld.of(1_000_000_000_000L, ACTORS);
    private final List<Order> orders = new ArrayList<>();
    private final TreeSet<String> used = new TreeSet<>();
    private int settled;

    @Test
    void anAuthorisationPaysAtMostOnceAndAsItWasSigned() {
        int steps = Integer.getInteger("properties.steps", 1_000);
        for (int step = 0; step < steps; step++) {
            String where = "-Dproperties.seed=" + seed + ", step " + step;
            if (orders.isEmpty() || random.nextInt(3) == 0) {
                orders.add(order(step));
            }
            Order order = orders.get(Math.max(0, orders.size() - 1 - random.nextInt(12)));
            if (random.nextInt(12) == 0) {
                cancel(where, order);
            } else {
                settle(where, order);
            }
            world.checkInvariants();
            if (random.nextInt(10) == 0) {
                world.skip(random.nextLong(DAY));
            }
        }
        assertTrue(settled > steps / 20, () -> "only " + settled + " of " + steps);
    }

    private Order order(int number) {
        String payer = anyone();
        String payee = anyone();
        long from = world.nextHeight() + random.nextLong(-5, 20);
        Bytes nonce = Bytes.owned(ByteBuffer.allocate(32).putInt(28, number).array());
        var authorisation =
                new PaymentAuthorisation(
                        random.nextBoolean() ? Scheme.EXACT : Scheme.UPTO,
                        account(payer),
                        account(payee),
                        1 + random.nextLong(1_000),
                        Asset.COIN,
                        Math.max(0, from),
                        Math.max(0, from) + 1 + random.nextLong(2 * DAY),
                        nonce,
                        nonce);
        return new Order(payer, payee, authorisation);
    }

    private void settle(String where, Order order) {
        PaymentAuthorisation signed = order.signed;
        String settler = random.nextBoolean() ? order.payee : anyone();
        boolean genuine = random.nextInt(6) != 0;
        String signer = genuine ? order.payer : anyone();
        long most = signed.maxAmount();
        long amount =
                signed.scheme() == Scheme.EXACT && random.nextInt(6) != 0
                        ? most
                        : random.nextLong(most + 2);
        long height = world.nextHeight();
        boolean exact = signed.scheme() == Scheme.EXACT;
        boolean good =
                signer.equals(order.payer)
                        && !order.payer.equals(order.payee)
                        && (exact || settler.equals(order.payee))
                        && (exact ? amount == most : amount <= most)
                        && height > signed.validAfter()
                        && height < signed.validBefore()
                        && !used.contains(name(order));
        long payer = world.balance(order.payer);
        long payee = world.balance(order.payee);
        var outcome = world.call(settler, SELF, "settle", arguments(signed, signer, amount));
        assertEquals(good, succeeded(outcome), () -> where + " " + outcome);
        long paid = good ? amount : 0;
        long fee = outcome.receipt().fee();
        if (!order.payer.equals(order.payee)) {
            long payersFee = settler.equals(order.payer) ? fee : 0;
            long payeesFee = settler.equals(order.payee) ? fee : 0;
            assertEquals(payer - paid - payersFee, world.balance(order.payer), where);
            assertEquals(payee + paid - payeesFee, world.balance(order.payee), where);
        }
        if (good) {
            used.add(name(order));
            settled++;
        }
    }

    private void cancel(String where, Order order) {
        var outcome = world.run(order.payer, call(SELF, "cancel", buffer(order.signed.nonce())));
        // What was settled and forgotten may be cancelled, to no effect.
        boolean forgotten = world.nextHeight() > order.signed.validBefore() + DAY;
        assertTrue(
                succeeded(outcome) != used.contains(name(order)) || forgotten,
                () -> where + " " + outcome);
        used.add(name(order));
    }

    private static String name(Order order) {
        return order.payer + order.signed.nonce();
    }

    @SuppressWarnings("unchecked")
    private static Value[] arguments(PaymentAuthorisation signed, String signer, long amount) {
        var parameter =
                (Parameter<PaymentAuthorisation>)
                        Pay.DECLARATION.method("settle").orElseThrow().parameters().getFirst();
        byte[] message =
                SignBytes.paymentAuthorisation(TestWorld.chain(), PaymentCodec.idOf(signed));
        return new Value[] {
            parameter.shape().toValue(signed),
            buffer(Bytes.copyOf(key(signer).publicKey().toArray())),
            none(),
            buffer(Bytes.copyOf(key(signer).sign(message).toArray())),
            uint(amount),
            buffer(Bytes.EMPTY)
        };
    }

    private static boolean succeeded(TestWorld.Outcome outcome) {
        return outcome.receipt().status() instanceof ExecutionStatus.Succeeded;
    }

    private String anyone() {
        return ACTORS[random.nextInt(ACTORS.length)];
    }
}
