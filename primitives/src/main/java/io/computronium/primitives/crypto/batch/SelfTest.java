package io.computronium.primitives.crypto.batch;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Signature;
import io.computronium.primitives.crypto.KeyPair;
import io.computronium.primitives.crypto.SignatureCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Whether a verifier agrees with the single check on this machine and with this JVM, asked again
 * and again until its code is compiled: what an interpreter computes rightly, a compiler or a
 * processor may not.
 *
 * <p>All checks are of keys, messages and flaws that are the same at every start.
 */
final class SelfTest {

    private static final int SIZE = 64;

    /** Rounds of one batch without and one with bad signatures. */
    private static final int LEAST_ROUNDS = 2;

    /** A verifier that is this many times as fast as the single check is warm. */
    private static final int WARM = 2;

    private final List<SignatureCheck> good = new ArrayList<>();
    private final List<SignatureCheck> mixed = new ArrayList<>();
    private final BitSet expected = new BitSet();

    SelfTest() {
        for (int i = 0; i < SIZE; i++) {
            var seed = new byte[32];
            seed[0] = (byte) i;
            var pair = KeyPair.fromSeed(seed);
            var message = new byte[100 + i];
            var signature = pair.sign(message);
            good.add(new SignatureCheck(pair.publicKey(), Bytes.copyOf(message), signature));
            mixed.add(i % 7 == 3 ? flawed(good.getLast(), i) : good.getLast());
            expected.set(i, mixed.getLast().verify());
        }
    }

    /** With one of the bits of R or S flipped. */
    private static SignatureCheck flawed(SignatureCheck check, int bit) {
        var bytes = check.signature().toArray();
        bytes[bit] ^= (byte) (1 << bit % 8);
        return new SignatureCheck(check.key(), check.message(), Signature.of(bytes));
    }

    /**
     * Whether all verdicts are right, tried until {@code verifier} is fast, but hardly longer than
     * {@code atMost}. So the clock decides how often it is tried, and nothing else.
     */
    boolean passes(BatchVerifier verifier, Duration atMost) {
        long start = System.nanoTime();
        for (int round = 0; ; round++) {
            long before = System.nanoTime();
            if (verifier.verify(good).cardinality() != SIZE) {
                return false;
            }
            long between = System.nanoTime();
            if (!good.get(round % SIZE).verify()) {
                return false;
            }
            long after = System.nanoTime();
            if (!verifier.verify(mixed).equals(expected)) {
                return false;
            }
            boolean fast = WARM * (between - before) < SIZE * (after - between);
            if (fast && round >= LEAST_ROUNDS || after - start > atMost.toNanos()) {
                return true;
            }
        }
    }
}
