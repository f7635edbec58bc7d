package io.computronium.node.pipeline;

import io.computronium.primitives.crypto.Ed25519;
import io.computronium.vm.SignatureCheck;
import java.util.BitSet;
import java.util.List;

/** Answers many checks at once; verdicts are those of {@link Ed25519#verify}, one by one. */
public interface SignatureVerifier {

    /** Short, stable, for status and logs. */
    String name();

    /**
     * Called on the verify thread only.
     *
     * @return bit {@code i}: {@code checks.get(i)} is good
     */
    BitSet verify(List<SignatureCheck> checks);

    /** BouncyCastle, one after the other. */
    static SignatureVerifier bouncyCastle() {
        return new SignatureVerifier() {
            @Override
            public String name() {
                return "bouncycastle";
            }

            @Override
            public BitSet verify(List<SignatureCheck> checks) {
                var good = new BitSet(checks.size());
                for (int i = 0; i < checks.size(); i++) {
                    var check = checks.get(i);
                    good.set(i, check.verify());
                }
                return good;
            }
        };
    }
}
