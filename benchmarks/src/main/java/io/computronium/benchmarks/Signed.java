package io.computronium.benchmarks;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.crypto.KeyPair;
import io.computronium.primitives.crypto.SignatureCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Signed messages as large as what the signature of a transaction is over. */
final class Signed {

    private static final int MESSAGE = 120;

    private Signed() {}

    /** Good signatures of {@code keys} keys in turn, the same in every run. */
    static List<SignatureCheck> checks(int keys, int count) {
        var random = new Random(1);
        List<KeyPair> pairs = new ArrayList<>(keys);
        for (int i = 0; i < keys; i++) {
            pairs.add(KeyPair.fromSeed(bytes(random, 32)));
        }
        List<SignatureCheck> checks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            var pair = pairs.get(i % keys);
            var message = bytes(random, MESSAGE);
            checks.add(
                    new SignatureCheck(
                            pair.publicKey(), Bytes.copyOf(message), pair.sign(message)));
        }
        return checks;
    }

    private static byte[] bytes(Random random, int size) {
        var bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }
}
