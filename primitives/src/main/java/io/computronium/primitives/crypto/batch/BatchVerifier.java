package io.computronium.primitives.crypto.batch;

import io.computronium.primitives.crypto.SignatureCheck;
import java.util.BitSet;
import java.util.List;

/**
 * Verifies many signatures together, by the rule of {@link
 * io.computronium.primitives.crypto.Ed25519#verify}.
 *
 * <p>Thread-safe; nothing throws on crafted input. Time depends on what is verified, all of which
 * is public.
 */
public interface BatchVerifier {

    /** Which implementation this is: short, stable, for status and logs. */
    String name();

    /**
     * Bit i: {@code checks.get(i)} is good.
     *
     * <p>A good signature is always found good. A bad one is found bad, but for a chance of 2^-124
     * for each 256 signatures over coefficients that nobody can foresee.
     */
    BitSet verify(List<SignatureCheck> checks);

    /** BouncyCastle, one after the other. */
    static BatchVerifier oneByOne() {
        return new BatchVerifier() {
            @Override
            public String name() {
                return "bouncycastle";
            }

            @Override
            public BitSet verify(List<SignatureCheck> checks) {
                var good = new BitSet(checks.size());
                for (int i = 0; i < checks.size(); i++) {
                    good.set(i, checks.get(i).verify());
                }
                return good;
            }
        };
    }
}
