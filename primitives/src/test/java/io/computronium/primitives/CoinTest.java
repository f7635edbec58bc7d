package io.computronium.primitives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoinTest {

    private static final String HINT = "; type an amount like 1.5cptm or 150000000grain";

    @ParameterizedTest
    @CsvSource({
        "1.5cptm, 150000000",
        "150000000grain, 150000000",
        "1.50000000cptm, 150000000",
        "0.00000001cptm, 1",
        "1grain, 1",
        "0cptm, 0",
        "007cptm, 700000000",
        "1 cptm, 100000000",
        "1.5 CPTM, 150000000",
        "1Grain, 1",
        "1000000000cptm, 100000000000000000",
        "1000000000.00000000cptm, 100000000000000000",
        "100000000000000000grain, 100000000000000000"
    })
    void readsAnAmountWithItsUnit(String text, long grains) {
        assertEquals(grains, Coin.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "1.5",
                "cptm",
                ".cptm",
                "grain",
                "-1cptm",
                "+1cptm",
                "-0cptm",
                "1e3cptm",
                "1E3grain",
                "NaNcptm",
                "Infinitycptm",
                "0x10grain",
                "1_000cptm",
                "1,5cptm",
                "1.2.3cptm",
                ".5cptm",
                "5.cptm",
                "1.0grain",
                "1.grain",
                "0.000000001cptm",
                "1.000000000cptm",
                "1  cptm",
                " 1cptm",
                "1cptm ",
                "1\tcptm",
                "1btc",
                "1grains",
                "1cptmgrain",
                "\u0661cptm",
                "1000000000.00000001cptm",
                "1000000001cptm",
                "100000000000000001grain",
                "9223372036854775808grain",
                "18446744073709551617grain",
                "99999999999999999999999999999999999cptm",
                "0000000000000000000000000000000000001cptm"
            })
    void refusesAnythingElseAndSaysWhatToType(String text) {
        var thrown = assertThrows(IllegalArgumentException.class, () -> Coin.parse(text));
        assertTrue(String.valueOf(thrown.getMessage()).endsWith(HINT));
    }

    @Test
    void looksAtNoTextOfUnboundedLength() {
        var text = "9".repeat(50_000_000) + "cptm";
        assertThrows(IllegalArgumentException.class, () -> Coin.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 CPTM",
        "1, 0.00000001 CPTM",
        "10, 0.0000001 CPTM",
        "150000000, 1.5 CPTM",
        "100000000, 1 CPTM",
        "1000000000, 10 CPTM",
        "100000000000000000, 1000000000 CPTM",
        "9223372036854775807, 92233720368.54775807 CPTM",
        "-1, -0.00000001 CPTM",
        "-9223372036854775808, -92233720368.54775808 CPTM"
    })
    void formatsExactly(long grains, String text) {
        assertEquals(text, Coin.format(grains));
    }

    @Test
    void readsBackWhatItFormats() {
        long seed = 20_261_121;
        var random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            long grains =
                    random.nextLong(Coin.MAX_SUPPLY_GRAINS + 1) >> random.nextInt(Long.SIZE - 6);
            assertEquals(grains, Coin.parse(Coin.format(grains)), "seed " + seed + " case " + i);
        }
    }
}
