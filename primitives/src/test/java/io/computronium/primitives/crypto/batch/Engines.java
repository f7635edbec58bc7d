package io.computronium.primitives.crypto.batch;

import java.util.List;
import java.util.stream.Stream;

/** What the tests run on: both fields, with a secret that makes every run the same. */
final class Engines {

    private Engines() {}

    static List<Field> fields() {
        return List.of(new VectorField(), new ScalarField());
    }

    static Stream<BatchVerifier> verifiers() {
        return fields().stream().map(field -> verifier(field, 1_024));
    }

    static BatchVerifier verifier(Field field, int keys) {
        return new CurveVerifier(field.lanes + " lanes", field, new byte[32], keys);
    }
}
