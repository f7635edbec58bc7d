package io.computronium.node.pipeline;

import io.computronium.vm.SignatureCheck;
import java.util.BitSet;
import java.util.List;

/** Answers many checks at once; verdicts are those of {@link SignatureCheck#verify}. */
public interface SignatureVerifier {

    /** Short, stable, for status and logs. */
    String name();

    /**
     * Safe for use by several threads.
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
                    good.set(i, checks.get(i).verify());
                }
                return good;
            }
        };
    }
}
