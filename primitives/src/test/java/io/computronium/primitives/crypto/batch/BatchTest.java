package io.computronium.primitives.crypto.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.Signature;
import io.computronium.primitives.crypto.KeyPair;
import io.computronium.primitives.crypto.SignatureCheck;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That verdicts are those of each signature, whichever are bad, and what is around them. */
class BatchTest {

    private static final int MOST = 2 * Batch.MAX + 3;
    private static final List<SignatureCheck> GOOD = good();

    static List<Field> fields() {
        return Engines.fields();
    }

    private static List<SignatureCheck> good() {
        var pairs = new ArrayList<KeyPair>();
        for (int i = 0; i < 10; i++) {
            pairs.add(
                    KeyPair.fromSeed(
                            new byte[] {
                                (byte) i, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17,
                                18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
                            }));
        }
        List<SignatureCheck> checks = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            var pair = pairs.get(i % pairs.size());
            var message = new byte[i];
            checks.add(
                    new SignatureCheck(
                            pair.publicKey(), Bytes.copyOf(message), pair.sign(message)));
        }
        return checks;
    }

    private static SignatureCheck bad(int i) {
        var check = GOOD.get(i);
        var bytes = check.signature().toArray();
        bytes[32 + i % 30] ^= 1; // S stays below L, so only the equation can tell
        return new SignatureCheck(check.key(), check.message(), Signature.of(bytes));
    }

    private static void assertFinds(BatchVerifier verifier, int size, BitSet bad) {
        List<SignatureCheck> checks = new ArrayList<>(GOOD.subList(0, size));
        bad.stream().forEach(i -> checks.set(i, bad(i)));
        var expected = new BitSet();
        expected.set(0, size);
        expected.andNot(bad);
        assertEquals(expected, verifier.verify(checks), verifier.name() + ", bad " + bad);
    }

    @ParameterizedTest
    @MethodSource("fields")
    void anySize(Field field) {
        var verifier = Engines.verifier(field, 100);
        for (int size : new int[] {0, 1, 2, 7, 8, 9, 15, 16, 17, 31, 255, 256, 257, 513, MOST}) {
            assertFinds(verifier, size, new BitSet());
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void theOneThatIsBad(Field field) {
        var verifier = Engines.verifier(field, 100);
        for (int i = 0; i < 67; i++) {
            var bad = new BitSet();
            bad.set(i);
            assertFinds(verifier, 67, bad);
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void anyShareOfBadOnes(Field field) {
        var random = new Random(4);
        var verifier = Engines.verifier(field, 100);
        for (int percent : new int[] {1, 2, 5, 20, 50, 90, 100}) {
            for (int size : new int[] {9, 40, 300}) {
                var bad = new BitSet();
                for (int i = 0; i < size; i++) {
                    bad.set(i, random.nextInt(100) < percent);
                }
                assertFinds(verifier, size, bad);
            }
        }
    }

    /** Keys come to be known, and are forgotten, without a change in any verdict. */
    @ParameterizedTest
    @MethodSource("fields")
    void knownKeysChangeNothing(Field field) {
        var verifier = Engines.verifier(field, 3);
        var bad = new BitSet();
        bad.set(5, 9);
        for (int round = 0; round < 6; round++) {
            assertFinds(verifier, 10 + round, round % 2 == 0 ? bad : new BitSet());
        }
    }

    @Test
    void severalThreadsAtOnce() {
        var verifier = Engines.verifier(new VectorField(), 5);
        var runs = new ArrayList<CompletableFuture<Void>>();
        for (int run = 0; run < 4; run++) {
            int from = run;
            runs.add(
                    CompletableFuture.runAsync(() -> {
                        for (int i = from; i < 60; i += 4) {
                            var bad = new BitSet();
                            bad.set(i);
                            assertFinds(verifier, 60, bad);
                        }
                    }));
        }
        runs.forEach(CompletableFuture::join);
    }

    @Test
    void keysThatSignAgainAreKeptAndOthersForgotten() {
        var tables = new KeyTables(10);
        var loyal = GOOD.getFirst().key();
        tables.put(loyal, new long[0]);
        for (int i = 0; i < 1_000; i++) {
            var bytes = new byte[PublicKey.SIZE];
            bytes[0] = (byte) i;
            bytes[1] = (byte) (i >> 8);
            tables.put(PublicKey.of(bytes), new long[0]);
            assertTrue(tables.size() <= 22, "size " + tables.size());
            assertTrue(i % 5 != 0 || tables.get(loyal) != null);
        }
    }

    @Test
    void theFastestEngineIsOneThatPassedTheTest() {
        var verifier = Engine.fastest(new SecureRandom(), Duration.ZERO);
        assertEquals(
                Engine.VECTOR.open(new SecureRandom()).isPresent()
                        ? "vector-" + VectorField.bits()
                        : "scalar",
                verifier.name());
        assertFinds(verifier, 100, new BitSet());
    }

    /** A field that adds wrongly once in a while, as a broken compiler would make it. */
    @Test
    void anEngineThatErrsFailsTheTest() {
        var faulty =
                new ScalarField() {
                    private int calls;

                    @Override
                    void add(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
                        super.add(r, ro, a, ao, b, bo);
                        r[ro] += ++calls % 1_000 == 0 ? 1 : 0;
                    }
                };
        var test = new SelfTest();
        assertFalse(test.passes(Engines.verifier(faulty, 100), Duration.ofSeconds(1)));
        assertTrue(test.passes(BatchVerifier.oneByOne(), Duration.ZERO));
    }
}
