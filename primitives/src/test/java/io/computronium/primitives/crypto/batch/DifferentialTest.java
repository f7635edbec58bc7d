package io.computronium.primitives.crypto.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.Signature;
import io.computronium.primitives.crypto.KeyPair;
import io.computronium.primitives.crypto.ReferenceCurve;
import io.computronium.primitives.crypto.SignatureCheck;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random and mutated signatures, in batches of random size and badness, against BouncyCastle.
 *
 * <p>A long run: {@code mvn -pl primitives test -Dtest=DifferentialTest -Dbatch.signatures=10000000
 * -Dbatch.seed=1}.
 */
class DifferentialTest {

    private static final int KEYS = 300;
    private static final int LARGEST_BATCH = 600;
    private static final int REPORT = 1_000_000;

    private static final List<byte[]> SMALL_ORDER = ReferenceCurve.encodingsOfSmallOrder();

    private final int signatures = Integer.getInteger("batch.signatures", 6_000);
    private final long seed = Long.getLong("batch.seed", 20_261_121L);
    private final Random random = new Random(seed);

    /** Fewer keys fit the cache than sign, so that they come and go. */
    private final List<BatchVerifier> verifiers =
            List.of(
                    Engines.verifier(new VectorField(), KEYS / 4),
                    Engines.verifier(new ScalarField(), KEYS / 4));

    private final List<KeyPair> pairs = new ArrayList<>();

    @Test
    void agreesWithTheSingleCheck() {
        for (int i = 0; i < KEYS; i++) {
            pairs.add(KeyPair.fromSeed(randomBytes(32)));
        }
        int good = 0;
        int reported = 0;
        for (int done = 0; done < signatures; ) {
            var batch = batch(1 + random.nextInt(random.nextBoolean() ? 40 : LARGEST_BATCH));
            var expected = BatchVerifier.oneByOne().verify(batch);
            // The vectors see every batch, the slower scalars every fourth in a long run.
            for (var verifier : verifiers.subList(0, done < REPORT || done % 4 == 0 ? 2 : 1)) {
                assertEquals(
                        expected,
                        verifier.verify(batch),
                        () -> verifier.name() + ", seed " + seed + ", batch of " + batch.size());
            }
            done += batch.size();
            good += expected.cardinality();
            if (done / REPORT > reported) {
                reported = done / REPORT;
                System.out.println(done + " signatures agree, " + good + " of them good");
            }
        }
    }

    /** All good, or with bad ones of one share or another among them. */
    private List<SignatureCheck> batch(int size) {
        double share =
                switch (random.nextInt(4)) {
                    case 0 -> 0;
                    case 1 -> 1.0 / size;
                    case 2 -> 0.1;
                    default -> 0.7;
                };
        List<SignatureCheck> batch = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            boolean again = !batch.isEmpty() && random.nextBoolean();
            var check = again ? random(batch) : signed();
            batch.add(random.nextDouble() < share ? mutated(check) : check);
        }
        return batch;
    }

    private SignatureCheck signed() {
        var pair = random(pairs);
        var message = randomBytes(random.nextInt(200));
        return new SignatureCheck(pair.publicKey(), Bytes.copyOf(message), pair.sign(message));
    }

    private SignatureCheck mutated(SignatureCheck check) {
        var key = check.key().toArray();
        var message = check.message().toArray();
        var signature = check.signature().toArray();
        switch (random.nextInt(12)) {
            case 0 -> flip(key);
            case 1 -> flip(message);
            case 2, 3 -> flip(signature);
            case 4 -> random.nextBytes(key);
            case 5 -> random.nextBytes(signature);
            case 6 -> Arrays.fill(signature, (byte) 0);
            case 7 -> addToS(signature, ReferenceCurve.L);
            case 8 -> addToS(signature, BigInteger.valueOf(random.nextInt(100) - 50));
            case 9 -> key = random(SMALL_ORDER);
            case 10 -> signature = withR(signature, random(SMALL_ORDER));
            default ->
                    signature =
                            withR(
                                    signature,
                                    Arrays.copyOf(random(pairs).sign(message).toArray(), 32));
        }
        return new SignatureCheck(
                PublicKey.of(key), Bytes.copyOf(message), Signature.of(signature));
    }

    private <T> T random(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static byte[] withR(byte[] signature, byte[] r) {
        var changed = signature.clone();
        System.arraycopy(r, 0, changed, 0, r.length);
        return changed;
    }

    private static void addToS(byte[] signature, BigInteger number) {
        var s = ReferenceCurve.number(Arrays.copyOfRange(signature, 32, 64)).add(number);
        System.arraycopy(ReferenceCurve.littleEndian(s), 0, signature, 32, 32);
    }

    private void flip(byte[] bytes) {
        if (bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
    }

    private byte[] randomBytes(int size) {
        var bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }
}
