package io.computronium.primitives.crypto.batch;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;

/** The implementations, fastest first. */
public enum Engine {

    /**
     * Eight or four lanes of the Vector API, an incubating module that the JVM has to be told of.
     */
    VECTOR {
        @Override
        public Optional<BatchVerifier> open(SecureRandom random) {
            var present = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
            return present && VectorField.isWide()
                    ? Optional.of(
                            verifier("vector-" + VectorField.bits(), new VectorField(), random))
                    : Optional.empty();
        }
    },

    /** One lane of integers. */
    SCALAR {
        @Override
        public Optional<BatchVerifier> open(SecureRandom random) {
            return Optional.of(verifier("scalar", new ScalarField(), random));
        }
    },

    /** One signature after the other. */
    BOUNCY_CASTLE {
        @Override
        public Optional<BatchVerifier> open(SecureRandom random) {
            return Optional.of(BatchVerifier.oneByOne());
        }
    };

    private static final int SECRET = 32;

    /**
     * A verifier of this kind, if this machine and JVM are able to run one.
     *
     * @param random makes the secret that coefficients come from, so it must be unpredictable
     */
    public abstract Optional<BatchVerifier> open(SecureRandom random);

    /**
     * Opens the first that can run here and that finds right what {@link SelfTest} knows, and has
     * it run until compiled. Blocks for as long as {@code warmUp}, hardly longer; less in a JVM
     * where the code is warm already.
     */
    public static BatchVerifier fastest(SecureRandom random, Duration warmUp) {
        var test = new SelfTest();
        for (var engine : values()) {
            var verifier = engine.open(random);
            if (verifier.isPresent() && test.passes(verifier.get(), warmUp)) {
                return verifier.get();
            }
        }
        throw new IllegalStateException("no engine verifies signatures rightly on this machine");
    }

    private static BatchVerifier verifier(String name, Field field, SecureRandom random) {
        var secret = new byte[SECRET];
        random.nextBytes(secret);
        return new CurveVerifier(name, field, secret);
    }
}
