package io.computronium.vm.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.computronium.primitives.Address;
import io.computronium.primitives.Principal;
import io.computronium.vm.builtin.Election.Candidate;
import io.computronium.vm.builtin.StakingState.Backing;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Elections as a table. A candidate is a letter, which orders ties as its address does, and its
 * stake; {@code *} has a seat, {@code !} is not eligible, {@code x} contradicted itself.
 */
class ElectionTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "most stake first, 3, 1, a*1 b*2 c*3, abc",
        "a stronger one joins and the weakest leaves, 3, 1, a*1 b*2 c*3 d9, bcd",
        "ties by the bytes of the address, 2, 1, b*5 c5 a5, ab",
        "one of three joins in an epoch, 3, 1, a*1 b*1 c*1 d5 e6 f7, abf",
        "a third of six, 6, 1, a*1 b*1 c*1 d*1 e*1 f*1 g5 h5 i5 j5, abcdgh",
        "an empty seat is filled, 4, 1, a*1 b*1 c*1 d1, abcd",
        "one seat at least may change, 2, 1, a*1 b*1 c5 d5, ac",
        "who is not eligible leaves, 3, 1, a*1! b*2 c*3, bc",
        "but not all at once, 3, 1, a*1! b*2! c*3!, bc",
        "and not below the least, 3, 3, a*1! b*2 c*3, abc",
        "who is not eligible does not join, 3, 1, a*1 b*2 c9!, ab",
        "who contradicted itself leaves at once, 4, 1, a*9x b*9x c*9x d*1, d",
        "and does not count for the third, 4, 1, a*9x b*8! c*1 d*1, cd",
        "but somebody goes on, 2, 1, a*1x b*2x, b",
        "no more than there are seats, 2, 1, a*5 b*4 c*3, ab",
    })
    void elects(String rule, int seats, int minSeats, String candidates, String expected) {
        var parameters = new StakingParameters(seats, minSeats, 1, 1, 1_000, 10, 5_000, 1, 1, 500);
        List<Candidate> all =
                Arrays.stream(candidates.split(" ")).map(ElectionTest::candidate).toList();
        String elected =
                Election.elect(all, parameters).stream()
                        .map(ElectionTest::letter)
                        .sorted()
                        .collect(Collectors.joining());
        assertEquals(expected, elected);
        assertEquals(
                elected,
                Election.elect(all.reversed(), parameters).stream()
                        .map(ElectionTest::letter)
                        .sorted()
                        .collect(Collectors.joining()),
                "the order in which they stand means nothing");
    }

    private static Candidate candidate(String text) {
        var bytes = new byte[Address.HASH_SIZE];
        bytes[0] = (byte) text.charAt(0);
        boolean out = text.endsWith("x");
        return new Candidate(
                new Backing(
                        Principal.of(Address.of(13, bytes)),
                        Long.parseLong(text.replaceAll("[^0-9]", ""))),
                text.contains("*"),
                !out && !text.endsWith("!"),
                out);
    }

    private static String letter(Backing backing) {
        return String.valueOf((char) backing.operator().address().toArray()[1]);
    }
}
