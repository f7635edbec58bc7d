package io.computronium.consensus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.computronium.consensus.ConsensusParameters.Timeout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsensusParametersTest {

    private static final ConsensusParameters DEFAULT = ConsensusParameters.DEFAULT;

    @ParameterizedTest
    @CsvSource({"0, 1000, 250", "1, 1250, 500", "20, 6000, 5250", "21, 6000, 5250"})
    void timeoutsGrowUpToRoundTwenty(int round, long propose, long prevote) {
        assertEquals(propose, DEFAULT.millis(DEFAULT.propose(), round));
        assertEquals(prevote, DEFAULT.millis(DEFAULT.prevote(), round));
    }

    @ParameterizedTest
    @CsvSource({"0, 2000", "1, 2200", "2, 2420", "3, 2662", "20, 13438", "2147483647, 13438"})
    void messageDelayGrowsByATenth(int round, long expected) {
        assertEquals(expected, DEFAULT.messageDelayMillis(round));
    }

    @Test
    void everyFaultIsNamed() {
        var none = new Timeout(0, -1);
        var thrown =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                new ConsensusParameters(
                                        0, 500, none, none, none, none, 101, 0, -1, 0, 600));
        assertEquals(
                """
                intervalMillis: 1 to 3600000 expected, not 0
                minIntervalMillis: at most intervalMillis expected
                propose.baseMillis: 1 to 3600000 expected, not 0
                propose.perRoundMillis: 0 to 3600000 expected, not -1
                verdict.baseMillis: 1 to 3600000 expected, not 0
                verdict.perRoundMillis: 0 to 3600000 expected, not -1
                prevote.baseMillis: 1 to 3600000 expected, not 0
                prevote.perRoundMillis: 0 to 3600000 expected, not -1
                precommit.baseMillis: 1 to 3600000 expected, not 0
                precommit.perRoundMillis: 0 to 3600000 expected, not -1
                growthRounds: 0 to 100 expected, not 101
                precisionMillis: 1 to 3600000 expected, not 0
                messageDelayMillis: 1 to 3600000 expected, not -1
                epochLength: 1 to 4294967296 expected, not 0
                closeBeforeTargetMillis: less than minIntervalMillis expected\
                """,
                String.valueOf(thrown.getMessage()).replace("; ", "\n"));
    }

    @ParameterizedTest
    @CsvSource({"1, 0, true, false", "600, 0, false, true", "601, 1, true, false"})
    void epochs(long height, long epoch, boolean first, boolean last) {
        var epochs = DEFAULT.epochs();
        assertEquals(epoch, epochs.epochOf(height));
        assertEquals(first, epochs.isFirst(height));
        assertEquals(last, epochs.isLast(height));
        assertEquals(epoch * 600 + 1, epochs.firstHeight(epoch));
    }
}
