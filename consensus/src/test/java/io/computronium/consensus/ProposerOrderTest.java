package io.computronium.consensus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.Hash;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.bft.Epochs;
import io.computronium.primitives.bft.Validator;
import io.computronium.primitives.bft.ValidatorSet;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProposerOrderTest {

    private static final Epochs EPOCHS = new Epochs(600);

    /** The bytes 0 to 31. */
    private static final Hash GENESIS =
            Hash.ofHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

    /** Made by an implementation of the Javadoc's text in another language. */
    @ParameterizedTest
    @CsvSource({
        "1, 0, 0",
        "4, 0, 0 1 2 3",
        "4, 1, 2 1 0 3",
        "4, 7, 2 3 1 0",
        "21, 0, 17 4 13 16 6 10 14 8 1 12 2 15 19 9 7 20 3 11 0 18 5",
        "21, 1, 4 12 2 1 7 8 9 0 3 14 13 5 16 10 17 20 19 15 11 18 6",
        "21, 7, 1 20 15 16 3 13 11 0 2 17 18 4 8 6 5 19 9 12 10 14 7",
    })
    void goldenOrders(int validators, long epoch, String expected) {
        var order = ProposerOrder.of(set(validators), GENESIS, EPOCHS, epoch);
        assertEquals(
                List.of(expected.split(" ")),
                order.indexes().stream().map(String::valueOf).toList());
    }

    @Test
    void everyoneHasATurnWhateverTheEpoch() {
        for (long epoch = 0; epoch < 50; epoch++) {
            var order = ProposerOrder.of(set(7), GENESIS, EPOCHS, epoch);
            assertEquals(7, new TreeSet<>(order.indexes()).size(), "epoch " + epoch);
        }
    }

    @Test
    void turnsCountFromTheFirstHeightOfTheEpoch() {
        var order = ProposerOrder.of(set(4), GENESIS, EPOCHS, 1);
        assertEquals(List.of(2, 1, 0, 3), order.indexes());
        assertEquals(2, order.proposer(601, 0));
        assertEquals(1, order.proposer(601, 1));
        assertEquals(1, order.proposer(602, 0));
        assertEquals(2, order.proposer(604, 1));
        assertEquals(order.proposer(601 + 599, 3), order.proposer(601 + 598, 4));
        assertTrue(order.proposer(1200, Integer.MAX_VALUE) >= 0, "rounds do not overflow");
    }

    /**
     * 600 shuffles of 4: each validator is first about 150 times (5 standard deviations are 53).
     */
    @Test
    void nobodyIsPreferred() {
        int[] first = new int[4];
        for (long epoch = 0; epoch < 600; epoch++) {
            first[ProposerOrder.of(set(4), GENESIS, EPOCHS, epoch).indexes().getFirst()]++;
        }
        for (int count : first) {
            assertTrue(
                    Math.abs(count - 150) < 53,
                    () -> IntStream.of(first).boxed().toList().toString());
        }
    }

    private static ValidatorSet set(int size) {
        return ValidatorSet.of(
                IntStream.range(0, size)
                        .mapToObj(i -> {
                            byte[] key = new byte[PublicKey.SIZE];
                            key[0] = (byte) i;
                            return new Validator(PublicKey.of(key), 1);
                        })
                        .toList());
    }
}
