package io.computronium.vm.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.vm.contract.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A week of a company with 30 holders, who buy in the daily auctions, and 3 agents, who pay for
 * calls. In the end what was claimed, withdrawn and carried on is what came in, to the grain.
 */
class RevenueShareWeekTest {

    private static final long SEED = Long.getLong("properties.seed", 20_261_121L);
    private static final String[] HOLDERS = names("holder", 30);
    private static final String[] AGENTS = names("agent", 3);
    private static final int DAYS = 6;

    private static String[] names(String stem, int count) {
        return IntStream.range(0, count).mapToObj(i -> stem + i).toArray(String[]::new);
    }

    private static String[] all() {
        String[] all = Arrays.copyOf(HOLDERS, HOLDERS.length + AGENTS.length + 1);
        System.arraycopy(AGENTS, 0, all, HOLDERS.length, AGENTS.length);
        all[all.length - 1] = "bob";
        return all;
    }

    @Test
    void claimsAndWithdrawalsAndCarryAreTheInflow() {
        var random = new SplittableRandom(SEED);
        Firm firm = Firm.of(all());
        long paid = 0;
        for (int day = 0; day < DAYS; day++) {
            paid += aDay(firm, random, day);
        }
        firm.afterWeek(0);
        firm.close(0).value();
        long inflow = firm.totals().received();
        assertEquals(paid, firm.week(0).payments());
        assertEquals(inflow, firm.week(0).payments() + firm.week(0).auctions());
        assertEquals(paid * 2_500 / 10_000, firm.week(0).pool());

        long claims = 0;
        for (String holder : HOLDERS) {
            long share = firm.claim(holder, 0).value(Shape.UINT);
            assertTrue(share > 0, holder);
            claims += share;
        }
        long withdrawals = firm.totals().due();
        firm.withdraw(Firm.OWNER, withdrawals).value();
        assertEquals(firm.week(0).unclaimed(), firm.sweep(0).value(Shape.UINT));
        assertEquals(
                inflow, claims + withdrawals + firm.totals().carry(), "-Dproperties.seed=" + SEED);
        assertTrue(firm.totals().carry() < HOLDERS.length, "what rounding left");
        assertEquals(firm.totals().carry(), firm.world.balance(Firm.VAULT));
        firm.world.checkInvariants();
    }

    /** Five holders bid, all pay and take, and the agents pay now and then. */
    private static long aDay(Firm firm, SplittableRandom random, int day) {
        long[] bids = new long[5];
        for (int i = 0; i < bids.length; i++) {
            bids[i] =
                    firm.bidId(
                            HOLDERS[5 * day + i],
                            random.nextLong(1_000, 50_000),
                            random.nextLong(100, 200));
        }
        long paid = 0;
        while (firm.world.nextHeight() < firm.start + (day + 1) * Firm.DAY - 10) {
            long grains = random.nextLong(1, 100_000);
            firm.buy(AGENTS[random.nextInt(AGENTS.length)], grains).value();
            paid += grains;
            firm.world.skip(random.nextInt(8));
        }
        firm.afterRound(day);
        for (int i = 0; i < bids.length; i++) {
            firm.take(HOLDERS[5 * day + i], bids[i]).value();
        }
        return paid;
    }
}
