package io.computronium.primitives.crypto.batch;

import io.computronium.primitives.crypto.SignatureCheck;
import java.util.BitSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Verifies batches by our own arithmetic; a batch of one is left to BouncyCastle. */
final class CurveVerifier implements BatchVerifier {

    /** Tables of known keys in a generation: 21 MiB each. */
    private static final int KEYS = 16_384;

    private final String name;
    private final Field field;
    private final byte[] secret;
    private final KeyTables knownKeys;

    /** Room that no call uses just now; as many as there were calls at once. */
    private final Queue<Batch> idle = new ConcurrentLinkedQueue<>();

    /**
     * @param secret 32 bytes that nobody can foresee
     */
    CurveVerifier(String name, Field field, byte[] secret) {
        this(name, field, secret, KEYS);
    }

    CurveVerifier(String name, Field field, byte[] secret, int keys) {
        this.name = name;
        this.field = field;
        this.secret = secret.clone();
        this.knownKeys = new KeyTables(keys);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public BitSet verify(List<SignatureCheck> checks) {
        int count = checks.size();
        var good = new BitSet(count);
        if (count == 1) {
            good.set(0, checks.getFirst().verify());
        } else if (count > 1) {
            var taken = idle.poll();
            var batch = taken == null ? new Batch(field, knownKeys, secret) : taken;
            for (int from = 0; from < count; from += Batch.MAX) {
                batch.verify(checks, from, Math.min(from + Batch.MAX, count), good);
            }
            idle.add(batch);
        }
        return good;
    }
}
